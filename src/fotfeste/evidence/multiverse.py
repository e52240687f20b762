"""The same question under every defensible choice, as one table."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.effects import effect_sizes
from fotfeste.evidence.effects.two_by_two import ZeroCells
from fotfeste.evidence.model import Test, fit
from fotfeste.evidence.tau2 import Method

ZERO_RULES: tuple[tuple[float, ZeroCells, bool], ...] = (
    (0.5, "only0", False),
    (0.5, "only0", True),
    (0.5, "all", False),
    (0.1, "only0", False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Universe:
    measure: str
    method: Method
    ci: Test
    zero_rule: str
    estimate: float
    ci_low: float
    ci_high: float
    p: float
    tau2: float
    k: int


def multiverse(
    events1: npt.ArrayLike,
    n1: npt.ArrayLike,
    events2: npt.ArrayLike,
    n2: npt.ArrayLike,
    *,
    measures: Sequence[str] = ("RR", "OR", "RD"),
    methods: Sequence[Method] = ("EE", "DL", "REML", "ML", "PM", "SJ"),
    intervals: Sequence[Test] = ("z", "hk", "hk_adhoc"),
    level: float = 0.95,
) -> tuple[Universe, ...]:
    """Every estimator with every interval, zero-cell rule and measure. Zero rules that change no table are told
    once."""
    told = []
    for measure in measures:
        seen: list[bytes] = []
        for add, to, drop in ZERO_RULES:
            own = effect_sizes(measure, events1=events1, n1=n1, events2=events2, n2=n2, add=add, to=to, drop_empty=drop)
            y, v = own.effects[own.usable], own.variances[own.usable]
            key = np.concatenate((y, v)).tobytes()
            if key in seen or not (v > 0).all() or y.size < 2:
                continue
            seen.append(key)
            for method in methods:
                for ci in intervals if method != "EE" else ("z",):
                    model = fit(y, v, method=method, test=ci, level=level)
                    told.append(
                        Universe(
                            measure=measure,
                            method=method,
                            ci=ci,
                            zero_rule=own.rule,
                            estimate=float(model.coefficients[0]),
                            ci_low=float(model.ci_low[0]),
                            ci_high=float(model.ci_high[0]),
                            p=float(model.p_values[0]),
                            tau2=model.tau2,
                            k=model.k,
                        )
                    )
    return tuple(told)
