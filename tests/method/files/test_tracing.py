"""From a result back to its sources."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fotfeste.commands.trace import app
from fotfeste.files.made import made_by, write_beside
from fotfeste.files.tracing import NoResult, Traced, trace


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """rows.csv and people.csv became d/table.csv, which became middle.json, which with plan.toml became last.json."""
    monkeypatch.chdir(tmp_path)
    Path("rows.csv").write_text('a;b\n1;"two\nlines"\n\n2;x\n', encoding="utf-8")
    Path("people.csv").write_text("a\n1\n", encoding="utf-8")
    Path("plan.toml").write_text("x = 1\n", encoding="utf-8")
    Path("d").mkdir()
    Path("d/table.csv").write_text("a\n1\n2\n3\n", encoding="utf-8")
    told = made_by("test make", definition=None, data_sha256=None, made_of=[Path("rows.csv"), Path("people.csv")])
    write_beside(Path("d/table.made.json"), told, [Path("d/table.csv")])
    write("middle.json", "test middle", "d/table.csv")
    write("last.json", "test last", "middle.json", "plan.toml")
    return tmp_path


def write(name: str, command: str, *files: str) -> None:
    told = made_by(command, definition={"id": "one", "version": 2}, data_sha256=None, made_of=map(Path, files))
    Path(name).write_text(json.dumps(told), encoding="utf-8")


def statuses(told: Traced) -> dict[str, str]:
    return {told.file: told.status} | {name: s for one in told.made_of for name, s in statuses(one).items()}


WHOLE = {
    "last.json": "unchanged",
    "middle.json": "unchanged",
    "d/table.csv": "unchanged",
    "rows.csv": "source",
    "people.csv": "source",
    "plan.toml": "source",
}


def test_the_walk_reaches_the_rows_with_hash_and_command(made: Path) -> None:
    told = trace(Path("last.json"))
    assert statuses(told) == WHOLE
    assert told.is_whole
    table = told.made_of[0].made_of[0]
    rows = table.made_of[0]
    assert (table.command, table.rows) == ("test make", 3)
    assert (rows.command, rows.rows) == (None, 2)  # a line break within a cell and an empty line are no rows
    assert rows.sha256 == sha256(Path("rows.csv").read_bytes()).hexdigest()


@pytest.mark.parametrize("name", [name for name in WHOLE if name != "last.json"])
def test_one_byte_more_is_found_in_that_file_alone_and_the_walk_goes_on(made: Path, name: str) -> None:
    with Path(name).open("ab") as file:
        file.write(b" ")
    told = trace(Path("last.json"))
    assert statuses(told) == WHOLE | {name: "changed"}
    assert not told.is_whole


def test_a_file_changed_between_being_made_and_being_used_is_found(made: Path) -> None:
    Path("d/table.csv").write_text("a\n9\n", encoding="utf-8")
    write("middle.json", "test middle", "d/table.csv")
    assert statuses(trace(Path("middle.json")))["d/table.csv"] == "changed"


def test_the_walk_is_the_same_from_another_folder(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    assert {name: s for name, s in statuses(trace(made / "last.json")).items() if name in WHOLE} == {
        name: status for name, status in WHOLE.items() if name != "last.json"
    }


def test_the_command_prints_the_tree_and_ends_with_1_when_a_file_is_gone(made: Path) -> None:
    whole = CliRunner().invoke(app, ["last.json"])
    assert whole.exit_code == 0
    assert "test last" in whole.stdout
    assert "one, versjon 2" in whole.stdout
    assert "kilde, uendret, 2 rader" in whole.stdout
    Path("people.csv").unlink()
    broken = CliRunner().invoke(app, ["last.json", "--json"])
    assert broken.exit_code == 1
    told = json.loads(broken.stdout)
    assert told["made_of"][0]["made_of"][0]["made_of"][1] | {"file": "", "status": ""} == {
        "file": "",
        "sha256": None,
        "status": "",
        "command": None,
        "version": None,
        "definition": None,
        "rows": None,
        "studies": [],
        "made_of": [],
    }
    assert "people.csv  finnes ikke" in CliRunner().invoke(app, ["last.json"]).stdout


@pytest.mark.parametrize(
    ("name", "content", "reason", "said"),
    [
        ("none.json", None, "not_found", "Filen finnes ikke."),
        ("cut.json", '{"command": "x", ', "json", "Filen kan ikke leses som JSON."),
        ("other.json", '{"command": "x"}', "no_result", "Filen er ikke et resultat"),
        ("hand.json", '{"command": "x", "made_of": ["y"]}', "no_result", "Filen er ikke et resultat"),
        ("some.csv", "a\n1\n", "no_result", "Filen er ikke et resultat"),
    ],
)
def test_what_is_no_result_is_said_in_a_sentence(
    made: Path, name: str, content: str | None, reason: str, said: str
) -> None:
    if content:
        Path(name).write_text(content, encoding="utf-8")
    with pytest.raises(NoResult) as refused:
        trace(Path(name))
    assert (refused.value.file, refused.value.reason) == (name, reason)
    told = CliRunner().invoke(app, [name])
    assert told.exit_code == 2
    assert said in told.output


def test_a_file_that_is_made_of_itself_is_refused(made: Path) -> None:
    for name, of in (("a.json", "b.json"), ("b.json", "a.json")):
        Path(name).write_text(json.dumps({"command": name, "made_of": [{"file": of, "sha256": "0"}]}), encoding="utf-8")
    with pytest.raises(NoResult) as refused:
        trace(Path("a.json"))
    assert refused.value.reason == "cycle"
