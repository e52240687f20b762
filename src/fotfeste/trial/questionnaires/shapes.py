"""An instrument as its file says it, and the scores it gives."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    value: int
    text_en: str
    text_nb: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """``reversed``: a high answer means the opposite of a high score."""

    id: str
    text_en: str
    text_nb: str | None = None
    reversed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What scores from ``lowest`` upwards are called."""

    lowest: int
    name_nb: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    id: str
    version: int
    name: str
    source: str
    licence: str
    items: tuple[Item, ...]
    answers: tuple[Answer, ...]
    scoring: Literal["sum", "mean"]
    max_missing: int
    better: Literal["lower", "higher"]
    waves: tuple[int, ...]
    bands: tuple[Band, ...] = ()

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest score."""
        values = [answer.value for answer in self.answers]
        times = len(self.items) if self.scoring == "sum" else 1
        return float(times * min(values)), float(times * max(values))

    def band(self, score: float) -> Band | None:
        return next((band for band in reversed(self.bands) if score >= band.lowest), None)


class BadAnswer(ValueError):
    """An answer that the instrument does not have: ``person`` from 0, the item's ``id`` and the ``value``."""

    def __init__(self, person: int, item: str, value: float) -> None:
        super().__init__(f"person {person}, item {item}: {value}")
        self.person, self.item, self.value = person, item, value


def score(answers: npt.ArrayLike, instrument: Instrument) -> Floats:
    """The score of each person, NaN where too many answers are missing.

    Parameters
    ----------
    answers : array_like of float, shape (n, items)
        In the order of the items, as answered (not reversed); NaN where it was not.
    instrument : Instrument

    Raises
    ------
    BadAnswer
        At the first answer that is not among the instrument's.
    """
    given = np.asarray(answers, float)
    if given.ndim != 2 or given.shape[1] != len(instrument.items):
        raise ValueError(f"{given.shape} answers for {len(instrument.items)} items")
    values = [answer.value for answer in instrument.answers]
    wrong = np.argwhere(np.isfinite(given) & ~np.isin(given, values))
    if wrong.size:
        person, item = wrong[0]
        raise BadAnswer(int(person), instrument.items[item].id, float(given[person, item]))
    turned = [item.reversed for item in instrument.items]
    told = np.where(turned, min(values) + max(values) - given, given)
    answered = np.isfinite(told).sum(1)
    total = np.nansum(told, axis=1)
    mean = np.divide(total, answered, out=np.full(total.shape, np.nan), where=answered > 0)
    mean[len(instrument.items) - answered > instrument.max_missing] = np.nan
    # A person's mean stands in for what is missing: the sum is then the mean times all items.
    return np.asarray(mean * len(instrument.items) if instrument.scoring == "sum" else mean)
