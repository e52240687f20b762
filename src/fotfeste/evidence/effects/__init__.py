"""Effect sizes and their sampling variances, from what a publication prints."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.effects import means, single_numbers, two_by_two
from fotfeste.evidence.effects.sizes import EffectSizes
from fotfeste.evidence.effects.two_by_two import ZeroCells
from fotfeste.evidence.projection import Floats
from fotfeste.evidence.studies import BadStudy, names_of

_GROUPS: tuple[tuple[Iterable[str], tuple[str, ...]], ...] = (
    (two_by_two.MEASURES, ("events1", "n1", "events2", "n2")),
    (means.TWO_GROUPS, ("mean1", "sd1", "n1", "mean2", "sd2", "n2")),
    (means.PAIRED, ("mean1", "sd1", "mean2", "sd2", "n", "r")),
    (single_numbers.LOG_RANK, ("o_minus_e", "o_minus_e_variance")),
    (single_numbers.CORRELATIONS, ("r", "n")),
    (single_numbers.RELIABILITIES, ("alpha", "items", "n")),
    (single_numbers.TWO_RATES, ("events1", "time1", "events2", "time2")),
    (single_numbers.RATES, ("events", "time")),
    (single_numbers.PROPORTIONS, ("events", "n")),
)
INPUTS: dict[str, tuple[str, ...]] = {measure: wanted for measures, wanted in _GROUPS for measure in measures}
"""What each measure is computed from."""

LOG_MEASURES = frozenset(
    {"RR", "OR", "PETO", "IRR", "ROM", "ROMC", "VR", "CVR", "HR", "D2OR", "D2ORL", "D2ORN", "PLN", "IRLN"}
)
"""Measures whose exponential is what people read."""

_FORMULAS: dict[str, Callable[..., tuple[Floats, Floats]]] = {
    **means.TWO_GROUPS,
    **means.PAIRED,
    **single_numbers.LOG_RANK,
    **single_numbers.CORRELATIONS,
    **single_numbers.RELIABILITIES,
    **single_numbers.TWO_RATES,
    **single_numbers.RATES,
    **single_numbers.PROPORTIONS,
}


class UnknownMeasure(ValueError):
    def __init__(self, measure: str) -> None:
        super().__init__(measure)
        self.measure = measure


def effect_sizes(
    measure: str,
    *,
    names: Sequence[str] | None = None,
    add: float = 0.5,
    to: ZeroCells = "only0",
    drop_empty: bool = False,
    smd_variance: means.SmdVariance = "LS",
    **inputs: npt.ArrayLike,
) -> EffectSizes:
    """Effect and sampling variance of each study.

    Parameters
    ----------
    measure : str
        One of ``INPUTS``: "RR", "OR", "RD", "SMD", "ZCOR", "IRR", "PLO" and others. Ratios come on the log scale.
    names : sequence of str, optional
        The studies' names, for errors.
    add, to, drop_empty
        What is added to cells, in which tables; whether a table without events (or with nothing else) is taken out.
        Nothing is added for AS and PETO, which are defined without.
    **inputs : array_like
        The columns that ``INPUTS[measure]`` names.

    Raises
    ------
    UnknownMeasure, BadStudy

    References
    ----------
    .. [1] Borenstein et al. (2009), Introduction to Meta-Analysis, chapters 4 to 6.
    .. [2] Viechtbauer, manual of metafor, escalc (the measures' names).
    """
    if measure not in INPUTS:
        raise UnknownMeasure(measure)
    wanted = INPUTS[measure]
    for name in wanted:
        if name not in inputs:
            raise TypeError(f"{measure} needs {', '.join(wanted)}; {name} is missing")
    columns = {name: np.atleast_1d(np.asarray(inputs[name], dtype=float)) for name in wanted}
    named = names_of(max(c.size for c in columns.values()), names)
    _check(columns, named, measure)
    changed: Floats | None = None
    rule = ""
    with np.errstate(divide="ignore", invalid="ignore"):
        if measure in two_by_two.MEASURES:
            a, c = columns["events1"], columns["events2"]
            b, d = columns["n1"] - a, columns["n2"] - c
            plain = measure in ("AS", "PETO")
            a, b, c, d, changed = two_by_two.with_zero_cells(
                a, b, c, d, add=0.0 if plain else add, to=to, drop_empty=drop_empty
            )
            y, v = two_by_two.MEASURES[measure](a, b, c, d)
            rule = "none" if plain else f"add {add:g} to={to}" + (" drop_empty" if drop_empty else "")
        elif measure in ("IRR", "IRLN", "PR", "PLN", "PLO"):
            columns, changed = _add_to_counts(measure, columns, add, to)
            y, v = _FORMULAS[measure](*columns.values())
            rule = f"add {add:g} to={to}"
        else:
            extra: dict[str, Any] = {"variance": smd_variance} if measure == "SMD" else {}
            y, v = _FORMULAS[measure](*columns.values(), **extra)
            rule = smd_variance if measure == "SMD" else ""
    y, v = np.broadcast_arrays(np.asarray(y, dtype=float), np.asarray(v, dtype=float))
    usable = np.isfinite(y) & np.isfinite(v)
    y, v = np.where(usable, y, np.nan), np.where(usable, v, np.nan)
    return EffectSizes(
        measure=measure,
        effects=y,
        variances=v,
        names=named,
        rule=rule,
        changed=() if changed is None else tuple(n for n, c in zip(named, changed, strict=True) if c),
        without_effect=tuple(n for n, u in zip(named, usable, strict=True) if not u),
    )


def _add_to_counts(
    measure: str, columns: dict[str, Floats], add: float, to: ZeroCells
) -> tuple[dict[str, Floats], Floats]:
    """The zero rule for counts that are not a table: rates, and events out of n."""
    if measure == "IRR":
        zero = (columns["events1"] == 0) | (columns["events2"] == 0)
        grown = {"events1": 1, "events2": 1}
    else:
        full = columns["events"] == columns["n"] if measure in ("PR", "PLN", "PLO") else False
        zero = (columns["events"] == 0) | full
        grown = {"events": 1, "n": 2} if measure in ("PR", "PLN", "PLO") else {"events": 1}
    changed = {"only0": zero, "all": zero | True, "if0all": zero.any() | (zero & False), "none": zero & False}[to]
    return {name: c + add * grown.get(name, 0) * changed for name, c in columns.items()}, changed


def _check(columns: dict[str, Floats], names: Sequence[str], measure: str) -> None:
    for field, values in columns.items():
        tests = [("missing", np.isnan(values)), ("infinite", np.isinf(values))]
        if field.startswith(("events", "n", "sd", "time", "items")):
            tests.append(("negative", values < 0))
        if field.startswith(("n", "time")):
            tests.append(("no_people", values == 0))
        if field == "o_minus_e_variance":
            tests += [("negative_variance", values < 0), ("zero_variance", values == 0)]
        if field == "r":
            tests.append(("not_a_correlation", np.abs(values) > 1))
        if field.startswith("events") and (size := columns.get("n" + field.removeprefix("events"))) is not None:
            tests.append(("events_above_n", values > size))
        for reason, wrong in tests:
            if wrong.any():
                first = int(np.argmax(wrong))
                raise BadStudy(names[first], field, float(values[first]), reason)
