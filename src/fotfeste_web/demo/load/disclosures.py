"""What came of the shares: who receives them, what is asked, what was given away and taken back, and the checks."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from fotfeste_web.audit.models import ReadEvent
from fotfeste_web.caseload.models import Assignment, NextStep, Wishes
from fotfeste_web.demo.story.days import workday_from, workday_until
from fotfeste_web.demo.story.phrases import lines
from fotfeste_web.organisations.models import Collaboration, Membership, Service
from fotfeste_web.sharing.lookups import last_months
from fotfeste_web.sharing.models import Destination, Disclosure, LookupCheck, ReceiverRole, Share

from .loaded import Loaded

ASKED, GIVEN, WITHDRAWN = 0.3, 0.25, 0.04  # of the shares
CHECKED_MONTHS = 6
MODELS = (Collaboration.HEALTH_25, Collaboration.CONSENT, Collaboration.NAV_ALONE)


def load(loaded: Loaded) -> None:
    rng = Random(loaded.world.seed * 7 + 1)  # noqa: S311  made-up people, no secrets
    for number, service in enumerate(loaded.services.values()):
        service.collaboration = MODELS[number % len(MODELS)]
    Service.objects.bulk_update(loaded.services.values(), ["collaboration"])
    shares = list(Share.objects.select_related("participant__treatment_team", "participant__nav_office").order_by("pk"))
    bodies = dict(Membership.objects.values_list("user_id", "body_id"))
    for share in shares:
        share.receiver_body_id = bodies.get(share.shared_with_id)
        if rng.random() < WITHDRAWN:
            share.withdrawn_at = loaded.at_work(workday_until(loaded.world.today - timedelta(rng.randrange(1, 20))))
            share.withdrawn_why = rng.choice(lines("sharing.withdrawn"))
    Share.objects.bulk_update(shares, ["receiver_body", "withdrawn_at", "withdrawn_why"])
    live = [share for share in shares if share.withdrawn_at is None]
    NextStep.objects.bulk_create(_asked(loaded, rng, live))
    Disclosure.objects.bulk_create(_given(loaded, rng, live))
    LookupCheck.objects.bulk_create(_checks(loaded, rng))
    ReadEvent.objects.bulk_create(_late_looks(loaded, rng))


def _asked(loaded: Loaded, rng: Random, shares: list[Share]) -> Iterator[NextStep]:
    for share in shares:
        if rng.random() < ASKED:
            of_nav = share.receiver_role == ReceiverRole.NAV_ADVISER
            asked_of = "nav" if of_nav else "therapist"
            yield NextStep(
                participant=share.participant,
                text=rng.choice(lines(f"sharing.{asked_of}")),
                due_on=workday_from(loaded.world.today + timedelta(rng.randrange(3, 21))),
                asked_of=asked_of,
                created_by=share.shared_by,
            )


def _given(loaded: Loaded, rng: Random, shares: list[Share]) -> Iterator[Disclosure]:
    goals = dict(Wishes.objects.values_list("participant_id", "goal"))
    today = loaded.world.today
    for share in shares:
        if rng.random() > GIVEN:
            continue
        to_nav = share.receiver_role == ReceiverRole.NAV_ADVISER
        on = max(share.starts_on, workday_until(today - timedelta(rng.randrange(1, 90))))
        place = share.participant.nav_office if to_nav else share.participant.treatment_team
        goal = goals.get(share.participant_id, "")
        yield Disclosure(
            participant=share.participant,
            destination=Destination.NAV_FILE if to_nav else Destination.PATIENT_RECORD,
            receiver=str(place or share.get_receiver_role_display()),
            ground=share.ground,
            purpose=share.purpose,
            kinds=["plan", "work"],
            starts_on=on - timedelta(90),
            ends_on=on,
            text="\n\n".join(filter(None, [f"Mål: «{goal}»" if goal else "", rng.choice(lines("sharing.given"))])),
            told_how=share.told_how,
            given_by=share.shared_by,
            given_at=loaded.at_work(on),
        )


def _checks(loaded: Loaded, rng: Random) -> Iterator[LookupCheck]:
    """The leader has signed the months but the last one, which waits; that of the weak service has signed none."""
    weak = {service.key for service in loaded.world.services if service.weak}
    for person in loaded.world.people:
        if person.role != "leder" or person.ends_on:
            continue
        for key in person.services:
            if key in weak:
                continue
            for month in last_months(loaded.world.today)[1:CHECKED_MONTHS]:
                signed_on = workday_from(_next(month) + timedelta(rng.randrange(2, 9)))
                yield LookupCheck(
                    service=loaded.services[key],
                    month=month,
                    stood_out=rng.randrange(3),
                    comment=rng.choice(lines("sharing.checked")),
                    signed_by=loaded.users[person.key],
                    signed_at=loaded.at_work(signed_on),
                )


def _next(month: date) -> date:
    return (month + timedelta(31)).replace(day=1)


def _late_looks(loaded: Loaded, rng: Random) -> Iterator[ReadEvent]:
    """In the last whole month somebody in each service looked at an own participant late in the evening."""
    month = last_months(loaded.world.today)[0]
    for service in loaded.services.values():
        own = Assignment.objects.filter(participant__service=service, starts_on__lt=month, ends_on=None)
        for assignment in own.order_by("pk")[:2]:
            at = datetime.combine(month + timedelta(rng.randrange(27)), time(21, rng.randrange(60)))
            yield ReadEvent(
                user_id=assignment.specialist_id,
                service_id=service.pk,
                participant_id=assignment.participant_id,
                page="participant",
                ground="own",
                at=timezone.make_aware(at),
            )
