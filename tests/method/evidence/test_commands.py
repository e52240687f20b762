"""``fotfeste evidence`` on the trials of IPS, on the reference data, and on files with something wrong in them."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.method.evidence.test_made_with_r import CATHETERS
from typer.testing import CliRunner

from fotfeste.commands.evidence import app
from fotfeste.evidence.trials import trials_path

TRIALS = str(trials_path())
CASES = {c["id"]: c for c in json.loads((Path(__file__).parent / "golden" / "metafor_cases.json").read_text())["cases"]}


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["evidence", *words])


def told(*words: str) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def bcg(tmp_path: Path) -> str:
    """The BCG trials as metafor has them, with effects that metafor computed."""
    expected = CASES["bcg_rr_reml_full"]["expected"]
    data = CASES["bcg_rr_reml_full"]["data"]
    lines = ["study,yi,vi,year,ablat,alloc"]
    lines += [
        f"{i},{y!r},{v!r},{data['year'][i]},{data['ablat'][i]},{data['alloc'][i]}"
        for i, (y, v) in enumerate(zip(expected["yi"], expected["vi"], strict=True))
    ]
    path = tmp_path / "bcg.csv"
    path.write_text("\n".join(lines))
    return str(path)


def test_own_weights_estimate_the_variance_between_trials(bcg: str, tmp_path: Path) -> None:
    """With the inverse variances as weights the generalised estimator is DerSimonian and Laird's, which metafor gave;
    with equal ones it is Hedges and Olkin's (DerSimonian and Kacker 2007, Contemp Clin Trials 28:105-114). The mean
    has the same weights: the common effect's, or the plain mean."""
    expected = CASES["bcg_estimators"]["expected"]["RR"]
    head, *rows = Path(bcg).read_text().splitlines()
    weighted = tmp_path / "weighted.csv"
    weighted.write_text("\n".join([f"{head},inverse,equal", *(f"{r},{1 / float(r.split(',')[2])!r},1" for r in rows)]))
    means = {"inverse": expected["EE"]["estimate"], "equal": np.mean([float(row.split(",")[1]) for row in rows])}
    for column, method in (("inverse", "DL"), ("equal", "HE")):
        found = told("pool", str(weighted), "--weights", column)
        assert found["method"] == "GENQ"
        assert found["tau2"] == pytest.approx(expected[method]["tau2"], rel=1e-6)
        assert found["estimate"] == pytest.approx(means[column], rel=1e-6)
    weighted.write_text(weighted.read_text().replace(",1\n", ",0\n", 1))
    refused = run("pool", str(weighted), "--weights", "equal")
    assert refused.exit_code == 2
    assert "rad 2, kolonne equal, «0»: Tallet må være over null." in refused.stderr


@pytest.mark.parametrize("kind", ["step", "beta"])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_selection_model_is_asked_for_and_is_metafors_whichever_way_effects_point(
    tmp_path: Path, kind: str, sign: int
) -> None:
    """Its se of the beta model is another: the likelihood is nearly flat (docs/methods/evidence/bias.md)."""
    case = CASES["hackshaw_selmodel"]
    path = tmp_path / "smoke.csv"
    rows = zip(case["data"]["yi"], case["data"]["vi"], strict=True)
    path.write_text("yi,vi\n" + "\n".join(f"{sign * y!r},{v!r}" for y, v in rows))
    found = told("bias", str(path), "--measure", "GEN", "--selection", kind)["selection"]
    expected = case["expected"][kind]
    assert found["estimate"] == pytest.approx(sign * expected["estimate"], rel=1e-3)
    assert found["lrt_p"] == pytest.approx(expected["LRTp"], rel=1e-3)
    assert found["alternative"] == ("greater" if sign == 1 else "less")


def test_pooling_the_bcg_trials_gives_metafors_numbers(bcg: str) -> None:
    expected = CASES["bcg_rr_reml_knha"]["expected"]["fit"]
    found = told("pool", bcg, "--ci", "hk")
    for ours, theirs in {
        "estimate": "estimate",
        "se": "se",
        "ci_low": "ci_lb",
        "ci_high": "ci_ub",
        "tau2": "tau2",
        "i2": "I2",
        "q": "QE",
    }.items():
        assert found[ours] == pytest.approx(expected[theirs], rel=1e-6)
    assert found["tau2_ci_low"] == pytest.approx(
        CASES["bcg_rr_reml_full"]["expected"]["het_ci_QP"]["tau2"][0], rel=1e-6
    )
    assert found["df"] == 12
    assert found["z"] is None


def test_rates_are_pooled_by_a_model_of_the_counts(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    rows = zip(*CATHETERS, strict=True)
    path.write_text("\n".join(["events1,time1,events2,time2", *(",".join(map(str, row)) for row in rows)]))
    found = told("pool", str(path), "--measure", "IRR", "--estimator", "CM.EL")
    # Stijnen, Hamza and Özdemir (2010), table VIII on page 3055.
    assert [round(found[n], 2) for n in ("ratio", "ratio_ci_low", "ratio_ci_high")] == [0.62, 0.39, 0.99]
    assert found["model"] == "CM.EL"
    assert "Q (Wald)" in run("pool", str(path), "--measure", "IRR", "--estimator", "CM.EL").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--estimator", "UM.FS"], "--estimator: UM.FS krever --measure OR"),
        (["--tau2-interval", "generalised_q"], "--tau2-interval: generalised_q finnes ikke for --method REML."),
        (["--estimator", "MH", "--chart", "f.svg"], "--chart er bare for omvendt varians, ikke for MH."),
    ],
)
def test_what_an_estimator_cannot_do_is_said(words: list[str], said: str) -> None:
    result = run("pool", TRIALS, *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_nothing_is_added_to_empty_cells_where_the_counts_are_modelled(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("study,events1,n1,events2,n2\na,5,20,0,20\nb,8,30,4,30\nc,6,25,2,20\n")
    found = told("pool", str(path), "--measure", "OR", "--estimator", "UM.FS")
    assert found["definition"]["zero_cells"] == "none"
    assert "zero_cells" not in found["warnings"]


def test_regression_gives_metafors_numbers(bcg: str) -> None:
    expected = CASES["bcg_metareg_ablat"]["expected"]["fit"]
    found = told("regress", bcg, "--ci", "z", "--mods", "ablat")
    assert [c["estimate"] for c in found["coefficients"]] == pytest.approx(expected["estimate"], rel=1e-6)
    assert found["r2"] == pytest.approx(expected["R2"], rel=1e-6)


def test_subgroups_give_metafors_numbers(bcg: str) -> None:
    expected = CASES["bcg_subgroups"]["expected"]
    found = told("subgroup", bcg, "--ci", "z", "--by", "alloc")
    assert found["between_q"] == pytest.approx(expected["between_separate"]["Q"], rel=1e-6)
    assert found["groups"]["random"]["tau2"] == pytest.approx(expected["separate"]["random"]["tau2"], rel=1e-6)


# Published crude risk ratios of single trials, as Probyn et al. 2021 and the trials print them: section 1 of the
# data's notes.
@pytest.mark.parametrize(
    ("trial", "ratio", "low", "high"),
    [
        ("bejerholm2017", 10.61, 1.49, 75.38),
        ("bond2015", 4.44, 1.36, 14.46),
        ("davis2012", 2.73, 1.64, 4.54),
        ("lepage2016", 2.17, 1.09, 4.33),
        ("lones2017", 11.50, 1.62, 81.80),
        ("sveinsdottir2020", 5.90, 1.91, 18.19),
    ],
)
def test_the_risk_ratios_that_reviews_printed_are_reproduced(trial: str, ratio: float, low: float, high: float) -> None:
    found = {s["study"]: s for s in told("effects", TRIALS)["studies"]}[trial]
    assert [round(math.exp(found[n]), 2) for n in ("effect", "ci_low", "ci_high")] == [ratio, low, high]


# The same notes: odds ratios of SEED (Sveinsdottir 2020), Wong (2008; the recomputed interval) and Waghorn (2014).
@pytest.mark.parametrize(
    ("trial", "printed"),
    [("sveinsdottir2020", [10.39, 2.79, 38.68]), ("wong2008", [5.63, 2.29, 13.84]), ("waghorn2014", [2.40])],
)
def test_the_odds_ratios_that_trials_printed_are_reproduced(trial: str, printed: list[float]) -> None:
    found = {s["study"]: s for s in told("effects", TRIALS, "--measure", "OR")["studies"]}[trial]
    assert [round(math.exp(found[n]), 2) for n in ("effect", "ci_low", "ci_high")][: len(printed)] == printed


def test_recalled_rows_are_out_until_they_are_asked_in() -> None:
    without, with_them = told("pool", TRIALS), told("pool", TRIALS, "--recalled")
    assert (without["k"], with_them["k"]) == (26, 31)
    assert "recalled_rows_out" in without["warnings"]
    assert "recalled_rows_in" in with_them["warnings"]


def test_the_table_is_for_people_and_says_what_was_guessed() -> None:
    result = run("pool", TRIALS)
    assert "prediksjonsintervall" in result.stdout
    assert "events1 = events_ips" in result.stdout


def test_excel_in_norwegian_is_read(tmp_path: Path) -> None:
    path = tmp_path / "norsk.csv"
    path.write_bytes("studie;yi;vi\nTromsø;0,5;0,04\nBodø;0,7;0,09\nÅlesund;0,1;0,05\n".encode("latin-1"))
    found = told("pool", str(path), "--measure", "GEN")
    assert [s["study"] for s in found["studies"]] == ["Tromsø", "Bodø", "Ålesund"]
    assert found["studies"][1]["variance"] == 0.09


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("study,events1,n1,events2,n2\na,5,20,3,20\nb,x,20,3,20\n", [], "feil.csv, rad 3, kolonne events1, «x»"),
        ("study,events1,n1,events2,n2\na,5,20,3,20\nb,25,20,3,20\n", [], "feil.csv, rad 3, kolonne events1, «25»"),
        ("study,yi,vi\na,1,-1\nb,1,1\n", ["--measure", "GEN"], "feil.csv, rad 2, kolonne vi, «-1»"),
        ("study,yi,vi\na,1,0\nb,1,1\n", ["--measure", "GEN"], "null"),
        ("study,yi,vi\na,1,1\na,1,1\n", ["--measure", "GEN"], "feil.csv, rad 3, kolonne study, «a»"),
        ("study,yi,vi\na,inf,1\nb,1,1\n", ["--measure", "GEN"], "feil.csv, rad 2, kolonne yi, «inf»"),
        (
            "study,yi,vi\na,1,1\nb,1e200,1\n",
            ["--measure", "GEN"],
            "feil.csv, rad 3, kolonne yi, «1e200»: Tallet er for",
        ),
        ("study,yi,vi\na,1,1e-300\nb,1,1\n", ["--measure", "GEN"], "feil.csv, rad 2, kolonne vi, «1e-300»: Tallet er"),
        ("study;yi;vi\na;1;-0,5\n", ["--measure", "GEN"], "feil.csv, rad 2, kolonne vi, «-0,5»: En varians"),
        ("study,yi,vi\na,1,1\n,2,1\n,3,1\n", ["--measure", "GEN"], "feil.csv, rad 3, kolonne study, «»: Studien har"),
        ("study,yi,vi\na,,1\nb,1,1\n", ["--measure", "GEN"], "Her mangler et tall"),
        ("study,yi,vi\n", ["--measure", "GEN"], "Ingen studier"),
        ("", ["--measure", "GEN"], "tom"),
        ("study,a,b\nx,1,2\n", [], "kan ikke gjettes"),
        ("study,yi,vi\na,1,1\n", ["--measure", "PLOO"], "finnes ikke"),
        ("study,events1,n1,events2,n2\na,0,20,0,20\nb,0,30,0,30\n", ["--to", "none"], "Ingen studier"),
    ],
)
def test_what_cannot_be_used_ends_in_a_sentence(tmp_path: Path, text: str, words: list[str], said: str) -> None:
    path = tmp_path / "feil.csv"
    path.write_text(text)
    result = run("pool", str(path), *words)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("text", "command", "said"),
    [
        ("study,yi,vi\na,1,1\n", "influence", "feil.csv: Dette krever minst 2 studier. Her er det 1."),
        (
            "study,yi,vi\na,1,.5\nb,2,.5\nc,0,.5\n",
            "bias",
            "feil.csv: Studiene har samme effekt eller samme standardfeil.",
        ),
        ("study,yi,vi\na,1,1\nb,1,2\nc,1,3\n", "bias", "feil.csv: Studiene har samme effekt eller samme standardfeil."),
    ],
)
def test_studies_that_tell_nothing_of_what_is_asked_end_in_a_sentence(
    tmp_path: Path, text: str, command: str, said: str
) -> None:
    path = tmp_path / "feil.csv"
    path.write_text(text)
    result = run(command, str(path), "--measure", "GEN")
    assert result.exit_code == 2
    assert said in result.stderr


def test_the_tests_of_counts_are_left_out_where_too_few_studies_have_events(tmp_path: Path) -> None:
    path = tmp_path / "few.csv"
    path.write_text("study,events1,n1,events2,n2\na,5,20,3,20\nb,8,30,4,30\nc,0,25,0,20\nd,0,15,0,18\n")
    found = told("bias", str(path))
    assert "counts_not_tested" in found["warnings"]
    assert found["egger"]["k"] == 4
    assert "harbord" not in found


def test_a_study_without_variance_is_named_when_it_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("study,r,n\na,0.5,40\nb,1,30\nc,0.2,20\n")
    found = told("pool", str(path), "--measure", "COR")
    assert found["k"] == 2
    assert "studies_without_effect" in found["warnings"]
    assert "Uten egen effekt eller varians, og ikke med: b." in run("pool", str(path), "--measure", "COR").stdout


@pytest.mark.parametrize("measure", ["OR", "RR"])
def test_trials_where_nobody_has_the_outcome_tell_nothing_by_mantel_haenszel(tmp_path: Path, measure: str) -> None:
    # The manual of metafor's rma.mh: the estimate is then not defined.
    path = tmp_path / "none.csv"
    path.write_text("study,events1,n1,events2,n2\na,0,10,0,12\nb,0,20,0,20\n")
    found = told("pool", str(path), "--measure", measure, "--estimator", "MH")
    assert (found["estimate"], found["se"], found["ci_low"]) == (None, None, None)
    assert "no_information" in found["warnings"]


def test_more_studies_than_a_model_of_the_counts_can_take_end_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("events1,n1,events2,n2\n" + "5,20,3,20\n" * 1001)
    result = run("pool", str(path), "--measure", "OR", "--estimator", "UM.FS")
    assert result.exit_code == 2
    assert "many.csv: Dette regnes for høyst 1000 studier. Her er det 1001." in result.stderr


@pytest.mark.parametrize(
    ("command", "option", "value"),
    [("gosh", "--subsets", "0"), ("permute", "--iterations", "0"), ("pool", "--zero-add", "-1")],
)
def test_a_number_that_an_option_cannot_have_is_refused_by_name(command: str, option: str, value: str) -> None:
    result = run(command, TRIALS, option, value)
    assert result.exit_code == 2
    assert option in result.stderr


def test_one_study_is_told_as_one_study(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("study,yi,vi\na,0.42,0.03\n")
    found = told("pool", str(path), "--measure", "GEN")
    expected = CASES["k2_and_k1"]["expected"]["k1"]
    assert (found["estimate"], found["ci_low"]) == pytest.approx((expected["estimate"], expected["ci_lb"]))
    assert "one_study" in found["warnings"]


def test_a_file_that_is_not_there_is_named() -> None:
    result = run("pool", "borte.csv")
    assert result.exit_code == 2
    assert "borte.csv: Filen finnes ikke." in result.stderr


def test_a_hundred_thousand_rows_are_pooled_as_numpy_pools_them(tmp_path: Path) -> None:
    draw = np.random.default_rng(1)
    y, v = draw.normal(0.3, 0.5, 100_000), draw.uniform(0.05, 0.3, 100_000)
    path = tmp_path / "many.csv"
    pairs = zip(y.tolist(), v.tolist(), strict=True)
    rows = "\n".join(f"s{i};{a!r};{b!r}".replace(".", ",") for i, (a, b) in enumerate(pairs))
    path.write_text(f"study;yi;vi\n{rows}\n", encoding="latin-1")
    words = ("--measure", "GEN", "--method", "DL", "--ci", "z")
    shown = run("pool", str(path), *words).stdout
    assert "De første 500 av 100000 studier." in shown
    w = 1 / v
    q = np.sum(w * (y - np.sum(w * y) / w.sum()) ** 2)
    tau2 = (q - (y.size - 1)) / (w.sum() - np.sum(w**2) / w.sum())
    mixed = 1 / (v + tau2)
    for cell in (f"{tau2:.4f}", f"{q:.2f}", f"{np.sum(mixed * y) / mixed.sum():.3f}", "100000"):
        assert cell.replace(".", ",") in shown
    refused = run("influence", str(path), *words)
    assert (refused.exit_code, refused.stderr) == (
        2,
        "many.csv: Dette regnes for høyst 5000 studier. Her er det 100000.\n",
    )
    path.write_text(path.read_text().replace("s99999;", "s5;"))
    said = run("pool", str(path), "--measure", "GEN")
    assert said.exit_code == 2
    assert "many.csv, rad 100001, kolonne study, «s5»" in said.stderr


@pytest.mark.parametrize("command", ["effects", "bias", "influence", "cumulate"])
def test_every_analysis_of_the_trials_has_a_table_and_numbers(command: str) -> None:
    result = run(command, TRIALS)
    assert result.exit_code == 0
    assert "drake1999" in result.stdout or "Egger" in result.stdout
    numbers = told(command, TRIALS)
    assert numbers["schema"] == f"fotfeste.evidence.{command}/1"
    assert command == "effects" or (numbers["method"], numbers["ci"], numbers["k"]) == ("REML", "hk_adhoc", 26)


def test_gosh_and_permutations_are_told(bcg: str) -> None:
    found = told("gosh", bcg, "--method", "DL")
    assert found["subsets"] == 2**13 - 1
    # Every subset is a weighted mean, and those of one study are their own: the ends are R's smallest and largest yi.
    effects = CASES["bcg_rr_reml_full"]["expected"]["yi"]
    assert (found["estimate"]["low"], found["estimate"]["high"]) == pytest.approx((min(effects), max(effects)))
    tested = told("permute", bcg, "--ci", "z")
    assert tested["permutations"] == 2**13
    # metafor 3.8-1: permutest(rma(yi, vi, data = d, control = list(threshold = 1e-10)), exact = TRUE)$pval
    assert tested["p"] == pytest.approx(0.00146484375)
