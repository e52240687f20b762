"""The traces of the last weeks: who has looked, who has written, what was put off, and who was invited."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.caseload.models import Assignment, Job, NextStep, Openness, Wishes
from fotfeste_web.demo.story.days import workday_from, workday_until, workdays_before
from fotfeste_web.organisations.invitations import LINK_LIVES, hash_of, new_token
from fotfeste_web.organisations.models import Invitation
from fotfeste_web.sharing.models import Opening, Share
from fotfeste_web.today.models import Postponement

from .loaded import ROWS_AT_A_TIME, Loaded

REMEMBERED = timedelta(weeks=4)
A_LOOK_BEFORE = timedelta(minutes=3)


def load(loaded: Loaded) -> None:
    ReadEvent.objects.bulk_create(
        sorted((*_looks(loaded), *_lists(loaded)), key=lambda event: event.at), batch_size=ROWS_AT_A_TIME
    )
    WriteEvent.objects.bulk_create(sorted(_writes(loaded), key=lambda event: event.at), batch_size=ROWS_AT_A_TIME)
    Postponement.objects.bulk_create(_postponements(loaded))
    _invite(loaded)


def _looks(loaded: Loaded) -> Iterator[ReadEvent]:
    rng, since = loaded.rng, loaded.world.today - REMEMBERED
    services = {row.pk: row.service_id for row in loaded.participants.values()}

    def look(user: User, participant_id: UUID, at: datetime, ground: str, page: str = "participant") -> ReadEvent:
        return ReadEvent(
            user=user,
            service_id=services[participant_id],
            participant_id=participant_id,
            at=at,
            page=page,
            ground=ground,
        )

    for contact in loaded.world.contacts:
        row = loaded.contacts[contact.key]
        if since <= contact.on and contact.status == "held":
            for key in contact.participants:
                participant = loaded.participants[key]
                yield look(row.specialist, participant.pk, row.logged_at - A_LOOK_BEFORE, "own")
    for one, _ in loaded.current():
        participant = loaded.participants[one.key]
        if rng.random() < 0.3:
            yield look(loaded.supervisor(one.service), participant.pk, _lately(loaded), "team")
        if participant.user_id:
            for _ in range(4):
                yield look(participant.user, participant.pk, _lately(loaded), "self", "own_plan")
    for share in Share.objects.select_related("shared_with"):
        if rng.random() < 0.5:
            at = max(_lately(loaded), loaded.at_work(share.starts_on))
            yield look(share.shared_with, share.participant_id, at, f"share:{share.ground}")
    for opening in Opening.objects.select_related("user"):
        yield look(opening.user, opening.participant_id, opening.opened_at, f"opened:{opening.reason}")


def _lists(loaded: Loaded) -> Iterator[ReadEvent]:
    """Each morning on which something was logged, the job specialist looked at the list of the day."""
    mine: dict[str, list[UUID]] = defaultdict(list)
    for one, period in loaded.current():
        mine[period.assignments[-1].specialist].append(loaded.participants[one.key].pk)
    for person in loaded.world.people:
        if person.role != "jobbspesialist" or not mine[person.key]:
            continue
        for days in range(1, REMEMBERED.days):
            day = loaded.world.today - timedelta(days)
            if workday_until(day) == day:
                yield ReadEvent(
                    user=loaded.users[person.key],
                    service_id=loaded.services[person.services[0]].pk,
                    participants=mine[person.key],
                    page="today",
                    ground="list",
                    at=loaded.at_work(day),
                )


def _lately(loaded: Loaded) -> datetime:
    return loaded.at_work(workday_until(loaded.world.today - timedelta(loaded.rng.randrange(1, REMEMBERED.days))))


def _writes(loaded: Loaded) -> Iterator[WriteEvent]:
    since = loaded.now - REMEMBERED
    services = {row.pk: row.service_id for row in loaded.participants.values()}
    assignments = list(Assignment.objects.filter(ends_on=None).select_related("specialist", "assigned_by"))
    specialists = {row.participant_id: row.specialist for row in assignments}

    def write(action: str, subject: Any, by: User, at: datetime, **details: Any) -> WriteEvent:
        participant_id = getattr(subject, "participant_id", None)
        return WriteEvent(
            action=action,
            user=by,
            at=at,
            service_id=services[participant_id] if participant_id else subject.service_id,
            participant_id=participant_id,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            details=details,
        )

    for contact in loaded.world.contacts:
        row, about = loaded.contacts[contact.key], {"kind": contact.kind, "status": contact.status}
        if row.logged_at >= since:
            action = "contact.planned" if contact.status == "planned" else "contact.logged"
            yield write(action, row, row.specialist, row.logged_at, **about, participants=len(contact.participants))
    for row in assignments:
        if row.assigned_at >= since:
            yield write(
                "participant.assigned", row, row.assigned_by, row.assigned_at, specialist=row.specialist_id, moved=False
            )
    for row in Wishes.objects.filter(updated_at__gte=since).select_related("updated_by"):
        yield write("wishes.saved", row, row.updated_by, row.updated_at, version=row.version)
    for row in Openness.objects.filter(agreed_on__gte=since.date()).select_related("updated_by"):
        yield write("openness.saved", row, row.updated_by, loaded.at_work(row.agreed_on), version=row.version)
    for row in Job.objects.filter(registered_at__gte=since, participant__in=specialists):
        yield write("job.added", row, specialists[row.participant_id], row.registered_at, begun=row.begun)
    for row in Share.objects.filter(starts_on__gte=since.date()).select_related("shared_by"):
        at = loaded.at_work(row.starts_on)
        yield write("sharing.shared", row, row.shared_by, at, ground=row.ground, shared_with=row.shared_with_id)


def _postponements(loaded: Loaded) -> Iterator[Postponement]:
    """Two job specialists have put a next step off: one line still, one that is back."""
    today = loaded.world.today
    for days, specialist in zip(
        (2, -4), sorted({s.created_by for s in _open_steps()}, key=lambda u: u.pk), strict=False
    ):
        step = next(step for step in _open_steps() if step.created_by == specialist)
        yield Postponement(
            participant_id=step.participant_id,
            rule="next_step",
            until=workday_from(today + timedelta(days)),
            reason="Avtalt å vente til neste møte",
            by=specialist,
            at=loaded.at_work(workdays_before(today, 6)),
        )


def _open_steps() -> list[NextStep]:
    return list(NextStep.objects.filter(done_on=None).select_related("created_by").order_by("pk"))


def _invite(loaded: Loaded) -> None:
    """Somebody is to begin in the first service. The link is known to nobody: a new one can be made."""
    administrator = next(p for p in loaded.world.people if p.role == "administrator")
    invited_at = loaded.at_work(workdays_before(loaded.world.today, 2))
    Invitation.objects.create(
        service=loaded.services[loaded.world.services[0].key],
        email="ny.kollega@fotfeste.example",
        name="Ny Kollega",
        role="jobbspesialist",
        starts_on=workday_from(loaded.world.today + timedelta(14)),
        link_hash=hash_of(new_token()),
        invited_by=loaded.users[administrator.key],
        invited_at=invited_at,
        expires_at=invited_at + LINK_LIVES,
    )
