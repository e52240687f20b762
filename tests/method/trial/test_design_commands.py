"""``fotfeste trial`` from the command line: sizing, and randomisation from the commitment to its proof."""

import stat
from pathlib import Path

import pytest
from tests.method.trial.commands import refused, run, told

FROZEN = Path(__file__).parent / "golden" / "allocations" / "permuted_blocks"


@pytest.fixture
def trial(tmp_path):
    """A plan with its seed and commitment, as options."""
    plan, seed, log = tmp_path / "plan.toml", tmp_path / "seed", tmp_path / "allocations.csv"
    plan.write_bytes((FROZEN / "plan.toml").read_bytes())
    sealed = told("commit", plan, "--seed-file", seed)["commitment"]

    class Trial:
        options = (plan, "--seed-file", seed)
        folder = tmp_path

        def ask(self, *rows):
            path = tmp_path / "requests.csv"
            path.write_text("\n".join(["request,person,site,severity", *rows]) + "\n", encoding="utf-8")
            return ("randomise", *self.options, "--requests", path, "--out", log)

        def check(self, commitment=sealed):
            return run("verify", *self.options, "--commitment", commitment, "--allocations", log)

    Trial.log = log
    return Trial()


# ---- how many


def test_the_size_of_the_norwegian_trial_is_told_for_people_and_as_json():
    asked = ("size", "--test", "two-proportions", "--p1", 0.37, "--p2", 0.27, "--power", 0.8)
    assert run(*asked).stdout == "682 personer: 341 i hver arm.\nStyrke 80,1 %.\n"
    made = told(*asked)
    assert (made["n_per_arm"], made["n_total"]) == (341, 682)
    assert (made["schema"], made["command"]) == ("fotfeste.trial.size/1", "trial size")
    assert made["assumed"]["p1"] == 0.37


@pytest.mark.parametrize(("method", "expected"), [("exact-z", 0.586747449066321), ("fisher", 0.546121985668192)])
def test_the_power_of_410_people_is_that_of_r(method, expected):
    # trial_cases.json, power_exact
    asked = ("power", "--test", "two-proportions", "--p1", 0.37, "--p2", 0.27, "--n1", 205, "--n2", 205)
    assert told(*asked, "--method", method)["power"] == pytest.approx(expected, rel=1e-8)


def test_the_difference_that_410_people_can_show():
    made = told("detectable", "--p2", 0.27, "--n1", 205, "--n2", 205)
    again = told("power", "--p1", made["detectable"], "--p2", 0.27, "--n1", 205, "--n2", 205)
    assert again["power"] == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("size", "--p1", 0.37), "--p2 mangler: dette regnes ikke uten.\n"),
        (("size", "--p1", 37, "--p2", 0.27), "--p1 må ligge mellom 0 og 1.\n"),
        (("size", "--p1", 0.37, "--p2", 0.27, "--sd", 1), "--sd brukes ikke her.\n"),
        (("power", FROZEN / "plan.toml", "--p1", 0.37), "--p1 brukes ikke her.\n"),
        (("power", "--p1", 0.37, "--p2", 0.27, "--n1", 205), "--n2 mangler: dette regnes ikke uten.\n"),
        (
            ("size", "--test", "means", "--method", "fisher", "--difference", 1, "--sd", 2),
            "--method passer ikke til denne testen.\n",
        ),
        (
            ("size", "--test", "time-to-event", "--hazard-ratio", 1.5),
            "--event-share mangler: dette regnes ikke uten.\n",
        ),
    ],
)
def test_an_option_that_cannot_be_used_is_said(asked, sentence):
    assert refused(*asked) == sentence


# ---- randomisation


def test_a_trial_is_committed_randomised_and_verified(trial):
    assert stat.S_IMODE((trial.folder / "seed").stat().st_mode) == 0o600
    first = run(*trial.ask("r1,anna,nord,severe"))
    assert first.exit_code == 0
    assert first.stdout in ("anna: IPS (ips)\n", "anna: Vanlig oppfølging (usual)\n")
    assert run(*trial.ask("r1,anna,nord,severe")).stdout == first.stdout
    more = run(*trial.ask("r1,anna,nord,severe", "r2,bo,sor,moderate", "r3,kim,sor,moderate"))
    assert more.stdout == "2 nye trukket, 3 i alt. Se allocations.csv.\n"
    assert len(trial.log.read_text(encoding="utf-8").splitlines()) == 4
    done = trial.check()
    assert (done.exit_code, done.stdout) == (0, "Alle 3 trekninger følger av frøet og planen.\n")


def test_a_row_that_was_changed_is_named(trial):
    run(*trial.ask("r1,anna,nord,severe", "r2,bo,sor,moderate"))
    text = trial.log.read_text(encoding="utf-8")
    head, first, second = text.splitlines()
    other = second.replace(",ips,", ",X,").replace(",usual,", ",ips,").replace(",X,", ",usual,")
    trial.log.write_text("\n".join([head, first, other]) + "\n", encoding="utf-8")
    done = trial.check()
    assert done.exit_code == 1
    assert "allocations.csv, rad 3 (r2), kolonne arm" in done.stderr
    result = run(*trial.ask("r3,kim,nord,severe"))
    assert result.exit_code == 2
    assert "rad 3" in result.stderr
    assert trial.log.read_text(encoding="utf-8").count("kim") == 0


def test_another_commitment_is_not_verified(trial):
    run(*trial.ask("r1,anna,nord,severe"))
    done = trial.check(commitment="0" * 64)
    assert done.exit_code == 1
    assert "Forseglingen" in done.stderr


def test_a_plan_that_was_changed_after_the_commitment_randomises_nobody(trial):
    run(*trial.ask("r1,anna,nord,severe"))
    before = trial.log.read_bytes()
    plan = trial.options[0]
    plan.write_text(plan.read_text(encoding="utf-8") + "# endret\n", encoding="utf-8")
    assert run(*trial.ask("r2,bo,nord,severe")).exit_code == 2
    assert trial.log.read_bytes() == before


def test_a_seed_is_made_once(trial):
    before = (trial.folder / "seed").read_bytes()
    assert "Et frø lages én gang" in refused("commit", *trial.options)
    assert (trial.folder / "seed").read_bytes() == before


def test_a_typed_seed_is_refused(trial):
    (trial.folder / "seed").write_text("12345\n", encoding="ascii")
    assert "ikke en frøfil" in refused(*trial.ask("r1,anna,nord,severe"))
    assert not trial.log.exists()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (("r1,anna,nord,",), "requests.csv, rad 2, kolonne severity"),
        (("r1,anna,nord,severe", "r2,bo,bodo,severe"), "requests.csv, rad 3, kolonne site, «bodo»"),
        (("r1,anna,nord,severe", "r2,anna,nord,severe"), "requests.csv, rad 3, kolonne person, «anna»"),
    ],
)
def test_a_request_that_cannot_be_met_allocates_nobody(trial, rows, sentence):
    assert sentence in refused(*trial.ask(*rows))
    assert not trial.log.exists()


def test_a_person_already_randomised_is_refused_by_the_row_of_the_new_request(trial):
    run(*trial.ask("r1,anna,nord,severe"))
    assert refused(*trial.ask("r1,anna,nord,severe", "r2,anna,nord,severe")).startswith("requests.csv, rad 3")
    assert refused(*trial.ask("r9,anna,nord,severe")).startswith("requests.csv, rad 2, kolonne person, «anna»")


def test_a_plan_with_a_wrong_key_is_refused_by_its_line(trial):
    plan = trial.options[0]
    plan.write_text(plan.read_text(encoding="utf-8").replace("alpha", "alfa"), encoding="utf-8")
    assert refused("commit", plan, "--seed-file", trial.folder / "new").startswith("plan.toml, nøkkel alpha: ")
    assert not (trial.folder / "new").exists()
