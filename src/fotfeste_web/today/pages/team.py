"""Team: the caseloads, what waits for the supervisor, who covers for whom. Every number opens into its list."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.due import Case, first_employer_contact
from fotfeste_web.caseload.models import Assignment, Referral
from fotfeste_web.caseload.status import Status, facts_of, status_on
from fotfeste_web.organisations.models import Membership, Service
from fotfeste_web.sharing.models import Cover, Opening
from fotfeste_web.teamwork.due import services_supervised, supervised, week_is_due, why_field_mentoring
from fotfeste_web.teamwork.weeks import WEEK, in_words, monday_of, slug_of
from fotfeste_web.ui.due import Urgency
from fotfeste_web.ui.formats import day

OPENINGS_FOR = timedelta(days=30)
NOT_COUNTED = (Status.REFERRED, Status.ENDED, Status.NOT_STARTED, None)
MOST_PER_POST = 20  # the best anchor of IPS-25 item 1
STAMPED = "Stemplet"


@dataclass(frozen=True, slots=True)
class Specialist:
    user_id: int
    name: str
    post_share: int
    participants: int
    unopened: int
    mapping: int
    searching: int
    in_work: int

    @property
    def full_post_caseload(self) -> float | None:
        """Participants a full post, as the fidelity scale counts them (item 1)."""
        return 100 * self.participants / self.post_share if self.post_share else None

    @property
    def too_many(self) -> bool:
        return (self.full_post_caseload or 0) > MOST_PER_POST


@dataclass(frozen=True, slots=True)
class Person:
    """A participant on one of the lists, and why."""

    participant_id: UUID
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class SpecialistsWeek:
    """Last week's employer contacts of one job specialist, and whether the supervisor has been through them."""

    membership_id: int
    user_id: int
    name: str
    contacts: int
    to_stamp: bool
    said: str  # «Stemplet», «Borte»; empty when it waits for the stamp
    field_mentoring: str  # why it is due
    field_on: date | None
    without_cover: date | None

    @property
    def color(self) -> str:
        return "success" if self.said == STAMPED else "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    specialists: list[Specialist]
    without_specialist: list[Person]
    unopened: list[Person]
    late_first: list[Person]
    weeks: list[SpecialistsWeek]
    week: str
    week_slug: str
    group_held: bool
    teams_missed: list[str]
    openings: list[Opening]
    covers: list[Cover]

    @property
    def people(self) -> list[UUID]:
        lists = (*self.without_specialist, *self.unopened, *self.late_first)
        return [one.participant_id for one in lists] + [opening.participant_id for opening in self.openings]

    @property
    def to_stamp(self) -> int:
        return sum(one.to_stamp for one in self.weeks)

    @property
    def field_due(self) -> list[SpecialistsWeek]:
        return [one for one in self.weeks if one.field_mentoring]

    @property
    def without_cover(self) -> list[SpecialistsWeek]:
        return [one for one in self.weeks if one.without_cover]

    @classmethod
    def of(cls, service: Service, user: User, today: date) -> "TeamPage":
        members = list(
            Membership.objects.live(today)
            .filter(service=service, role__in=["jobbspesialist", "metodeveileder"])
            .select_related("user")
            .order_by("user__name")
        )
        assignments = list(
            Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), participant__service=service)
            .select_related("participant__service", "specialist")
            .order_by("participant__first_name")
        )
        facts = facts_of([a.participant_id for a in assignments])
        statuses = {a.participant_id: status_on(facts[a.participant_id], today) for a in assignments}
        cases = [Case(a.participant, a, facts[a.participant_id], statuses[a.participant_id]) for a in assignments]
        here = {member.user_id for member in members}
        openings = Opening.objects.filter(service=service, opened_at__gte=timezone.now() - OPENINGS_FOR)
        covers = Cover.objects.filter(service=service, ends_on__gte=today)
        last_monday = monday_of(today) - WEEK
        owed = services_supervised(user, [service.pk], today).get()
        return cls(
            specialists=[
                _specialist(member, assignments, statuses)
                for member in members
                if member.role == "jobbspesialist" or any(a.specialist_id == member.user_id for a in assignments)
            ],
            without_specialist=[*_left_behind(assignments, here), *_waiting(service, today)],
            unopened=[
                Person(a.participant_id, a.participant.short_name, f"Tildelt {a.specialist.name}")
                for a in assignments
                if a.opened_at is None and a.specialist_id in here
            ],
            late_first=[Person(*one) for case in cases for one in _late(case, today)],
            weeks=[_week(member, today) for member in supervised(user, [service.pk], today)],
            week=in_words(last_monday),
            week_slug=slug_of(last_monday),
            group_held=owed.group_held,
            teams_missed=owed.missed,
            openings=list(openings.select_related("participant", "user").order_by("-opened_at")[:50]),
            covers=list(covers.select_related("absent", "covering").order_by("starts_on")),
        )


def _specialist(member: Membership, assignments: list[Assignment], statuses: dict[UUID, Status | None]) -> Specialist:
    own = [a for a in assignments if a.specialist_id == member.user_id]
    counts = Counter(statuses[a.participant_id] for a in own)
    return Specialist(
        user_id=member.user_id,
        name=member.user.name,
        post_share=member.post_share,
        participants=sum(n for status, n in counts.items() if status not in NOT_COUNTED),
        unopened=sum(a.opened_at is None for a in own),
        mapping=counts[Status.MAPPING],
        searching=counts[Status.JOB_DEVELOPMENT],
        in_work=counts[Status.IN_WORK],
    )


def _left_behind(assignments: list[Assignment], here: set[int]) -> Iterable[Person]:
    """Those whose job specialist has left the service."""
    return (
        Person(a.participant_id, a.participant.short_name, f"{a.specialist.name} har sluttet")
        for a in assignments
        if a.specialist_id not in here
    )


def _waiting(service: Service, today: date) -> Iterable[Person]:
    live = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today))
    waiting = Referral.objects.filter(service=service, outcome="").exclude(participant__assignments__in=live)
    return (
        Person(r.participant_id, r.participant.short_name, f"Henvist {day(r.received_on, today)}")
        for r in waiting.select_related("participant").order_by("received_on")
    )


def _late(case: Case, today: date) -> Iterable[tuple[UUID, str, str]]:
    """The rule of the today page, past its day."""
    return (
        (case.participant.pk, case.participant.short_name, f"{case.assignment.specialist.name} · {item.tag}")
        for item in first_employer_contact(case, today)
        if item.urgency == Urgency.OVERDUE
    )


def _week(member: Any, today: date) -> SpecialistsWeek:
    to_stamp = week_is_due(member, today)
    said = STAMPED if member.reviewed else "Borte hele uka" if member.away_last_week else ""
    return SpecialistsWeek(
        membership_id=member.pk,
        user_id=member.user_id,
        name=member.user.name,
        contacts=member.last_week,
        to_stamp=to_stamp,
        said=said or ("" if to_stamp else "Nettopp begynt"),
        field_mentoring=why_field_mentoring(member, today),
        field_on=member.field_on,
        without_cover=member.without_cover,
    )
