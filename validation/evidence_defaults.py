"""Why REML and 0.5 in tables with an empty cell alone are the defaults: how often the interval holds the truth.

``python -m validation.evidence_defaults`` prints the two tables of docs/methods/evidence/defaults.md, the same on every
machine. The interval's own table is made by ``validation.intervals``.
"""

from typing import Any

import numpy as np

from fotfeste.evidence.effects import effect_sizes
from fotfeste.evidence.refits import refit

REPEATS = 5_000
METHODS: Any = ("REML", "DL", "PM", "ML", "SJ", "HE")
RULES: Any = (("only0", 0.5, False), ("only0", 0.5, True), ("all", 0.5, False), ("only0", 0.1, False))


def reviews(k: int, tau2: float) -> tuple[np.ndarray, np.ndarray]:
    """Trials of IPS in size: log risk ratios around log 2, variances from a large trial's 0.01 to a small one's 0.4."""
    draw = np.random.Generator(np.random.Philox(key=k * 1000 + round(1000 * tau2)))
    v = np.exp(draw.uniform(np.log(0.01), np.log(0.4), (REPEATS, k)))
    return np.log(2) + draw.standard_normal((REPEATS, k)) * np.sqrt(v + tau2), v


def estimators() -> None:
    print("| studies | tau² | " + " | ".join(METHODS) + " |\n| ---: | ---: |" + " ---: |" * len(METHODS))
    for k in (3, 5, 10, 25):
        for tau2 in (0.0, 0.05, 0.15):
            y, v = reviews(k, tau2)
            cells = []
            for method in METHODS:
                told = refit(y, v, method=method, test="hk_adhoc")
                held = np.abs(told.estimate - np.log(2)) <= told.half_width
                cells.append(f"{100 * held.mean():.1f} % ({told.tau2.mean() - tau2:+.3f})")
            print(f"| {k} | {tau2} | " + " | ".join(cells) + " |")


def tables(k: int, risk: float, ratio: float) -> dict[str, np.ndarray]:
    """Trials of 15 to 60 in each group, the risk of the control group about ``risk``, and a tau2 of 0.05."""
    draw = np.random.Generator(np.random.Philox(key=round(1e6 * risk) + 1000 * k + round(10 * ratio)))
    n1, n2 = (draw.integers(15, 61, (REPEATS, k)) for _ in range(2))
    control = np.clip(risk * np.exp(0.3 * draw.standard_normal((REPEATS, k))), 0, 0.95)
    treated = np.clip(control * ratio * np.exp(np.sqrt(0.05) * draw.standard_normal((REPEATS, k))), 0, 0.95)
    return {"events1": draw.binomial(n1, treated), "n1": n1, "events2": draw.binomial(n2, control), "n2": n2}


def zero_rules() -> None:
    heads = [f"{add} {to}{', no empty pairs' if drop else ''}" for to, add, drop in RULES]
    print("| studies | risk | RR | empty cells | " + " | ".join(heads) + " |\n" + "| ---: " * 8 + "|")
    for k in (5, 15):
        for risk in (0.02, 0.05, 0.10, 0.25):
            for ratio in (1.0, 2.0):
                made = tables(k, risk, ratio)
                empty = ((made["events1"] == 0) | (made["events2"] == 0)).mean()
                cells = []
                for to, add, drop in RULES:
                    flat = {name: values.ravel() for name, values in made.items()}
                    own = effect_sizes("RR", add=add, to=to, drop_empty=drop, **flat)
                    usable = (own.usable & (own.variances > 0)).reshape(REPEATS, k)
                    y = np.where(usable, own.effects.reshape(REPEATS, k), 0.0)
                    v = np.where(usable, own.variances.reshape(REPEATS, k), 1.0)
                    kept = usable.sum(1) >= 2
                    told = refit(y[kept], v[kept], method="REML", test="hk_adhoc", present=usable[kept].astype(float))
                    held = np.abs(told.estimate - np.log(ratio)) <= told.half_width
                    cells.append(f"{100 * held.mean():.1f} % ({(told.estimate - np.log(ratio)).mean():+.2f})")
                print(f"| {k} | {risk} | {ratio} | {100 * empty:.0f} % | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    estimators()
    print()
    zero_rules()
