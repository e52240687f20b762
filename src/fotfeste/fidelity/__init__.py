"""Fidelity scales as versioned data: ratings to a score, two raters compared, a number to its rating."""

from fotfeste.fidelity.raters import Agreement, Disagreement, agreement
from fotfeste.fidelity.ratings import BadRatings, RatingsFile, read_ratings
from fotfeste.fidelity.scale_files import UnknownScale, load_scale, scale, scales
from fotfeste.fidelity.scoring import (
    BadNumber,
    BadRating,
    FidelityScore,
    NoNumbers,
    Subtotal,
    UnknownItem,
    rating_from_number,
    score,
)
from fotfeste.fidelity.shapes import Anchor, Band, Cap, Item, Part, Scale, Section, Subscale, Variant, Window
from fotfeste.fidelity.suggestions import (
    Figure,
    NoSuggestions,
    OfSpecialist,
    Options,
    PeriodWithoutDays,
    SeveralServices,
    Suggestion,
    Suggestions,
    suggest,
)
from fotfeste.fidelity.tables import BadScale

__all__ = [
    "Agreement",
    "Anchor",
    "BadNumber",
    "BadRating",
    "BadRatings",
    "BadScale",
    "Band",
    "Cap",
    "Disagreement",
    "FidelityScore",
    "Figure",
    "Item",
    "NoNumbers",
    "NoSuggestions",
    "OfSpecialist",
    "Options",
    "Part",
    "PeriodWithoutDays",
    "RatingsFile",
    "Scale",
    "Section",
    "SeveralServices",
    "Subscale",
    "Subtotal",
    "Suggestion",
    "Suggestions",
    "UnknownItem",
    "UnknownScale",
    "Variant",
    "Window",
    "agreement",
    "load_scale",
    "rating_from_number",
    "read_ratings",
    "scale",
    "scales",
    "score",
    "suggest",
]
