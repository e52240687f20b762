"""A review of how true a service is to the method: planned, rated alone, agreed on, signed; and after."""

from .counted import CountedItem
from .files import Answer, Group, PersonNote, SampledFile
from .improvements import Improvement, ImprovementState
from .planning import Party, ReviewTask, Source, SourceRole
from .ratings import Consensus, Rating
from .reviews import CLOSES_AFTER, Review, Reviewer, ReviewKind

__all__ = [
    "CLOSES_AFTER",
    "Answer",
    "Consensus",
    "CountedItem",
    "Group",
    "Improvement",
    "ImprovementState",
    "Party",
    "PersonNote",
    "Rating",
    "Review",
    "ReviewKind",
    "ReviewTask",
    "Reviewer",
    "SampledFile",
    "Source",
    "SourceRole",
]
