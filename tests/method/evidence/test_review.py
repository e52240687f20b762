"""A review as a file: read strictly, answered whole, written in three forms, and compared with an older one."""

import csv
import json
import math
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import docx as python_docx
import numpy as np
import pytest
from tests.method.documents.printed_text import printed_text
from typer.testing import CliRunner

from fotfeste.commands.evidence import app, notes, report_words
from fotfeste.commands.evidence.report_outcome import parts
from fotfeste.commands.evidence.report_words import Words
from fotfeste.evidence.changes import Version, changes, differences
from fotfeste.evidence.pooling import pool
from fotfeste.evidence.review import BadReview, read_review
from fotfeste.evidence.trials import load_trials, with_policy

EXAMPLES = Path(__file__).parents[3] / "examples"
REVIEW = """title = "Prøve"
question = "Virker det?"
made_on = 2026-03-02
intervention = "IPS"
comparison = "vanlig hjelp"

[prisma]
databases = 50
excluded = 45
reasons = [{ reason = "feil utfall", reports = 2 }]
studies = 3

[risk_of_bias]
tool = "rob2"
file = "bias.csv"

[[outcome]]
id = "work"
name = "arbeid"
definition = "Minst én jobb."
more = "flere i arbeid"
less = "færre i arbeid"
data = "data.csv"
columns = { events1 = "a", n1 = "n_a", events2 = "b", n2 = "n_b" }
baseline = 0.3
baseline_source = "oppdiktet"
judgement = [{ domain = "risk_of_bias", levels = -1, reason = "Uten blinding" }]
selection = [{ name = "Uten den siste", where = ["study!=C"] }]
moderator = [{ name = "Etter år", mods = "year" }]

[[outcome]]
id = "income"
name = "inntekt"
definition = "Lønn."
more = "høyere inntekt"
less = "lavere inntekt"
unavailable = "Ikke trykt."
extraction = ["first.csv", "second.csv"]
"""
DATA = "study,a,n_a,b,n_b,year\nA,30,60,15,60,2001\nB,40,80,25,80,2005\nC,20,50,12,50,2010\nD,33,70,20,70,2012\n"
BIAS = (
    "study,randomisation,deviations,missing,measurement,reporting\nA,low,low,low,low,low\nB,low,high,low,low,low\n"
    "C,low,low,some_concerns,low,low\n"
)


@pytest.fixture
def review(tmp_path: Path) -> Path:
    (tmp_path / "data.csv").write_text(DATA)
    (tmp_path / "bias.csv").write_text(BIAS)
    (tmp_path / "first.csv").write_text("study,mean1,sd1\nA,10,2\nB,12,3\n")
    (tmp_path / "second.csv").write_text("study,mean1,sd1\nA,10,2.5\nC,9,1\n")
    path = tmp_path / "review.toml"
    path.write_text(REVIEW)
    return path


def run(*words: object) -> Any:
    return CliRunner().invoke(app, ["evidence", "report", *map(str, words)])


def told(*words: object) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_answers_are_those_of_the_single_commands(review: Path) -> None:
    found = told(review)["outcomes"][0]
    words = ["evidence", "pool", str(review.parent / "data.csv"), "--events1", "a", "--n1", "n_a", "--events2", "b"]
    pooled = json.loads(CliRunner().invoke(app, [*words, "--n2", "n_b", "--json"]).stdout)
    for name in ("estimate", "ci_low", "ci_high", "pi_low", "pi_high", "tau2", "ratio", "studies"):
        assert found[name] == pooled[name]
    assert found["selections"][0]["k"] == 3
    assert found["certainty"]["judgements"][0]["reason"] == "Uten blinding"
    assert found["per_1000"]["without"] == 300
    assert found["statement"].startswith("IPS gir ")
    assert [c["name"] for c in found["moderators"][0]["coefficients"]] == ["intercept", "year"]


def test_what_two_people_read_differently_is_listed(review: Path) -> None:
    apart = {(d["study"], d["column"]): (d["first"], d["second"]) for d in told(review)["missing"][0]["differences"]}
    assert apart[("A", "sd1")] == ("2", "2.5")
    assert ("A", "mean1") not in apart
    assert apart[("B", "mean1")] == ("12", "")
    assert apart[("C", "study")] == ("", "C")
    assert differences({}, {}) == ()


def test_the_report_is_written_in_three_forms_with_every_part(review: Path, tmp_path: Path) -> None:
    outs = [tmp_path / f"rapport{suffix}" for suffix in (".pdf", ".html", ".docx")]
    result = run(review, *(word for out in outs for word in ("--out", out)))
    assert result.exit_code == 0, result.output
    made = printed_text(outs[0].read_bytes())
    assert b"<pdfuaid:part>1</pdfuaid:part>" in outs[0].read_bytes()
    page = outs[1].read_text(encoding="utf-8")
    word = python_docx.Document(BytesIO(outs[2].read_bytes()))
    texts = [p.text for p in word.paragraphs]
    parts = ["Spørsmålet", "Hovedfunn", "Søk og utvalg", "Risiko for skjevhet", "Arbeid", "Tillit til resultatet",
             "Andre utvalg", "Etter år", "Små og store studier", "Inntekt", "Slik er det gjort"]  # fmt: skip
    for part in parts:
        assert part.replace(" ", "") in made
        assert f">{part}</h" in page
        assert part in texts
    assert page.count("<img ") == 5  # flow, lights, forest, bubble, funnel
    assert len(word.inline_shapes) == 5
    assert all(len(alt) > 20 for alt in re.findall(r'alt="([^"]*)"', page))
    assert not list(tmp_path.glob("*.tmp"))


def test_the_report_is_in_english_where_the_review_asks_for_it(review: Path, tmp_path: Path) -> None:
    review.write_text(REVIEW.replace("question", 'language = "en"\nquestion', 1))
    run(review, "--since", review, "--out", tmp_path / "r.html")
    page = re.sub(r"<img [^>]*>", "", (tmp_path / "r.html").read_text(encoding="utf-8"))
    assert '<html lang="en">' in page
    for part in ("The question", "Main findings", "Certainty of the evidence", "To be read with this", "Table 1"):
        assert part in page
    # What is left in Norwegian is what the review's own author wrote.
    own = re.findall(r'"([^"]+)"', REVIEW)
    for text in sorted(own, key=len, reverse=True):
        page = page.replace(text, "").replace(text.capitalize(), "")
    told = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert not re.findall(r"[\w]*[æøåÆØÅ]\w*|\b(?:og|er|ikke|studier|til|med)\b", told)


@pytest.mark.parametrize("both", [(report_words.BOKMAL, report_words.ENGLISH), (notes.BOKMAL, notes.ENGLISH)])
def test_both_languages_say_the_same_things_of_the_same_facts(both: tuple[dict[str, str], dict[str, str]]) -> None:
    facts = [{name: sorted(re.findall(r"{\w*}", text)) for name, text in words.items()} for words in both]
    assert facts[0] == facts[1]
    heads = [{name: text.count("|") for name, text in words.items()} for words in both]
    assert heads[0] == heads[1]


def test_what_changed_is_told_study_by_study(review: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    for name in ("bias.csv", "first.csv", "second.csv"):
        (old / name).write_text((review.parent / name).read_text())
    (old / "data.csv").write_text(DATA.replace("B,40,80", "B,44,80").replace("D,33,70,20,70,2012\n", ""))
    (old / "review.toml").write_text(REVIEW)
    steps = told(review, "--since", old / "review.toml")["outcomes"][0]["changes"]
    assert [(s["kind"], s["study"]) for s in steps] == [("changed", "B"), ("added", "D")]
    assert steps[0]["why"] == [["a", "44", "40"]]
    assert steps[-1]["estimate"] == pytest.approx(told(review)["outcomes"][0]["estimate"], rel=1e-12)
    run(review, "--since", old / "review.toml", "--out", tmp_path / "r.html")
    assert "a: «44» ble «40»" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert told(review, "--since", review)["outcomes"][0]["changes"] == []


def test_the_steps_lead_from_the_old_result_to_the_new_whatever_changed() -> None:
    rng = np.random.default_rng(5)

    def version(names: str, method: str) -> Version:
        effects = {n: (float(rng.normal(0.4, 0.3)), float(rng.uniform(0.02, 0.2))) for n in names}
        return Version(effects=effects, rows={n: {} for n in names}, settings={"method": method})

    old, new = version("abcde", "DL"), version("cdefg", "REML")
    steps = changes(old, new, lambda y, v: pool(y, v, method="REML"))
    assert [s.kind for s in steps] == ["settings", *["removed"] * 2, *["changed"] * 3, *["added"] * 2]
    y, v = zip(*new.effects.values(), strict=True)
    assert steps[-1].estimate == pytest.approx(pool(y, v).estimate, rel=1e-12)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "Prøve"\n', "", "review.toml, nøkkel title: Nøkkelen mangler"),
        ('data = "data.csv"', 'data = "borte.csv"', "review.toml, linje 23, nøkkel outcome[1].data: Filen «borte.csv»"),
        ("baseline = 0.3", "baseline = 30", "linje 25, nøkkel outcome[1].baseline: 30.0 er ikke en andel"),
        ("levels = -1", "levels = -3", "linje 27, nøkkel outcome[1].judgement[1].levels: -3 er ikke 0, -1 eller -2."),
        ('tool = "rob2"', 'tool = "rob1"', "Verktøyet «rob1» finnes ikke."),
        ("studies = 3", "studies = 4", "nøkkel prisma.studies: Tallene går ikke opp"),
        ('id = "income"', 'id = "work"', "«work» står to ganger."),
        ("[[outcome]]\nid", "[[outcome]]\nmesure = 1\nid", "nøkkel outcome[1].mesure: Nøkkelen er ukjent."),
        ('events1 = "a"', 'events1 = "x"', "data.csv, rad 1, kolonne x: Kolonnen finnes ikke."),
    ],
)
def test_a_review_that_cannot_be_used_ends_in_a_sentence(review: Path, old: str, new: str, said: str) -> None:
    assert old in REVIEW
    review.write_text(REVIEW.replace(old, new, 1))
    result = run(review)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not list(review.parent.glob("*.pdf"))


def test_a_report_in_an_unknown_form_is_refused_before_anything_is_written(review: Path, tmp_path: Path) -> None:
    result = run(review, "--out", tmp_path / "a.html", "--out", tmp_path / "a.odt")
    assert result.exit_code == 2
    assert "a.odt" in result.stderr
    assert not (tmp_path / "a.html").exists()


def test_a_figure_of_many_studies_is_drawn_in_parts_that_lose_none() -> None:
    rows = list(range(200))
    told = parts(rows, Words("nb"))
    assert [row for _, part in told for row in part] == rows
    assert [len(part) for _, part in told] == [40] * 5
    assert told[1][0] == ", del 2 av 5"
    assert parts(rows[:45], Words("nb")) == [("", rows[:45])]


def test_country_figures_are_joined_by_the_nearest_year() -> None:
    table = with_policy(load_trials(), "epl", "epl_regular_v1", within=3)
    by = dict(
        zip(table.text("trial_id"), zip(table.columns["epl"], table.columns["epl_year"], strict=True), strict=True)
    )
    # OECD's series ends in 2013: Bond 2015 gets that year, Christensen 2019 and the trial in six countries nothing.
    # OECD employment protection, 2013 update, EPRC_V1: United States 0.26.
    assert by["bond2015"] == ("0.26", "2013")
    assert by["christensen2019"] == by["burns2007"] == ("", "")


@pytest.mark.parametrize("name", ["arbeidsrett", "kunnskapsoversikt"])
def test_the_examples_are_answered(name: str) -> None:
    found = told(EXAMPLES / f"{name}.toml")
    work = found["outcomes"][0]
    # Made from the 26 trials that were read: the same as pooling them.
    assert work["k"] == 26
    assert work["ratio"] == pytest.approx(math.exp(work["estimate"]))
    if name == "arbeidsrett":
        assert [m["name"] for m in work["moderators"]] == [
            "Vern mot oppsigelse", "Regler for midlertidig ansettelse", "Arbeidsledighet",
        ]  # fmt: skip
        assert "burns2007" in work["moderators"][0]["left_out"]
    else:
        assert [m["id"] for m in found["missing"]] == ["time_in_work", "income", "quality_of_life"]
        assert [o["k"] for o in found["outcomes"]] == [26, 1]
        # The Norwegian trials, the facts' own figures: Reme 85/227 v 49/181 and Sveinsdottir 22/46 v 3/37.
        assert work["selections"][1]["k"] == 2


def test_a_review_without_outcomes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text(REVIEW[: REVIEW.index("[prisma]")])
    with pytest.raises(BadReview, match="no_outcome"):
        read_review(tmp_path / "r.toml")


@pytest.mark.parametrize(
    ("figure", "first"),
    [
        ("prisma", {"on": "Funnet i søk: databaser (n = 50) registre (n = 0)"}),
        ("traffic_light", {"study": "A", "randomisation": "low", "overall": "low"}),
    ],
)
@pytest.mark.parametrize("form", ["svg", "png", "html"])
def test_a_reviews_own_figures_are_drawn_with_their_table(
    review: Path, tmp_path: Path, figure: str, first: dict[str, str], form: str
) -> None:
    path = tmp_path / f"figure.{form}"
    result = CliRunner().invoke(app, ["evidence", "report", str(review), "--figure", figure, "--chart", str(path)])
    assert result.exit_code == 0, result.output
    assert path.read_bytes()[:4].lower() in (b"<svg", b"\x89png", b"<!do")
    rows = list(csv.DictReader((tmp_path / "figure.csv").read_text("utf-8-sig").splitlines()))
    assert first.items() <= rows[0].items()


def test_a_figure_that_the_review_has_no_table_for_or_that_would_lie_over_its_data_is_refused(
    review: Path, tmp_path: Path
) -> None:
    def refused(file: Path, chart: str) -> str:
        result = CliRunner().invoke(app, ["evidence", "report", str(file), "--chart", str(tmp_path / chart)])
        assert result.exit_code == 2
        return str(result.stderr)

    assert "skrevet over bias.csv" in refused(review, "bias.png")
    assert (tmp_path / "bias.csv").read_text() == BIAS
    assert "har ikke tabellen prisma" in refused(EXAMPLES / "arbeidsrett.toml", "f.svg")
