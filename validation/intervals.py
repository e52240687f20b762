"""Why Hartung-Knapp that is never narrower is the default interval: how often each interval holds the true mean.

``python -m validation.intervals`` prints the table of docs/methods/intervals.md, the same on every machine.
"""

import numpy as np

from fotfeste.evidence.refits import refit

REPEATS = 10_000
INTERVALS = ("z", "hk", "hk_adhoc")


def coverage(k: int, tau2: float, method: str = "REML") -> list[float]:
    """Trials of IPS in size: log risk ratios around log 2 with variances from a large trial's 0.01 to a small
    one's 0.4."""
    draw = np.random.Generator(np.random.Philox(key=k * 1000 + round(1000 * tau2)))
    v = np.exp(draw.uniform(np.log(0.01), np.log(0.4), (REPEATS, k)))
    y = np.log(2) + draw.standard_normal((REPEATS, k)) * np.sqrt(v + tau2)
    found = []
    for test in INTERVALS:
        told = refit(y, v, method=method, test=test)
        found.append(float((np.abs(told.estimate - np.log(2)) <= told.half_width).mean()))
    return found


def main() -> None:
    print("| studies | tau² | z | Hartung-Knapp | never narrower |\n| ---: | ---: | ---: | ---: | ---: |")
    for k in (2, 3, 5, 10, 25):
        for tau2 in (0.0, 0.05, 0.15):
            cells = " | ".join(f"{100 * share:.1f} %" for share in coverage(k, tau2))
            print(f"| {k} | {tau2} | {cells} |")


if __name__ == "__main__":
    main()
