"""The ten files of a register follow-up: their columns, what is in them, and what makes a row one row.

Delivered, a file has the units that people write: ``2019-03-02``, ``2019-03``, ``37.5`` hours, ``50`` per cent,
``12345.67`` kroner. Read, it has whole numbers: months as ``year * 12 + month - 1``, and hours, per cent and kroner
in hundredths, so that a sum is the same whatever the order of the rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["id", "day", "month", "number", "hundredths", "code", "flag"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    ``required``: the column must be there. ``filled``: no cell of it may be empty. ``codes``: all that a cell may
    say, where the list is closed. ``most``: no number may be above it, nor as far below 0; so large that it can only be
    an error, and so small that sums can be kept.
    """

    name: str
    kind: Kind
    required: bool = False
    filled: bool = False
    codes: tuple[str, ...] = ()
    most: int = 10**12


@dataclass(frozen=True, slots=True)
class FileSchema:
    """One file. No two rows have the same ``key``; no key: any rows."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _must(name: str, kind: Kind, codes: tuple[str, ...] = ()) -> Column:
    return Column(name, kind, required=True, filled=True, codes=codes)


def _may(name: str, kind: Kind, codes: tuple[str, ...] = ()) -> Column:
    return Column(name, kind, codes=codes)


def _there(name: str, kind: Kind, most: int = 10**12) -> Column:
    """The column is there, and an empty cell says something: a job without an end goes on."""
    return Column(name, kind, required=True, most=most)


JOB_TYPES = ("ordinary", "maritime", "freelance", "no_employment")
"""The a-melding's four. ``no_employment``: pension and other payments without employment, work practice too."""
LEAVE_KINDS = ("layoff", "parental", "other")
MEASURE_TYPES = ("wage_subsidy", "inclusion_subsidy", "work_practice", "aft", "vta", "follow_up")
BENEFIT_KINDS = (
    "aap",
    "disability_pension",
    "unemployment_benefit",
    "sickness_benefit",
    "parental_benefit",
    "social_assistance",
    "full_unemployment",
)
"""``full_unemployment`` is no money: the days a person was registered with NAV as fully unemployed."""

_FILES = (
    FileSchema(
        "participants",
        (
            _must("person_id", "id"),
            _may("birth_year", "number"),
            _may("sex", "code", ("woman", "man")),
            _may("education_level", "number"),  # first digit of NUS2000, 0 to 8; 4 is completed upper secondary
            _may("diagnosis_group", "code"),
            _may("severity", "code", ("moderate", "severe")),
            _may("site", "id"),
            _must("inclusion_date", "day"),
            _may("arm", "code"),
            _may("consent", "flag"),
            _may("withdrawn_date", "day"),
            _may("death_date", "day"),
            _may("emigration_date", "day"),
        ),
        key=("person_id",),
    ),
    # A job may be reported many times and have several rows, one for each agreed percentage with days that adjoin.
    # The rows of its newest reported_at are what holds.
    FileSchema(
        "jobs",
        (
            _must("person_id", "id"),
            _must("job_id", "id"),
            _must("type", "code", JOB_TYPES),
            _must("establishment_org", "id"),
            _may("entity_org", "id"),
            _must("start", "day"),
            _there("end", "day"),  # the last day of the job, as the employer reports it
            _there("percent", "hundredths", most=10_000),
            _may("percent_changed", "day"),
            _there("fulltime_hours", "hundredths", most=1_000),  # a week in a full position
            _may("styrk98", "code"),
            _may("styrk08", "code"),
            _may("permanent_or_temporary", "code", ("permanent", "temporary")),
            _may("end_reason", "code"),
            _may("reported_at", "day"),
        ),
        key=("person_id", "job_id", "start", "reported_at"),
    ),
    FileSchema(
        "pay",
        (
            _must("person_id", "id"),
            _must("job_id", "id"),
            _must("month", "month"),
            _there("fixed", "hundredths"),
            _may("hourly", "hundredths"),
            _may("hours", "hundredths"),
            _may("overtime", "hundredths"),
            _may("overtime_hours", "hundredths"),
            _may("holiday", "hundredths"),
            _may("other", "hundredths"),
        ),
        key=("person_id", "job_id", "month"),
    ),
    FileSchema(
        "leave",
        (
            _must("person_id", "id"),
            _must("job_id", "id"),
            _must("kind", "code", LEAVE_KINDS),
            _must("start", "day"),
            _there("end", "day"),
            _may("percent", "hundredths"),
        ),
        key=("person_id", "job_id", "kind", "start"),
    ),
    FileSchema(
        "measures",
        (
            _must("person_id", "id"),
            _must("measure_type", "code", MEASURE_TYPES),
            _must("start", "day"),
            _there("end", "day"),
            _may("establishment_org", "id"),
        ),
    ),
    FileSchema(
        "benefits",
        (
            _must("person_id", "id"),
            _must("kind", "code", BENEFIT_KINDS),
            _must("start", "day"),
            _there("end", "day"),
            _may("degree", "hundredths"),
            _may("monthly_amount", "hundredths"),
        ),
    ),
    FileSchema(
        "education",
        (
            _must("person_id", "id"),
            _may("course", "code"),
            _must("start", "day"),
            _there("end", "day"),
            _may("kind", "code"),
        ),
    ),
    FileSchema(
        "health_episodes",
        (
            _must("person_id", "id"),
            _may("level", "code"),
            _may("specialty", "code"),
            _may("icd10", "code"),
            _must("in_date", "day"),
            _there("out_date", "day"),
            _may("coercion", "flag"),
        ),
    ),
    FileSchema(
        "questionnaires",
        (
            _must("person_id", "id"),
            _must("instrument", "code"),
            _must("item", "code"),  # an item's name, or "total"
            _must("wave", "number"),  # months since inclusion
            _may("date", "day"),
            _there("score", "hundredths"),
        ),
        key=("person_id", "instrument", "item", "wave"),
    ),
    FileSchema(
        "fidelity",
        (
            _must("site", "id"),
            _must("date", "day"),
            _must("item", "number"),
            _must("score", "number"),
            _may("assessor", "id"),
        ),
        key=("site", "date", "item", "assessor"),
    ),
)
FILES: Mapping[str, FileSchema] = {file.name: file for file in _FILES}
"""The files by name."""
