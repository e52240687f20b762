"""Records of how a service works as a team: membership, meetings, supervision, working time, what leaders do.

They prepare the parts of a fidelity review that no participant's records show. Ids name nobody; periods are half-open.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from fotfeste.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMembership:
    """A job specialist is a member of a treatment team (IPS-25 item 4); a patient from another team makes none."""

    specialist: str
    team: str
    starts_on: date
    ends_on: date | None = None

    @property
    def period(self) -> Period[date]:
        return Period(self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMeeting:
    """One meeting of a treatment team; ``present`` are the ids of those who came from the service.

    ``others_raised``: people not referred for whom work was brought up, a number and never names.
    """

    id: str
    team: str
    on: date
    present: tuple[str, ...] = ()
    about_people: bool = True
    others_raised: int = 0


class SupervisionKind(StrEnum):
    GROUP = "group"
    INDIVIDUAL = "individual"
    FIELD = "field"


@dataclass(frozen=True, slots=True, kw_only=True)
class Supervision:
    """That supervision was held, and with whom; what was said is not recorded here."""

    id: str
    kind: SupervisionKind
    on: date
    supervisor: str
    present: tuple[str, ...] = ()
    outcome_talk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisorPost:
    """The share of a full post (0 to 1) that a supervisor has for this service."""

    supervisor: str
    share: Decimal
    starts_on: date
    ends_on: date | None = None

    @property
    def period(self) -> Period[date]:
        return Period(self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekReview:
    """The supervisor went through a job specialist's employer contacts of the week that began on ``monday``."""

    specialist: str
    monday: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWork:
    """The per cent of a month (its first day) that a job specialist says went to other work than IPS."""

    specialist: str
    month: date
    percent: int
    seen_by_supervisor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyHours:
    """Agreed hours a week, where they are not the share of a full post."""

    specialist: str
    hours: Decimal
    starts_on: date
    ends_on: date | None = None

    @property
    def period(self) -> Period[date]:
        return Period(self.starts_on, self.ends_on)


class MilestoneKind(StrEnum):
    """What a service and its leaders do that items 10 and 11 ask for by date."""

    RESULTS_SHARED = "results_shared"  # the rate of ordinary work, to leaders and staff
    FIDELITY_REVIEW = "fidelity_review"
    STEERING_MEETING = "steering_meeting"  # with one of the leaders
    AIMS_TOLD = "aims_told"  # by the top leader, to all staff
    OBSTACLES_RAISED = "obstacles_raised"  # with the leaders


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One of these, done on a day."""

    kind: MilestoneKind
    on: date
