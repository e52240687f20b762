"""The plans round one person: profile, search, applications, support at work."""

from .profile import CareerProfile, HeldJob, MainGoal
from .search import Answer, JobApplication, SearchPlan
from .support import ByWhom, Moment, SupportMeasure, SupportPlan

__all__ = [
    "Answer",
    "ByWhom",
    "CareerProfile",
    "HeldJob",
    "JobApplication",
    "MainGoal",
    "Moment",
    "SearchPlan",
    "SupportMeasure",
    "SupportPlan",
]
