"""The outcomes by name: those about work, as ``fotfeste.employment`` defines them, and those that registers tell."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Literal

from fotfeste.employment import OutcomeDefinition, UnknownDefinition, outcome_definition

SHORT: Mapping[str, str] = {
    "one-day": "job_within_18_months",
    "at-12-months": "in_work_at_12_months",
    "at-18-months": "in_work_at_18_months",
    "at-43-months": "in_work_at_43_months",
    "workdays": "days_in_work_12_months",
    "weeks": "weeks_in_work_18_months",
    "hours": "hours_in_work_18_months",
    "20-hours": "work_of_20_hours_within_18_months",
    "longest-job": "longest_job_18_months",
    "first-job": "days_to_first_job",
    "13-of-16-weeks": "steady_13_of_16_weeks",
    "wages": "wages_18_months",
    "benefit-months": "benefit_months_18_months",
    "education": "education_within_18_months",
}
"""Names that are quick to write, for the ids that a result remembers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDefinition:
    """An outcome that only registers tell. ``outcomes.toml`` explains the fields."""

    id: str
    version: int
    name_nb: str
    name_en: str
    measure: Literal["wages", "benefit_months", "education"]
    months: int
    source: str


Definition = OutcomeDefinition | RegisterDefinition


@cache
def _own() -> Mapping[str, RegisterDefinition]:
    text = files(__package__).joinpath("outcomes.toml").read_text(encoding="utf-8")
    return {row["id"]: RegisterDefinition(**row) for row in tomllib.loads(text)["outcome"]}


def find_definition(name: str) -> Definition:
    """Look up an outcome by its id or its short name, in its newest version.

    Raises
    ------
    UnknownDefinition
        With the names that come near.
    """
    id = SHORT.get(name, name)
    if id in _own():
        return _own()[id]
    try:
        return outcome_definition(id)
    except UnknownDefinition as error:
        near = get_close_matches(name, [*SHORT, *_own()], n=3, cutoff=0.4)
        raise UnknownDefinition(name, None, tuple(dict.fromkeys((*near, *error.near)))) from None
