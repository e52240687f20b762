"""Jobs with dated terms, what counts as ordinary work, and outcomes: versioned definitions, computed once."""

from fotfeste.employment.definitions import (
    Definition,
    OutcomeDefinition,
    UnknownDefinition,
    WorkDefinition,
    definition,
    definitions,
    outcome_definition,
    work_definition,
)
from fotfeste.employment.jobs import Form, Job, OverlappingTerms, Support, Term, TermOutsideJob
from fotfeste.employment.outcomes import Outcome, outcome
from fotfeste.employment.work import (
    Ordinary,
    days_in_work,
    first_job_on,
    hours_in_work,
    in_work_on,
    is_ordinary,
    longest_job_days,
    ordinary_periods,
    weeks_in_work,
)

__all__ = [
    "Definition",
    "Form",
    "Job",
    "Ordinary",
    "Outcome",
    "OutcomeDefinition",
    "OverlappingTerms",
    "Support",
    "Term",
    "TermOutsideJob",
    "UnknownDefinition",
    "WorkDefinition",
    "days_in_work",
    "definition",
    "definitions",
    "first_job_on",
    "hours_in_work",
    "in_work_on",
    "is_ordinary",
    "longest_job_days",
    "ordinary_periods",
    "outcome",
    "outcome_definition",
    "weeks_in_work",
    "work_definition",
]
