"""The records that indicators are computed from. The site makes them from its rows, ``files`` from CSV.

Periods are half-open: ``ends_on`` is the first day it no longer holds, None while it does. Ids are text and
name nobody.
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from fotfeste.employment import Job
from fotfeste.indicators.advice import Advice
from fotfeste.indicators.outreach import Attempt
from fotfeste.indicators.records.of_a_person import (
    Application,
    Declined,
    Employer,
    JobEnd,
    OpennessTalk,
    ProfileSession,
    StepDown,
    SupportMeasure,
    Wish,
)
from fotfeste.indicators.records.of_the_team import (
    Milestone,
    OtherWork,
    Supervision,
    SupervisorPost,
    TeamMeeting,
    TeamMembership,
    WeeklyHours,
    WeekReview,
)
from fotfeste.periods import Period


class Status(StrEnum):
    """Where a participant is in the process; follows from what is recorded."""

    REFERRED = "referred"
    MAPPING = "mapping"
    JOB_DEVELOPMENT = "job_development"
    IN_WORK = "in_work"
    IN_EDUCATION = "in_education"
    STEP_DOWN = "step_down"
    PAUSE = "pause"
    ENDED = "ended"
    NOT_STARTED = "not_started"


class Source(StrEnum):
    """Who a referral came from."""

    PERSON = "person"
    THERAPIST = "therapist"
    FAMILY = "family"
    GP = "gp"
    MUNICIPALITY = "municipality"
    NAV = "nav"


class ReferralOutcome(StrEnum):
    STARTED = "started"
    WITHDRAWN = "withdrawn"
    WISH_CHANGED = "wish_changed"
    MOVED = "moved"
    DIED = "died"
    NOT_OFFERED = "not_offered"


class NotOffered(StrEnum):
    """Why a person who wanted to work was not taken in."""

    FULL = "full"
    OUTSIDE_CATCHMENT = "outside_catchment"
    NOT_IN_TREATMENT = "not_in_treatment"
    JUDGED_NOT_READY = "judged_not_ready"
    OTHER = "other"


class ContactStatus(StrEnum):
    HELD = "held"
    PARTICIPANT_ABSENT = "participant_absent"
    CANCELLED = "cancelled"
    PLANNED = "planned"


class Channel(StrEnum):
    IN_PERSON = "in_person"
    PHONE = "phone"
    DIGITAL = "digital"


class Place(StrEnum):
    OWN_OFFICE = "own_office"
    TREATMENT_TEAM = "treatment_team"
    NAV = "nav"
    EMPLOYER = "employer"
    HOME = "home"
    CAFE = "cafe"
    SCHOOL = "school"
    OTHER = "other"


class Purpose(StrEnum):
    JOB_DEVELOPMENT = "job_development"
    JOB_SUPPORT = "job_support"


class Kind(StrEnum):
    """What a contact was."""

    START_UP = "start_up"
    PARTICIPANT = "participant"
    EMPLOYER = "employer"
    NAV = "nav"
    TREATMENT_TEAM = "treatment_team"
    OTHER = "other"


class By(StrEnum):
    """Who met the employer."""

    SPECIALIST = "specialist"
    PARTICIPANT = "participant"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One period in a service; a return is a new one. ``entered_on`` is the start-up meeting, None before."""

    id: str
    service: str
    entered_on: date | None = None
    ended_on: date | None = None
    end_reason: str | None = None
    in_work_at_start: bool = False
    treatment_team: str | None = None
    nav_office: str | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A wish to work that reached the service, and what became of it."""

    participant: str
    received_on: date
    source: Source
    outcome: ReferralOutcome | None = None
    outcome_on: date | None = None
    not_offered_reason: NotOffered | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A participant is a job specialist's."""

    participant: str
    specialist: str
    starts_on: date
    ends_on: date | None = None

    @property
    def period(self) -> Period[date]:
        return Period(self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The share of a full post (0 to 1) that a job specialist has for a time."""

    specialist: str
    share: Decimal
    starts_on: date
    ends_on: date | None = None

    @property
    def period(self) -> Period[date]:
        return Period(self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Specialist:
    """A job specialist; the posts have a file of their own."""

    id: str
    service: str
    posts: tuple[Post, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One trip by one job specialist. Its travel counts once, however many meetings it has."""

    id: str
    specialist: str
    on: date
    travel_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A meeting, or a contact that a participant made alone (then ``specialist`` is None)."""

    id: str
    specialist: str | None
    on: date
    start: time | None = None
    minutes: int | None = None
    status: ContactStatus
    channel: Channel
    place: Place
    with_employer: bool = False
    employer: str | None = None
    decision_maker: bool = False
    purpose: Purpose | None = None
    participants: tuple[str, ...] = ()
    by: By = By.SPECIALIST
    round: str | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Days on which a job specialist was not at work; ``covered``: a colleague was named to cover."""

    specialist: str
    starts_on: date
    ends_on: date | None = None
    covered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Education:
    """Ordinary education."""

    participant: str
    starts_on: date
    ends_on: date | None = None
    completed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A time without follow-up, agreed with the person."""

    participant: str
    starts_on: date
    ends_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything indicators are computed from."""

    participants: tuple[Participant, ...] = ()
    referrals: tuple[Referral, ...] = ()
    specialists: tuple[Specialist, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    rounds: tuple[Round, ...] = ()
    contacts: tuple[Contact, ...] = ()
    jobs: tuple[Job, ...] = ()
    absences: tuple[Absence, ...] = ()
    education: tuple[Education, ...] = ()
    pauses: tuple[Pause, ...] = ()
    team_memberships: tuple[TeamMembership, ...] = ()
    team_meetings: tuple[TeamMeeting, ...] = ()
    supervisions: tuple[Supervision, ...] = ()
    supervisor_posts: tuple[SupervisorPost, ...] = ()
    week_reviews: tuple[WeekReview, ...] = ()
    other_work: tuple[OtherWork, ...] = ()
    weekly_hours: tuple[WeeklyHours, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    job_ends: tuple[JobEnd, ...] = ()
    declined: tuple[Declined, ...] = ()
    step_downs: tuple[StepDown, ...] = ()
    advice: tuple[Advice, ...] = ()
    outreach: tuple[Attempt, ...] = ()
    openness: tuple[OpennessTalk, ...] = ()
    profile_sessions: tuple[ProfileSession, ...] = ()
    wishes: tuple[Wish, ...] = ()
    applications: tuple[Application, ...] = ()
    support_measures: tuple[SupportMeasure, ...] = ()
    employers: tuple[Employer, ...] = ()
