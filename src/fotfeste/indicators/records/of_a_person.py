"""Records of what was done with and for one participant beside meetings and jobs: plans, wishes, ends, step-down.

They hold that something was done and when, never what was written. Ids name nobody; periods are half-open.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fotfeste.periods import Period


class EndedBy(StrEnum):
    """Who, or what, ended a job."""

    PERSON = "person"
    EMPLOYER = "employer"
    TERM_ENDED = "term_ended"
    SEASON_ENDED = "season_ended"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEnd:
    """What is known of the end of a job; ``next_job_offered``: help with a next one, None where nobody has said."""

    job: str
    known_on: date | None = None
    ended_by: EndedBy | None = None
    next_job_offered: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """The person's own «not now» to follow-up."""

    participant: str
    starts_on: date
    ends_on: date | None = None

    @property
    def period(self) -> Period[date]:
        return Period(self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDown:
    """Support that is stepped down, to a taker who is named or is not."""

    participant: str
    starts_on: date
    ends_on: date | None = None
    taker_named: bool = True

    @property
    def period(self) -> Period[date]:
        return Period(self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpennessTalk:
    """A version of the openness plan: were gains and drawbacks weighed, is it clear what may and may not be told."""

    participant: str
    on: date
    weighed: bool = False
    concrete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSession:
    """A day on which something new was written in the career profile."""

    participant: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An occupation (STYRK-08, four digits) that the person wishes for, while it is on the list."""

    participant: str
    occupation: str
    starts_on: date
    ends_on: date | None = None

    @property
    def period(self) -> Period[date]:
        return Period(self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A place that was tried for one person, and as what (STYRK-08, four digits)."""

    id: str
    participant: str
    on: date
    occupation: str


class Giver(StrEnum):
    """Who gives support at work."""

    SPECIALIST = "specialist"
    TREATMENT_TEAM = "treatment_team"
    FAMILY = "family"
    COLLEAGUES = "colleagues"
    EMPLOYER = "employer"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportMeasure:
    """One thing of the job support plan as it is now."""

    participant: str
    giver: Giver


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """A work place (establishment) and the company it belongs to, where that is known."""

    id: str
    company: str | None = None
