"""How fast trials are sized and simulated. The plain loop draws every person, as one would write it first."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.evidence import measure
from fotfeste.trial.plan import read_plan
from fotfeste.trial.power import TwoProportions, power, size
from fotfeste.trial.simulation.behaviour import behaviour
from fotfeste.trial.simulation.made_up import made_up_trial
from fotfeste.trial.simulation.powers import simulated_power

Tell = Callable[..., None]
NORWEGIAN = Path(__file__).parents[1] / "examples" / "trial" / "norwegian.toml"
P1, P2, N, REPLICATES = 0.37, 0.27, 205, 10_000


def plain_loop(replicates: int) -> float:
    draw = np.random.default_rng(1)
    rejections = 0
    for _ in range(replicates):
        x1 = sum(draw.random() < P1 for _ in range(N))
        x2 = sum(draw.random() < P2 for _ in range(N))
        shared = (x1 + x2) / (2 * N)
        z = abs(x1 - x2) / N / (shared * (1 - shared) * 2 / N) ** 0.5
        rejections += z >= 1.959963984540054
    return rejections / replicates


def trial(tell: Tell) -> None:
    design = TwoProportions(p1=P1, p2=P2)
    exact = power(TwoProportions(p1=P1, p2=P2, method="exact-z"), n1=N, n2=N).power
    found = simulated_power(design, n1=N, n2=N, replicates=REPLICATES, seed=1)
    measure(
        tell,
        "10 000 trials of 410, vectorised",
        lambda: simulated_power(design, n1=N, n2=N, replicates=REPLICATES, seed=1),
        20,
        4,
    )
    tell(
        "10 000 trials of 410, what came out",
        power=found.power,
        mc_error=round(found.mc_error, 5),
        exact=round(exact, 5),
    )
    few = REPLICATES // 20
    began = perf_counter()
    plain_loop(few)
    seconds = 20 * (perf_counter() - began)
    tell("10 000 trials of 410, plain loop (from 500 of them)", seconds=round(seconds, 2))
    in_r(tell)
    for method in ("exact-z", "fisher"):
        one = TwoProportions(p1=P1, p2=P2, method=method)
        began = perf_counter()
        people = size(one, power=0.8).n_total
        tell(f"people needed by {method}", seconds=round(perf_counter() - began, 2), n_total=people)
    plan = read_plan(NORWEGIAN)
    began = perf_counter()
    told = behaviour(plan, replicates=1000, seed=1)
    tell("1 000 trials' allocations of 410", seconds=round(perf_counter() - began, 2), guessed=round(told.guessed, 4))
    began = perf_counter()
    made = made_up_trial(plan, seed=1)
    tell("made-up trial of 410", seconds=round(perf_counter() - began, 2), jobs=len(made.jobs) - 1)


def in_r(tell: Tell) -> None:
    if shutil.which("Rscript") is None:
        tell("10 000 trials of 410, vectorised R", skipped="R is not installed; Debian: apt-get install r-base-core")
        return
    script = Path(__file__).with_name("trial.R")
    answer = subprocess.run(["Rscript", str(script)], capture_output=True, text=True, check=True)
    tell("10 000 trials of 410, vectorised R", **json.loads(answer.stdout))
