"""Questionnaires as versioned data: items, answers, scoring, what is done with missing answers, and the licence."""

from fotfeste.trial.questionnaires.reading import (
    UnknownInstrument,
    instrument,
    read_instrument,
    read_instruments,
    shipped,
)
from fotfeste.trial.questionnaires.shapes import Answer, BadAnswer, Band, Instrument, Item, score

__all__ = [
    "Answer",
    "BadAnswer",
    "Band",
    "Instrument",
    "Item",
    "UnknownInstrument",
    "instrument",
    "read_instrument",
    "read_instruments",
    "score",
    "shipped",
]
