"""Team: the caseloads of the job specialists, who has opened what, and who covers for whom."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from fotfeste_web.caseload.models import Assignment
from fotfeste_web.caseload.status import Status, facts_of, status_on
from fotfeste_web.organisations.models import Membership, Service
from fotfeste_web.sharing.models import Cover, Opening

OPENINGS_FOR = timedelta(days=30)
NOT_COUNTED = (Status.REFERRED, Status.ENDED, Status.NOT_STARTED, None)


@dataclass(frozen=True, slots=True)
class Specialist:
    user_id: int
    name: str
    post_share: int
    participants: int
    unopened: int
    searching: int
    in_work: int

    @property
    def full_post_caseload(self) -> float | None:
        """Participants a full post, as the fidelity scale counts them (item 1)."""
        return 100 * self.participants / self.post_share if self.post_share else None


@dataclass(frozen=True, slots=True)
class ToReassign:
    """A participant whose job specialist has left the service."""

    participant_id: UUID
    name: str
    specialist: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    specialists: list[Specialist]
    to_reassign: list[ToReassign]
    openings: list[Opening]
    covers: list[Cover]
    people: list[UUID]

    @classmethod
    def of(cls, service: Service, today: date) -> "TeamPage":
        members = list(
            Membership.objects.live(today)
            .filter(service=service, role__in=["jobbspesialist", "metodeveileder"])
            .select_related("user")
            .order_by("user__name")
        )
        assignments = list(
            Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), participant__service=service)
            .select_related("participant", "specialist")
            .order_by("participant__first_name")
        )
        facts = facts_of([a.participant_id for a in assignments])
        statuses = {a.participant_id: status_on(facts[a.participant_id], today) for a in assignments}
        here = {member.user_id for member in members}
        openings = Opening.objects.filter(service=service, opened_at__gte=timezone.now() - OPENINGS_FOR)
        page = cls(
            specialists=[
                _specialist(member, assignments, statuses)
                for member in members
                if member.role == "jobbspesialist" or any(a.specialist_id == member.user_id for a in assignments)
            ],
            to_reassign=[
                ToReassign(a.participant_id, a.participant.short_name, a.specialist.name)
                for a in assignments
                if a.specialist_id not in here
            ],
            openings=list(openings.select_related("participant", "user").order_by("-opened_at")[:50]),
            covers=list(
                Cover.objects.filter(service=service, ends_on__gte=today)
                .select_related("absent", "covering")
                .order_by("starts_on")
            ),
            people=[],
        )
        page.people.extend([one.participant_id for one in page.to_reassign])
        page.people.extend([opening.participant_id for opening in page.openings])
        return page


def _specialist(member: Membership, assignments: list[Assignment], statuses: dict[UUID, Status | None]) -> Specialist:
    own = [a for a in assignments if a.specialist_id == member.user_id]
    counts = Counter(statuses[a.participant_id] for a in own)
    return Specialist(
        user_id=member.user_id,
        name=member.user.name,
        post_share=member.post_share,
        participants=sum(n for status, n in counts.items() if status not in NOT_COUNTED),
        unopened=sum(a.opened_at is None for a in own),
        searching=counts[Status.MAPPING] + counts[Status.JOB_DEVELOPMENT],
        in_work=counts[Status.IN_WORK],
    )
