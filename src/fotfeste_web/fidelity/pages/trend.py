"""How a number has gone, quarter by quarter: a small drawing, and the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT, MARGIN = 120, 32, 4


@dataclass(frozen=True, slots=True)
class Quarter:
    label: str
    text: str
    number: Decimal | None  # none where nothing was counted or it is hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """``lines`` are the points of each unbroken run, ``dots`` those of each quarter with a number."""

    quarters: tuple[Quarter, ...]  # the oldest first
    lines: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    width: int = WIDTH
    height: int = HEIGHT

    @classmethod
    def of(cls, quarters: Sequence[Quarter], *, most: Decimal | None = None) -> "Trend | None":
        """Draw from 0 to ``most``, or to the largest there is. None with fewer than two numbers."""
        numbers = [one.number for one in quarters if one.number is not None]
        if len(numbers) < 2:
            return None
        top = max(numbers) if most is None else most
        places = [_place(i, one.number, len(quarters), top) for i, one in enumerate(quarters)]
        return cls(
            quarters=tuple(quarters),
            lines=tuple(" ".join(f"{x},{y}" for x, y in run) for run in _runs(places) if len(run) > 1),
            dots=tuple(place for place in places if place),
        )


def _place(i: int, number: Decimal | None, quarters: int, top: Decimal) -> tuple[str, str] | None:
    if number is None:
        return None
    x = MARGIN + i * (WIDTH - 2 * MARGIN) / max(quarters - 1, 1)
    y = HEIGHT - MARGIN - float(number / top if top else 0) * (HEIGHT - 2 * MARGIN)
    return f"{x:.1f}", f"{y:.1f}"


def _runs(places: Sequence[tuple[str, str] | None]) -> list[list[tuple[str, str]]]:
    runs: list[list[tuple[str, str]]] = [[]]
    for place in places:
        if place:
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    return runs
