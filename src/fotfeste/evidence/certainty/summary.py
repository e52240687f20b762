"""The row of a summary of findings: what an effect is for a thousand people, and in the standard words."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from fotfeste.evidence.certainty.grade import Level

Language = Literal["nb", "en"]
Direction = Literal["more", "less", "same"]

WORDING: dict[Language, dict[Level, dict[str, str]]] = {
    "nb": {
        "high": {"effect": "{i} gir {e} enn {c}.", "same": "{i} gir liten eller ingen forskjell i {o}."},
        "moderate": {
            "effect": "{i} gir trolig {e} enn {c}.",
            "same": "{i} gir trolig liten eller ingen forskjell i {o}.",
        },
        "low": {
            "effect": "{i} gir muligens {e} enn {c}.",
            "same": "{i} gir muligens liten eller ingen forskjell i {o}.",
        },
        "very_low": {
            "effect": "Det er usikkert om {i} gir {e} enn {c}, fordi tilliten til resultatet er svært lav.",
            "same": "Det er usikkert hva {i} betyr for {o}, fordi tilliten til resultatet er svært lav.",
        },
    },
    "en": {
        "high": {"effect": "{i} results in {e} than {c}.", "same": "{i} results in little to no difference in {o}."},
        "moderate": {
            "effect": "{i} likely results in {e} than {c}.",
            "same": "{i} likely results in little to no difference in {o}.",
        },
        "low": {
            "effect": "{i} may result in {e} than {c}.",
            "same": "{i} may result in little to no difference in {o}.",
        },
        "very_low": {
            "effect": "The evidence is very uncertain about whether {i} results in {e} than {c}.",
            "same": "The evidence is very uncertain about the effect of {i} on {o}.",
        },
    },
}
"""English after Santesso et al. (2020), J Clin Epidemiol 119:126-135, table 2; bokmål the words that the Norwegian
Institute of Public Health uses (trolig, muligens, usikkert)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absolute:
    """Of 1000 people: with the outcome without the intervention, with it, and the difference; the baseline is taken
    as known."""

    without: float
    with_it: float
    with_it_low: float
    with_it_high: float
    more: float
    more_low: float
    more_high: float


def absolute_per_1000(estimate: float, ci_low: float, ci_high: float, *, baseline: float, measure: str) -> Absolute:
    """What a pooled RR, OR (on the log scale) or RD is for 1000 people with this baseline risk.

    References
    ----------
    .. [1] Cochrane Handbook 6.4, 15.4.4.
    """
    if not 0 < baseline < 1:
        raise ValueError(f"baseline {baseline}: a risk between 0 and 1")

    def risk(effect: float) -> float:
        if measure == "RD":
            return min(max(baseline + effect, 0.0), 1.0)
        ratio = float(np.exp(effect))
        if measure == "RR":
            return min(baseline * ratio, 1.0)
        if measure in ("OR", "PETO"):
            return ratio * baseline / (1 - baseline + ratio * baseline)
        raise ValueError(f"{measure} says nothing of risks")

    at, low, high = (1000 * risk(effect) for effect in (estimate, ci_low, ci_high))
    none = 1000 * baseline
    return Absolute(
        without=none,
        with_it=at,
        with_it_low=low,
        with_it_high=high,
        more=at - none,
        more_low=low - none,
        more_high=high - none,
    )


def direction_of(estimate: float, threshold: float) -> Direction:
    """Whether the effect matters, and which way; with no threshold any effect does."""
    if abs(estimate) < abs(threshold) or estimate == 0:
        return "same"
    return "more" if estimate > 0 else "less"


def statement(
    level: Level,
    direction: Direction,
    *,
    intervention: str,
    comparison: str,
    outcome: str,
    more: str,
    less: str,
    lang: Language = "nb",
) -> str:
    """The finding in one standard sentence; ``more`` and ``less`` are what is given, as «flere i jobb»."""
    form = WORDING[lang][level]["same" if direction == "same" else "effect"]
    said = form.format(i=intervention, c=comparison, o=outcome, e=more if direction == "more" else less)
    return said[0].upper() + said[1:]
