"""Who could follow the participant, what still runs, and what can be done next."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Assignment, Participant
from fotfeste_web.caseload.status import Status
from fotfeste_web.organisations.models import Membership
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.formats import count, day, number


@dataclass(frozen=True, slots=True)
class PastAssignment:
    specialist: str
    words: str  # from when to when, and by whom


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignPage:
    specialists: list[tuple[User, str]]  # with the caseload, said in words
    running: list[Assignment]  # now and agreed
    history: list[PastAssignment]

    @classmethod
    def of(cls, participant: Participant, today: date) -> "AssignPage":
        assignments = list(participant.assignments.select_related("specialist", "assigned_by").order_by("-starts_on"))
        return cls(
            specialists=specialists_with_caseload(participant.service_id, today),
            running=[a for a in assignments if a.ends_on is None or a.ends_on > today],
            history=[PastAssignment(a.specialist.name, _in_words(a, today)) for a in assignments],
        )


def _in_words(assignment: Assignment, today: date) -> str:
    until = f" til {day(assignment.ends_on, today)}" if assignment.ends_on else ""
    by = f" · tildelt av {assignment.assigned_by.name}" if assignment.assigned_by else ""
    return f"Fra {day(assignment.starts_on, today)}{until}{by}"


def specialists_with_caseload(service_id: int, today: date) -> list[tuple[User, str]]:
    """The service's job specialists by name, each with how many they follow and what that makes for a full post."""
    posts: Counter[User] = Counter()
    members = Membership.objects.live(today).filter(service=service_id, role="jobbspesialist")
    for membership in members.select_related("user"):
        posts[membership.user] += membership.post_share
    live = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), participant__service=service_id)
    caseload = Counter(specialist for specialist, _ in set(live.values_list("specialist", "participant")))
    return [
        (user, f"{user.name} · {caseload_in_words(caseload[user.pk], post)}")
        for user, post in sorted(posts.items(), key=lambda item: item[0].name)
    ]


def caseload_in_words(participants: int, post_share: int) -> str:
    """«9 deltakere i 50 % stilling, 18 per hel stilling»."""
    words = f"{count(participants, 'deltaker', 'deltakere')} i {post_share} % stilling"
    if post_share in (0, 100):
        return words
    return f"{words}, {number(participants * 100 / post_share, 1).removesuffix(',0')} per hel stilling"


def still_running(participant: Participant, today: date) -> list[str]:
    """What the end of a period leaves as it is: jobs, education, meetings that are planned."""
    jobs = participant.jobs.filter(Q(ends_on=None) | Q(ends_on__gt=today)).select_related("employer")
    educations = participant.educations.filter(Q(ends_on=None) | Q(ends_on__gt=today))
    planned = participant.contacts.filter(contact__status="planned").select_related("contact")
    return [
        *(f"Jobb hos {job.employer.name} fra {day(job.starts_on, today)}" for job in jobs),
        *(f"Utdanning ved {education.place} fra {day(education.starts_on, today)}" for education in educations),
        *(f"Planlagt møte {day(line.contact.on, today)}" for line in planned),
    ]


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str


_RUNNING = {
    Status.MAPPING,
    Status.JOB_DEVELOPMENT,
    Status.IN_WORK,
    Status.IN_EDUCATION,
    Status.STEP_DOWN,
    Status.PAUSE,
}


def actions_for(participant_id: UUID, status: Status | None, *, may_write: bool, may_assign: bool) -> list[Link]:
    """What can be done with the participant's way through the service now, the most likely first."""
    links: list[tuple[str, str]] = []
    if status == Status.REFERRED and may_write:
        links.append(("Registrer oppstart", "start"))
    if status in _RUNNING and may_write:
        links += [
            ("Avslutt pausen" if status == Status.PAUSE else "Pause", "pause_add"),
            ("Utdanning", "education_add"),
            ("Avslutt nedtrappingen" if status == Status.STEP_DOWN else "Nedtrapping", "step_down_add"),
            ("Avslutt perioden", "end_period"),
        ]
    if may_assign and (status == Status.REFERRED or status in _RUNNING):
        links.append(("Jobbspesialist", "assign"))
    if may_assign and status == Status.ENDED:
        links.append(("Rett avslutningen", "end_period"))
    shown = [Link(label, address(name, participant_id)) for label, name in links]
    if may_assign and status in (Status.ENDED, Status.NOT_STARTED):
        shown.append(Link("Ny henvisning", f"{address('referral_add')}?deltaker={participant_id}"))
    return shown
