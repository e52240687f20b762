"""How fast economic evaluation is, on the example of four states."""

from pathlib import Path

import numpy as np

from benchmarks.evidence import Tell, measure
from fotfeste.economics.breakeven import break_even
from fotfeste.economics.evaluation import evaluate
from fotfeste.economics.reading import read_analysis
from fotfeste.economics.simulation import draw

EXAMPLE = Path(__file__).parents[1] / "examples" / "economics" / "four-states.toml"
DRAWS = 10_000


def economics(tell: Tell) -> None:
    analysis = read_analysis(EXAMPLE)
    cohort = analysis.cohort
    assert cohort
    values = analysis.inputs() | analysis.uncertainty.draw(DRAWS, np.random.default_rng(1))
    measure(tell, "evaluate, 4 states, 48 months", lambda: evaluate(analysis), 10, 50)
    measure(
        tell, "10 000 cohorts of 4 states, 48 months", lambda: cohort.trace(values, treated=True, cycles=48), 5, 500
    )
    measure(tell, "10 000 draws with accounts, both arms", lambda: draw(analysis, draws=DRAWS, seed=1), 3, 2000)
    measure(tell, "break-even wage, 48 horizons", lambda: break_even(analysis, "wage"), 3, 1000)
