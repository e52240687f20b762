"""The plan of a trial: one TOML file, read strictly into frozen values."""

from fotfeste.trial.plan.reading import BadPlan, read_plan
from fotfeste.trial.plan.shapes import (
    SITE,
    Analysis,
    Arm,
    Assumptions,
    Covariate,
    Factor,
    Level,
    Missing,
    Outcome,
    Plan,
    Randomisation,
    TimePoint,
)
from fotfeste.trial.plan.words import ADJUSTING, METHODS

__all__ = [
    "ADJUSTING",
    "METHODS",
    "SITE",
    "Analysis",
    "Arm",
    "Assumptions",
    "BadPlan",
    "Covariate",
    "Factor",
    "Level",
    "Missing",
    "Outcome",
    "Plan",
    "Randomisation",
    "TimePoint",
    "read_plan",
]
