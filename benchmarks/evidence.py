"""How fast evidence synthesis is. Processor time beside the clock: the clock also measures what else the machine does.

Peers are timed in the same run where they are: PyMARE when it can be imported, metafor when ``Rscript`` finds it
(Debian: ``apt-get install r-cran-metafor``). What is not there is named and skipped.
"""

import importlib.util
import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from fotfeste.evidence.gosh import gosh
from fotfeste.evidence.influence import influence
from fotfeste.evidence.model import fit
from fotfeste.evidence.permutation import permutation_test
from fotfeste.evidence.refits import refit
from fotfeste.evidence.trials import trials_path

Tell = Callable[..., None]


def studies(k: int) -> tuple[np.ndarray, np.ndarray]:
    """Made-up studies, the same each time."""
    draw = np.random.default_rng(27)
    v = draw.uniform(0.01, 0.2, k)
    return draw.normal(0.5, np.sqrt(v + 0.08)), v


def measure(tell: Tell, figure: str, run: Callable[[], object], times: int, target_ms: float) -> None:
    run()
    clock, processor = [], []
    for _ in range(times):
        began, used = time.perf_counter(), time.process_time()
        run()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    tell(figure, ms=round(1000 * min(clock), 4), processor_ms=round(1000 * min(processor), 4), target_ms=target_ms)


def evidence(tell: Tell) -> None:
    y, v = studies(16)
    big_y, big_v = studies(10_000)
    y13, v13 = studies(13)
    y27, v27 = studies(27)
    draw = np.random.Generator(np.random.Philox(key=1))
    measure(tell, "REML, k = 16", lambda: fit(y, v), 500, 0.1)
    measure(tell, "REML, k = 10 000", lambda: fit(big_y, big_v), 50, 2)
    model = fit(y13, v13)
    measure(
        tell, "1 000 REML permutations, k = 13", lambda: permutation_test(model, iterations=1000, exact_up_to=1), 20, 3
    )
    measure(tell, "8 192 REML permutations, exact, k = 13", lambda: permutation_test(model), 10, 25)
    picked = draw.integers(0, 13, (1000, 13))
    measure(tell, "1 000 bootstrap refits, k = 13", lambda: refit(y13[picked], v13[picked], method="REML"), 20, 5)
    measure(tell, "influence, k = 13", lambda: influence(model), 100, 1)
    measure(tell, "GOSH, REML, 10 000 subsets of 27", lambda: gosh(y27, v27, method="REML", subsets=10_000), 3, 200)
    for method in ("EE", "DL"):
        began = time.perf_counter()
        told = gosh(y27, v27, method=method, threads=2)
        tell(
            f"GOSH, {method}, every subset of 27 studies",
            seconds=round(time.perf_counter() - began, 1),
            subsets=told.subsets,
            target_seconds=60,
            peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        )
    command = [sys.executable, "-c", "from fotfeste.cli import main; main()", "evidence", "pool", str(trials_path())]
    seconds, processor = [], []
    for _ in range(5):
        began, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, capture_output=True, check=True)
        seconds.append(time.perf_counter() - began)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime)
    tell(
        "fotfeste evidence pool, from the shell",
        seconds=round(min(seconds), 2),
        processor_seconds=round(min(processor), 2),
        target_seconds=1,
    )
    peers(tell, y, v)


def peers(tell: Tell, y: np.ndarray, v: np.ndarray) -> None:
    if importlib.util.find_spec("pymare") is None:
        tell("PyMARE, REML, k = 16", skipped="PyMARE is not installed")
    else:
        from pymare import Dataset
        from pymare.estimators import VarianceBasedLikelihoodEstimator

        # A fresh object each time: PyMARE remembers its results.
        measure(
            tell,
            "PyMARE, REML, k = 16",
            lambda: VarianceBasedLikelihoodEstimator("reml").fit_dataset(Dataset(y, v)),
            50,
            4.3,
        )
    script = Path(__file__).with_name("metafor.R")
    if shutil.which("Rscript") is None:
        tell("metafor", skipped="R is not installed; Debian: apt-get install r-cran-metafor")
        return
    y13, v13 = studies(13)
    given = json.dumps({"y16": y.tolist(), "v16": v.tolist(), "y13": y13.tolist(), "v13": v13.tolist()})
    answer = subprocess.run(["Rscript", str(script), given], capture_output=True, text=True, check=False)
    if answer.returncode:
        tell("metafor", skipped="R is there without metafor or jsonlite")
        return
    for line in answer.stdout.splitlines():
        figure, ms = line.split("\t")
        tell(figure, ms=round(float(ms), 2))
