"""The plan file: what it says comes out as values, and what is wrong is refused at its key."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from fotfeste.trial.plan import BadPlan, read_plan

NORWEGIAN = Path(__file__).parents[3] / "examples" / "trial" / "norwegian.toml"


@pytest.fixture
def changed(tmp_path):
    """The Norwegian plan with one piece of its text exchanged."""

    def changed(old, new):
        text = NORWEGIAN.read_text(encoding="utf-8")
        assert text.count(old) >= 1
        path = tmp_path / "plan.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return changed


def test_an_error_tells_the_line(changed):
    path = changed("alpha = 0.05", "alpha = 5")
    with pytest.raises(BadPlan) as caught:
        read_plan(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[caught.value.line - 1] == "alpha = 5"


def refused(path):
    with pytest.raises(BadPlan) as caught:
        read_plan(path)
    return caught.value.key, caught.value.reason


def test_the_norwegian_plan_is_read_whole():
    plan = read_plan(NORWEGIAN)
    assert plan.planned_n == 410
    assert [(arm.id, arm.share, arm.reference) for arm in plan.arms] == [("ips", 1, False), ("usual", 1, True)]
    assert plan.sites.values == ("nord", "midt", "vest", "sor", "ost", "indre")
    assert plan.factor("severity").values == ("moderate", "severe")
    assert plan.randomisation.block_sizes == (2, 4, 6)
    assert plan.primary.id == "in_work@18/risk_difference/newcombe"
    assert plan.outcome("in_work").at(18).definition.id == "in_work_at_18_months"
    assert plan.outcome("in_work").at(18).expected == (0.374, 0.271)
    assert plan.assumptions.first_on == date(2013, 2, 4)
    assert plan.sha256 == sha256(NORWEGIAN.read_bytes()).hexdigest()


def test_an_analysis_that_names_no_method_or_rule_takes_the_default():
    hours = next(planned for planned in read_plan(NORWEGIAN).secondary if planned.outcome == "hours")
    assert (hours.method, hours.missing) == ("robust", "complete_case")


def test_a_time_has_a_column_for_what_happened_and_others_have_none():
    plan = read_plan(NORWEGIAN)
    time, binary = plan.outcome("first_job"), plan.outcome("in_work")
    assert time.event_column(time.points[0]) == "first_job_event@18"
    assert binary.event_column(binary.points[0]) is None


def test_a_ratio_is_told_in_its_lowest_terms(changed):
    path = changed("share = 1", "share = 4")
    text = path.read_text(encoding="utf-8").replace("share = 1", "share = 2").replace("[2, 4, 6]", "[3, 6]")
    path.write_text(text, encoding="utf-8")
    assert read_plan(path).shares == (2, 1)


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('title = "Opp', 'seed = "1234"\ntitle = "Opp', "seed", "unknown"),
        ("planned_n = 410", "planned_n = 1", "planned_n", "range"),
        ("alpha = 0.05", "alpha = 5", "alpha", "range"),
        ('multiplicity = "holm"', 'multiplicity = "bonferroni"', "multiplicity", "choice"),
        ('subgroups = ["severity"]', 'subgroups = ["age"]', "subgroups", "unknown_name"),
        ('id = "ips"', 'id = "IPS"', "arm[1].id", "name"),
        ('id = "ips"', 'id = "usual"', "arm", "duplicate"),
        ("reference = true", "reference = false", "arm", "reference"),
        ("share = 1", "share = 0", "arm[1].share", "range"),
        ('id = "midt"', 'id = "nord"', "site", "duplicate"),
        ('column = "severity"', 'column = "arm"', "stratum[1].column", "taken"),
        (', { id = "severe", name = "Alvorlig" }', "", "stratum[1].level", "few_levels"),
        ('column = "age"', 'column = "severity"', "baseline", "duplicate"),
        ("[2, 4, 6]", "[2, 3]", "randomisation.block_sizes", "block_size"),
        ("[2, 4, 6]", "[]", "randomisation.block_sizes", "missing"),
        ("[2, 4, 6]", "[2, 4, 4]", "randomisation.block_sizes", "duplicate"),
        ("[2, 4, 6]", "[2, 4]\np = 0.8", "randomisation.p", "needless"),
        ('"permuted_blocks"', '"simple"', "randomisation.block_sizes", "needless"),
        ('by = ["site", "severity"]', 'by = ["site", "age"]', "randomisation.by", "unknown_name"),
        ("block_sizes = [2, 4, 6]", "p = 0.81234", "randomisation.block_sizes", "missing"),
        ("in_work_at_12_months", "in_work_at_2_months", "outcome[1].at[1].definition", "unknown_definition"),
        ("month = 12\ndef", "month = 13\ndef", "outcome[1].at[1].month", "other_month"),
        ("ips = 0.366", "ips = 36.6", "outcome[1].at[1].expected", "range"),
        ("ips = 0.366", "ipss = 0.366", "outcome[1].at[1].expected.ips", "missing"),
        ('kind = "count"', 'kind = "binary"', "outcome[4].at[1].definition", "other_kind"),
        ("month = 6\n", "month = 0\n", "outcome[8].at", "months"),
        ("description = ", "unit = ", "outcome[8].description", "how_measured"),
        ('outcome = "in_work"', 'outcome = "at_work"', "primary.outcome", "unknown_name"),
        ('method = "newcombe"', 'method = "cox"', "primary.method", "method"),
        ('method = "newcombe"', 'adjust_for = ["site"]', "primary.adjust_for", "cannot_adjust"),
        (
            'method = "standardised"',
            'method = "newcombe"\nrandomisation_test = false',
            "secondary[1].adjust_for",
            "cannot_adjust",
        ),
        ('"hads@0"', '"hads@12"', "secondary[7].adjust_for", "unknown_name"),
        ('method = "ancova"', 'method = "ancova"\nmissing = "not_in_work"', "secondary[7].missing", "missing_rule"),
        ("lost = { ips = 0.03", "lost = { ips = 0.99", "assumptions.lost", "sum"),
        ("last_on = 2014-11-28", "last_on = 2012-11-28", "assumptions.last_on", "range"),
    ],
)
def test_what_is_wrong_is_refused_at_its_key(changed, old, new, key, reason):
    assert refused(changed(old, new)) == (key, reason)


def test_the_probability_of_minimisation_has_at_most_three_decimals(changed, tmp_path):
    scheme = 'scheme = "permuted_blocks"\nby = ["site", "severity"]\nblock_sizes = [2, 4, 6]'
    by_minimisation = 'scheme = "minimisation"\nby = ["site", "severity"]\np = '
    assert read_plan(changed(scheme, by_minimisation + "0.8")).randomisation.p == 0.8
    assert refused(changed(scheme, by_minimisation + "0.81234")) == ("randomisation.p", "range")
    assert refused(changed(scheme, by_minimisation + "0.4")) == ("randomisation.p", "range")
