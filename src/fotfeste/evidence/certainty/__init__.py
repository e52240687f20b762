"""How sure a pooled effect is (GRADE), and what it means for a thousand people."""

from fotfeste.evidence.certainty.grade import (
    DOMAINS,
    Certainty,
    Design,
    Domain,
    Judgement,
    Stated,
    grade,
)
from fotfeste.evidence.certainty.summary import Absolute, absolute_per_1000, statement

__all__ = [
    "DOMAINS",
    "Absolute",
    "Certainty",
    "Design",
    "Domain",
    "Judgement",
    "Stated",
    "absolute_per_1000",
    "grade",
    "statement",
]
