"""Why each interval and test of a trial is the default: how often it holds the truth, and errs without an effect.

``python -m validation.trial_intervals`` prints the tables of docs/methods/trial-analysis.md, the same on every machine.
Two proportions are enumerated, not drawn: every table that can be, times its probability. Each line below them has a
seed of its own, so that ``python -m validation.trial_intervals Welch`` prints the lines with that word as they stand
in the whole table, which takes a quarter of an hour.
"""

import sys
from collections.abc import Callable

import numpy as np
from scipy import stats

from fotfeste.trial.analysis import counts, survival
from fotfeste.trial.analysis.adjusted import adjusted_odds_ratio, adjusted_risk_ratio, standardised
from fotfeste.trial.analysis.binary import Counts, odds_ratio, pearson_and_fisher, risk_difference, risk_ratio
from fotfeste.trial.analysis.continuous import ancova, welch
from fotfeste.trial.analysis.effect import Effect, NotEstimable
from fotfeste.trial.analysis.imputation import analysed, imputed
from fotfeste.trial.analysis.repeated import mixed_model
from fotfeste.trial.analysis.resampling import generator, randomisation_test
from fotfeste.trial.analysis.score_intervals import koopman, miettinen_nurminen, newcombe
from fotfeste.trial.analysis.subgroups import interaction

Z = 1.959963984540054
NONE = float("nan")  # a test without an interval
TRIALS = {
    "Norwegian trial, 205 + 205": (205, 205, 0.27),
    "SEED, 50 + 46": (50, 46, 0.08),
    "unequal, 100 + 50": (100, 50, 0.3),
}


def proportions() -> None:
    print("| trial | truth | Newcombe | Miettinen-Nurminen | Wald | Koopman (ratio) | Katz (ratio) | Woolf (odds) |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, (n1, n2, p2) in TRIALS.items():
        x1, x2 = (v.ravel().astype(float) for v in np.meshgrid(np.arange(n1 + 1), np.arange(n2 + 1), indexing="ij"))
        m1, m2 = np.full_like(x1, n1), np.full_like(x2, n2)
        score = {
            "nc": newcombe(x1, m1, x2, m2, Z),
            "mn": miettinen_nurminen(x1, m1, x2, m2, Z),
            "koopman": koopman(x1, m1, x2, m2, Z),
        }
        for p1 in (p2, p2 + 0.1, p2 + 0.3):
            weight = stats.binom.pmf(x1, n1, p1) * stats.binom.pmf(x2, n2, p2)
            truth = p1 - p2, np.log(p1 / p2), np.log(p1 / (1 - p1) / p2 * (1 - p2))
            with np.errstate(divide="ignore", invalid="ignore"):
                r1, r2 = x1 / m1, x2 / m2
                wald = np.sqrt(r1 * (1 - r1) / m1 + r2 * (1 - r2) / m2)
                katz = np.sqrt(1 / x1 - 1 / m1 + 1 / x2 - 1 / m2)
                woolf = np.sqrt(1 / x1 + 1 / (m1 - x1) + 1 / x2 + 1 / (m2 - x2))
                plain = (
                    (r1 - r2, wald, truth[0]),
                    (np.log(r1 / r2), katz, truth[1]),
                    (np.log(r1 / (1 - r1) / r2 * (1 - r2)), woolf, truth[2]),
                )
                z = [np.abs(e - t) <= Z * s for e, s, t in plain]
                answered = [np.isfinite(s) & np.isfinite(e) for e, s, _ in plain]
            held = [
                (score["nc"][0] <= truth[0]) & (truth[0] <= score["nc"][1]),
                (score["mn"][0] <= truth[0]) & (truth[0] <= score["mn"][1]),
                z[0],
                (score["koopman"][0] <= truth[1]) & (truth[1] <= score["koopman"][1]),
            ]
            shares = [float((weight * h).sum()) for h in held]
            # Of the tables that have an answer at all.
            shares += [float((weight * z[i] * answered[i]).sum() / (weight * answered[i]).sum()) for i in (1, 2)]
            cells = " | ".join(f"{100 * s:.1f} %" for s in shares)
            print(f"| {name} | {100 * p1:.0f} % against {100 * p2:.0f} % | {cells} |")


def tests_of_proportions() -> None:
    """How often p is below 0.05 where both arms have the same share; a table without an answer rejects nothing."""
    print("| trial | share | Newcombe, Koopman | Miettinen-Nurminen | Katz | Woolf | exact |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    tests: list[Callable[[Counts], float | None]] = [
        lambda c: risk_difference(c).p,
        lambda c: risk_difference(c, method="miettinen_nurminen").p,
        lambda c: risk_ratio(c, method="katz").p,
        lambda c: odds_ratio(c).p,
        lambda c: pearson_and_fisher(c).fisher_p,
    ]
    for name, (n1, n2, share) in TRIALS.items():
        below = np.zeros(len(tests))
        weight = np.outer(stats.binom.pmf(np.arange(n1 + 1), n1, share), stats.binom.pmf(np.arange(n2 + 1), n2, share))
        for x1, x2 in np.argwhere(weight > 1e-8).tolist():
            counts = Counts(events1=x1, n1=n1, events2=x2, n2=n2)
            below += weight[x1, x2] * np.array([_rejects(test, counts) for test in tests])
        cells = " | ".join(f"{100 * s:.1f} %" for s in below)
        print(f"| {name} | {100 * share:.0f} % | {cells} |")


def _rejects(test: Callable[[Counts], float | None], counts: Counts) -> bool:
    try:
        return (test(counts) or 1.0) < 0.05
    except NotEstimable:
        return False


def repeated(name: str, one: Callable[[np.random.Generator], tuple[Effect, float]], repeats: int, seed: int) -> None:
    """One line: coverage of the interval, share of p below 0.05, and how many had no answer."""
    random = generator(seed)
    held, below, left = 0, 0, 0
    for _ in range(repeats):
        try:
            effect, truth = one(random)
        except NotEstimable:
            left += 1
            continue
        held += effect.ci_low <= truth <= effect.ci_high
        below += effect.p is not None and effect.p < 0.05
    n = repeats - left
    error = 100 * (0.95 * 0.05 / n) ** 0.5
    covered = "–" if np.isnan(effect.ci_low) else f"{100 * held / n:.1f} %"
    tested = "–" if effect.p is None else f"{100 * below / n:.1f} %"
    print(f"| {name} | {covered} | {tested} | {n} | {error:.1f} | {left} | {seed} |", flush=True)


def arms(n: int) -> np.ndarray:
    return np.repeat([1.0, 0.0], n // 2)


def adjusted_binary(analysis: Callable[..., Effect], effect: float = 0.0) -> Callable[..., tuple[Effect, float]]:
    """410 people in six sites that differ, with a strong covariate; no effect, so that every measure is 0."""

    def one(random: np.random.Generator) -> tuple[Effect, float]:
        arm, site, x = arms(410), random.integers(0, 6, 410), random.standard_normal(410)
        risk = 1 / (1 + np.exp(1.0 - x - 0.3 * (site - 2.5)))
        return analysis(random.random(410) < risk, arm, {"site": site.astype(str), "x": x}), effect

    return one


def amount(random: np.random.Generator, n: int, more: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Hours as in IPS-SUD: most at nought, the rest gamma with a long tail."""
    arm = arms(n)
    return (random.random(n) < 0.37) * random.gamma(0.8, 1200 * np.where(arm, more, 1.0)), arm


def amounts(analysis: Callable[..., Effect], n: int, truth: float, more: float) -> Callable[..., tuple[Effect, float]]:
    def one(random: np.random.Generator) -> tuple[Effect, float]:
        return analysis(*amount(random, n, more)), truth

    return one


def amount_of_workers(more: float) -> Callable[..., tuple[Effect, float]]:
    """The second part of the two-part model: how much, of those who worked."""

    def one(random: np.random.Generator) -> tuple[Effect, float]:
        return counts.two_part(*amount(random, 190, more)).amount, float(np.log(more))

    return one


def imputed_yes_or_no(random: np.random.Generator) -> tuple[Effect, float]:
    """410 people, a fifth without an answer, most of those who were worst off at the start."""
    arm, x = arms(410), random.standard_normal(410)
    y = (random.random(410) < 1 / (1 + np.exp(1.0 - x))).astype(float)
    y[random.random(410) < 1 / (1 + np.exp(1.6 + x))] = np.nan
    completed = imputed(y, arm, {"x": x}, kind="binary", seed=int(random.integers(1 << 30)))

    def wald(filled: np.ndarray) -> Effect:
        table = Counts(events1=int(filled[arm == 1].sum()), n1=205, events2=int(filled[arm == 0].sum()), n2=205)
        return risk_difference(table, method="wald")

    return analysed(completed, wald)[0], 0.0


def in_two_groups(random: np.random.Generator) -> tuple[Effect, float]:
    """The test of subgroups: the same difference of ten points in two groups whose shares are not alike."""
    found = {}
    for group, n, share in (("moderate", 110, 0.35), ("severe", 95, 0.2)):
        e1, e2 = int(random.binomial(n, share + 0.1)), int(random.binomial(n, share))
        found[group] = risk_difference(Counts(events1=e1, n1=n, events2=e2, n2=n), method="wald")
    told = interaction("severity", found)
    return Effect(measure="RD", method="interaction", estimate=NONE, ci_low=NONE, ci_high=NONE, n=410, p=told.p), 0.0


def scale(analysis: str) -> Callable[..., tuple[Effect, float]]:
    """120 people, a score at the start and three waves, twice the spread in the larger arm of two."""

    def one(random: np.random.Generator) -> tuple[Effect, float]:
        arm = np.repeat([1.0, 0.0], [80, 40])
        person, spread = random.standard_normal(120), np.where(arm, 2.0, 1.0)
        start = person + random.standard_normal(120)
        waves = person[:, None] + spread[:, None] * random.standard_normal((120, 3))
        if analysis == "welch":
            return welch(waves[:, 2], arm), 0.0
        if analysis == "ancova":
            return ancova(waves[:, 2], arm, {"start": start}), 0.0
        if analysis == "classical":
            return ancova(waves[:, 2], arm, {"start": start}, variance="classical"), 0.0
        if analysis == "imputed":
            holed = np.where(random.random(120) < 1 / (1 + np.exp(1.5 - start)), np.nan, waves[:, 2])
            completed = imputed(
                holed, arm, {"start": start, "w": waves[:, 1]}, kind="continuous", seed=int(random.integers(1 << 30))
            )
            return analysed(completed, lambda y: ancova(y, arm, {"start": start}))[0], 0.0
        equal = person[:, None] + random.standard_normal((120, 3))
        holed = np.where(random.random((120, 3)) < 0.2, np.nan, equal)
        return mixed_model(holed, arm, {"start": start}, months=(6, 12, 18)).at(18), 0.0

    return one


def times(analysis: str, ratio: float = 1.0) -> Callable[..., tuple[Effect, float]]:
    """Days to a job with the hazard of one in three within 18 months, some lost on the way."""

    def one(random: np.random.Generator) -> tuple[Effect, float]:
        arm = arms(200)
        job = random.exponential(1300 / np.where(arm, ratio, 1.0))
        end = np.minimum(548.0, random.exponential(3000, 200))
        time, event = np.minimum(job, end), job <= end
        if analysis == "cox":
            return survival.cox(time, event, arm), float(np.log(ratio))
        if analysis == "restricted_mean":
            means = [(1 - np.exp(-500 * r / 1300)) * 1300 / r for r in (ratio, 1.0)]
            return survival.restricted_mean_difference(time, event, arm, until=500), means[0] - means[1]
        p = survival.log_rank(time, event, arm).p
        return Effect(measure="HR", method="log_rank", estimate=NONE, ci_low=NONE, ci_high=NONE, n=200, p=p), 0.0

    return one


def on_the_curve(random: np.random.Generator) -> tuple[Effect, float]:
    """The limits of one arm's curve, of the same times."""
    job, end = random.exponential(1300, 100), np.minimum(548.0, random.exponential(3000, 100))
    curve = survival.kaplan_meier(np.minimum(job, end), job <= end)
    last = int(np.searchsorted(curve.times, 360.0, side="right")) - 1
    low, high = float(curve.ci_low[last]), float(curve.ci_high[last])
    told = Effect(measure="KM", method="log-log", estimate=curve.at(360), ci_low=low, ci_high=high, n=100)
    return told, float(np.exp(-360 / 1300))


def drawn_again(random: np.random.Generator) -> tuple[Effect, float]:
    y, arm = amount(random, 60)
    told = randomisation_test(
        lambda a: a @ y / 30 - (1 - a) @ y / 30, arm, draws=999, seed=int(random.integers(1 << 30))
    )
    return Effect(measure="MD", method="drawn", estimate=NONE, ci_low=NONE, ci_high=NONE, n=60, p=told.p), 0.0


def simulated(only: str) -> None:
    mean = 0.37 * 0.8 * 1200
    lines: list[tuple[str, Callable[..., tuple[Effect, float]], int]] = [
        ("logistic regression, 410, six sites", adjusted_binary(adjusted_odds_ratio), 2000),
        ("standardised difference, the same", adjusted_binary(standardised), 2000),
        ("robust Poisson ratio, the same", adjusted_binary(adjusted_risk_ratio), 2000),
        (
            "standardised by bootstrap, the same",
            adjusted_binary(lambda *a: standardised(*a, interval="bootstrap", draws=500)),
            200,
        ),
        ("Welch, 80 + 40, unequal spread", scale("welch"), 5000),
        ("ANCOVA HC3, the same", scale("ancova"), 3000),
        ("ANCOVA classical, the same", scale("classical"), 3000),
        ("ANCOVA after multiple imputation, 30 % missing", scale("imputed"), 500),
        ("mixed model, 80 + 40, 20 % missing", scale("mixed"), 1500),
        ("robust difference of hours, 95 + 95, no effect", amounts(counts.robust, 190, 0.0, 1.0), 3000),
        ("the same, half as much again", amounts(counts.robust, 190, 0.5 * mean, 1.5), 3000),
        (
            "robust ratio of hours, half as much again",
            amounts(lambda y, a: counts.robust(y, a, measure="IRR"), 190, float(np.log(1.5)), 1.5),
            2000,
        ),
        (
            "bootstrap difference of hours, half as much again",
            amounts(lambda y, a: counts.bootstrap(y, a, draws=1000), 190, 0.5 * mean, 1.5),
            1000,
        ),
        ("Cox, 100 + 100, no effect", times("cox"), 1000),
        ("Cox, hazard ratio 1.5", times("cox", 1.5), 1000),
        ("log-rank, no effect", times("log_rank"), 3000),
        ("restricted mean, no effect", times("restricted_mean"), 3000),
        ("restricted mean, hazard ratio 1.5", times("restricted_mean", 1.5), 3000),
        ("randomisation test of hours, 30 + 30", drawn_again, 1000),
        ("hours of those who worked, 95 + 95, no effect", amount_of_workers(1.0), 3000),
        ("hours of those who worked, half as much again", amount_of_workers(1.5), 3000),
        ("difference after multiple imputation, 205 + 205, a fifth missing", imputed_yes_or_no, 1000),
        ("interaction in two subgroups, 410, none", in_two_groups, 5000),
        (
            "robust ratio of hours, 95 + 95, without any effect",
            amounts(lambda y, a: counts.robust(y, a, measure="IRR"), 190, 0.0, 1.0),
            2000,
        ),
        ("Kaplan-Meier's curve at day 360, 100 people", on_the_curve, 3000),
    ]
    print("| analysis | holds the truth | p < 0.05 | trials | Monte Carlo error | without answer | seed |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for seed, (name, one, repeats) in enumerate(lines, start=1):
        if only in name:
            repeated(name, one, repeats, seed)


if __name__ == "__main__":
    chosen = " ".join(sys.argv[1:])
    if not chosen:
        proportions()
        tests_of_proportions()
    simulated(chosen)
