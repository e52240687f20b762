"""Employers, and every meeting, call and message of two years."""

from datetime import date, timedelta

from fotfeste_web.caseload.models import Contact, ContactParticipant, Employer, Round
from fotfeste_web.demo.story import world as told
from fotfeste_web.demo.story.days import workdays_before
from fotfeste_web.demo.story.phrases import read

from .loaded import ROWS_AT_A_TIME, Loaded

NOT_LATER = ("held", "participant_absent")


def load(loaded: Loaded) -> None:
    world = loaded.world
    employers = _employers(loaded)
    Employer.objects.bulk_create(employers)
    loaded.employers = {one.key: row for one, row in zip(world.employers, employers, strict=True)}
    rounds = [_round(loaded, one) for one in world.rounds]
    Round.objects.bulk_create(rounds, batch_size=ROWS_AT_A_TIME)
    loaded.rounds = {one.key: row for one, row in zip(world.rounds, rounds, strict=True)}
    contacts = [_contact(loaded, one) for one in world.contacts]
    Contact.objects.bulk_create(contacts, batch_size=ROWS_AT_A_TIME)
    loaded.contacts = {one.key: row for one, row in zip(world.contacts, contacts, strict=True)}
    ContactParticipant.objects.bulk_create(
        (
            # What is written of a meeting for several is about the first.
            ContactParticipant(
                contact=loaded.contacts[one.key], participant=loaded.participants[key], note="" if number else one.note
            )
            for one in world.contacts
            for number, key in enumerate(one.participants)
        ),
        batch_size=ROWS_AT_A_TIME,
    )


def _employers(loaded: Loaded) -> list[Employer]:
    first: dict[str | None, told.Contact] = {}
    for contact in loaded.world.contacts:
        first.setdefault(contact.employer, contact)
    trades, asked = read("trades"), set()
    rows = []
    for one in loaded.world.employers:
        met, trade = first.get(one.key), trades[one.trade]["name"]
        created_by = loaded.users[met.specialist] if met else loaded.supervisor(one.service)
        if one.organisation_number is None:  # each is asked for one number; more would fill the page of the day
            created_by = loaded.supervisor(one.service) if created_by in asked else created_by
            asked.add(created_by)
        rows.append(
            Employer(
                service=loaded.services[one.service],
                name=one.name,
                organisation_number=one.organisation_number,
                trade=f"{trade[:1].upper()}{trade[1:]}",
                municipality=one.municipality,
                contact_name=one.contact_name,
                contact_role=one.contact_title,
                created_by=created_by,
                created_at=_logged_at(loaded, met) if met else loaded.services[one.service].created_at,
            )
        )
    return rows


def _round(loaded: Loaded, one: told.Round) -> Round:
    service = loaded.people[one.specialist].services[0]
    return Round(
        service=loaded.services[service],
        specialist=loaded.users[one.specialist],
        on=one.on,
        travel_minutes=one.travel_minutes,
    )


def _contact(loaded: Loaded, one: told.Contact) -> Contact:
    specialist, employer = loaded.users[one.specialist], loaded.employers[one.employer] if one.employer else None
    at_work_place = employer is not None and one.kind == "employer"
    return Contact(
        service=loaded.services[one.service],
        specialist=specialist,
        kind=one.kind,
        status=one.status,
        on=one.on,
        starts_at=one.starts_at,
        minutes=one.minutes,
        channel=one.channel,
        place=one.place,
        employer=employer,
        met=employer.contact_name if employer and one.decision_maker else "",
        decision_maker=one.decision_maker if at_work_place and one.status == "held" else None,
        purpose=one.purpose or "",
        made_by=one.by,
        round=loaded.rounds[one.round] if one.round else None,
        summary=one.summary,
        logged_at=_logged_at(loaded, one),
        updated_by=specialist,
    )


def _logged_at(loaded: Loaded, contact: told.Contact):
    """Soon after it was held; one that is planned was so some days before."""
    if contact.status in NOT_LATER:
        after = timedelta(minutes=contact.minutes + loaded.rng.choice((2, 5, 10, 30, 90)))
        return loaded.moment(contact.on, contact.starts_at, after=after)
    return loaded.at_work(_planned_on(loaded, contact.on))


def _planned_on(loaded: Loaded, on: date) -> date:
    return workdays_before(min(on, loaded.world.today), loaded.rng.randrange(1, 6))
