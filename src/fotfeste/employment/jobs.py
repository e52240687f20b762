"""A job and the terms it is held on. More hours, or a subsidy that ends, is a new term and not a new job."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from fotfeste.periods import Period


class Form(StrEnum):
    """How a person is employed."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    SUBSTITUTE = "substitute"
    SEASONAL = "seasonal"
    ON_CALL = "on_call"
    APPRENTICE = "apprentice"
    SELF_EMPLOYED = "self_employed"


class Support(StrEnum):
    """What NAV pays for, or arranges, in a job."""

    WAGE_SUBSIDY = "wage_subsidy"
    INCLUSION_SUBSIDY = "inclusion_subsidy"
    MENTOR = "mentor"
    SET_ASIDE = "set_aside"
    WORK_PRACTICE = "work_practice"


class OverlappingTerms(ValueError):
    """Two terms of one job hold on the same day."""

    def __init__(self, job: str, day: date) -> None:
        super().__init__(f"{job}: {day}")
        self.job, self.day = job, day


class TermOutsideJob(ValueError):
    """A term begins before its job does, or after it has ended."""

    def __init__(self, job: str, day: date) -> None:
        super().__init__(f"{job}: {day}")
        self.job, self.day = job, day


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What holds in a job from ``starts_on`` until the day before ``ends_on``.

    Hours are those agreed, and None where nobody knows them (on call). ``ordinary_rate``: paid as others are
    who do the same work. ``open_to_anyone``: not kept for people with an illness or a disability.
    """

    starts_on: date
    ends_on: date | None = None
    hours_per_week: Decimal | None = None
    form: Form
    ordinary_rate: bool
    open_to_anyone: bool
    support: frozenset[Support] = frozenset()

    @property
    def period(self) -> Period[date]:
        return Period(self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job with one employer; ``ends_on`` is the first day after it. A term ends with its job at latest."""

    id: str
    person: str
    employer: str
    occupation: str
    starts_on: date
    ends_on: date | None = None
    terms: tuple[Term, ...]

    def __post_init__(self) -> None:
        terms = sorted(self.terms, key=lambda term: term.starts_on)
        for earlier, later in pairwise(terms):
            if earlier.period.overlaps(later.period):
                raise OverlappingTerms(self.id, later.starts_on)
        for term in terms:
            if not self.period.contains(term.starts_on):
                raise TermOutsideJob(self.id, term.starts_on)

    @property
    def period(self) -> Period[date]:
        return Period(self.starts_on, self.ends_on)
