"""How it goes for one job specialist: the four numbers of the method that one can do something about."""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean
from typing import Any

from fotfeste.employment import in_work_on, work_definition
from fotfeste.indicators.records import Round, counts_as_employer_contact, field_minutes
from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.due import Case
from fotfeste_web.caseload.job_records import jobs_of
from fotfeste_web.caseload.models import Channel, Contact
from fotfeste_web.caseload.records import contact_record
from fotfeste_web.caseload.status import Status, covers
from fotfeste_web.rows.together import Lists, together
from fotfeste_web.teamwork.at_work import AtWork
from fotfeste_web.teamwork.weeks import monday_of
from fotfeste_web.ui.formats import number, of, percent

# The best anchors of IPS-25, items 17 and 24.
EMPLOYER_CONTACTS_A_WEEK = 6
FIELD_SHARE = 0.65
WHOLE_WEEKS = 4
HALF_A_YEAR = timedelta(days=182)
NOT_FOLLOWED = (Status.REFERRED, Status.ENDED, Status.NOT_STARTED, None)


# What the numbers are worked out from: nothing of what was said.
COUNTED_OF = (
    *("pk", "specialist_id", "on", "starts_at", "minutes", "status", "channel", "place", "employer_id"),
    *("decision_maker", "purpose", "made_by", "round_id", "round__travel_minutes", "kind"),
)


@dataclass(frozen=True, slots=True)
class Tile:
    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    tiles: list[Tile]

    @classmethod
    def of(cls, user: User, cases: list[Case], today: date) -> "Week":
        monday = monday_of(today)
        first = monday - timedelta(weeks=WHOLE_WEEKS)
        (contacts,) = _in_person(user.pk, first, today)
        return cls(
            [
                _employer_contacts([contact for contact in contacts if contact.on >= monday and contact.employer_id]),
                _field_share(user, [contact for contact in contacts if contact.on < monday], today),
                _in_ordinary_work(cases, today),
                _first_employer_contact(cases, today),
            ]
        )


@together
def _in_person(user: Any, first: Any, last: Any) -> Lists:
    """Give the contacts that either number can count. By phone none does."""
    held = Contact.objects.filter(specialist=user, on__gte=first, on__lte=last, channel=Channel.IN_PERSON)
    return (held.values_list(*COUNTED_OF, named=True),)


def _employer_contacts(contacts: list[Any]) -> Tile:
    counted = sum(counts_as_employer_contact(contact_record(contact)) for contact in contacts)
    return Tile(number(counted), "arbeidsgivermøter denne uka", f"mål {EMPLOYER_CONTACTS_A_WEEK}")


def _field_share(user: User, contacts: list[Any], today: date) -> Tile:
    label, note = f"av tida ute i felt, siste {WHOLE_WEEKS} uker", f"mål {percent(FIELD_SHARE)}"
    monday = monday_of(today)
    scheduled = AtWork.of([user.pk], monday - timedelta(weeks=WHOLE_WEEKS), monday).minutes(user.pk)
    if not scheduled:
        return Tile("–", label, note)
    rounds = {contact.round_id: contact for contact in contacts if contact.round_id}
    travelled = [
        Round(id=str(id), specialist=str(user.pk), on=one.on, travel_minutes=one.round__travel_minutes)
        for id, one in rounds.items()
    ]
    minutes = field_minutes(map(contact_record, contacts), travelled)
    return Tile(percent(minutes / scheduled), label, note)


def _in_ordinary_work(cases: list[Case], today: date) -> Tile:
    followed = [case for case in cases if case.status not in NOT_FOLLOWED]
    in_job = [case.participant.pk for case in followed if any(covers(job, today) for job in case.facts.jobs)]
    jobs, ordinary = jobs_of(in_job), work_definition("ordinary_work")
    return Tile(of(sum(in_work_on(jobs[pk], ordinary, today) for pk in in_job), len(followed)), "i ordinær jobb")


def _first_employer_contact(cases: list[Case], today: date) -> Tile:
    label = "til første arbeidsgivermøte"
    started = [(case.started_on, case.facts.employer_contacts) for case in cases if case.started_on]
    days = [
        (min(after) - start).days
        for start, contacts in started
        if start > today - HALF_A_YEAR and (after := [on for on in contacts if on >= start])
    ]
    return Tile(f"{number(mean(days), 0)} d" if days else "–", label, "snitt siste 6 md.")
