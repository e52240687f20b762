import json
from hashlib import sha256
from importlib.metadata import EntryPoint, version

import pytest
from tests.method.fidelity_records import LONG_AGO, START, WEEK, item_17, job, participant
from typer.testing import CliRunner

from fotfeste.cli import GROUP, command_line
from fotfeste.fidelity import scale
from fotfeste.indicators.records import write_records

IPS = scale("ips-25")


def run(*args):
    found = [EntryPoint(name="fidelity", group=GROUP, value="fotfeste.commands.fidelity:app")]
    return CliRunner().invoke(command_line(found), ["fidelity", "suggest", *map(str, args)], env={"COLUMNS": "200"})


@pytest.fixture
def folder(tmp_path):
    """Thirty contacts in ten weeks, looked at weekly; the last is on the last day."""
    records, _ = item_17({"specialists": "60/1/0/5/weekly"})
    write_records(records, tmp_path / "records")
    return tmp_path / "records"


def told(*args):
    result = run(*args, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def test_json_is_the_result_with_what_it_was_made_by(folder):
    result = told(folder, "--from", "2026-01-05", "--to", "2026-03-15")
    assert list(result)[:5] == ["schema", "version", "command", "data_sha256", "definition"]
    assert (result["schema"], result["version"]) == ("fotfeste.fidelity.suggest/1", version("fotfeste"))
    contacts = (folder / "contacts.csv").read_bytes()
    assert result["data_sha256"]["contacts.csv"] == sha256(contacts).hexdigest()
    assert result["definition"] == {"id": "ips-25", "version": IPS.version, "sha256": IPS.sha256}
    assert (result["starts_on"], result["ends_on"], result["service"]) == ("2026-01-05", "2026-03-16", "nord")
    assert [item["item"] for item in result["items"]] == [item.id for item in IPS.items]
    frequent = result["items"][16]
    assert (frequent["rating"], frequent["number"], frequent["numerator"], frequent["denominator"]) == (5, 6, 60, 10)
    assert frequent["anchor"]["least"] == 6
    assert "awaits_check" in frequent["marks"]
    assert len(frequent["ids"]) == 60


def test_people_see_the_number_the_suggestion_and_that_it_is_no_score(folder):
    result = run(folder, "--from", "2026-01-05", "--to", "2026-03-15")
    assert result.exit_code == 0
    assert "2026-01-05 til 2026-03-15" in result.stdout
    assert "60 / 10" in result.stdout
    assert "Seks eller flere, sett på hver uke" in result.stdout
    assert "Dette er en forberedelse og ingen vurdering" in result.stdout
    assert "* Ankeret er ikke kontrollert mot skjemaet ennå." in result.stdout
    assert "Å vurdere: Hvem som gir rådene" in result.stdout


def test_without_days_it_looks_back_half_a_year_from_the_last_thing_recorded(folder):
    result = told(folder)
    assert (result["starts_on"], result["ends_on"]) == ("2025-07-06", "2026-01-06")


def test_navs_variants_are_options(folder):
    nav = told(folder, "--decision-maker-required", "--school-counts")
    assert nav["options"]["decision_maker_required"] is nav["options"]["school_counts"] is True
    assert nav["items"][16]["number"] == 0


def test_a_choice_is_shown_with_both_ratings(tmp_path):
    records, _ = item_17({"specialists": "0/1/0/1/none"})
    few = [job(f"j{n}", "0-0", LONG_AGO) for n in range(9)]
    write_records(type(records)(participants=(participant("0-0"),), jobs=tuple(few)), tmp_path)
    result = run(tmp_path, "--to", START + WEEK)
    assert "1 eller 5*" in result.stdout
    assert "Færre enn ti jobber nå" in result.stdout


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--from", "1.1.2026"], "--from: «1.1.2026» er ikke en dato"),
        (["--from", "2026-02-01", "--to", "2026-01-31"], "Siste dag (2026-01-31) er før første dag."),
        (["--scale", "ips"], "Skalaen «ips» finnes ikke. Mente du «ips-25»?"),
        (["--scale", "tests/method/fidelity_two_subscales.toml"], "Ingen har sagt hvordan punktene i"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(folder, args, sentence, request):
    args = [request.config.rootpath / arg if arg.startswith("tests/") else arg for arg in args]
    result = run(folder, *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "Mappa finnes ikke eller har ingen CSV-filer."),
        ({"contact.csv": "id\n"}, "contact.csv: Fila er ukjent. Disse kan være der: participants.csv,"),
        (
            {"assignments.csv": "participant,specialist,starts_on\n1,ina,2.3.2026\n"},
            "assignments.csv, rad 2, kolonne starts_on: «2.3.2026» er ikke en dato, som 2026-01-31.",
        ),
        (
            {
                "participants.csv": "id,service\n1,nord\n2,sør\n",
            },
            "Ingenting i mappa har en dato.",
        ),
        (
            {"participants.csv": "id,service,entered_on\n1,nord,2026-01-01\n2,sør,\n"},
            "Mappa har flere tjenester (nord, sør). Hver må ha sin mappe.",
        ),
    ],
)
def test_a_folder_that_cannot_be_used_says_where_and_why(tmp_path, files, sentence):
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = run(tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
