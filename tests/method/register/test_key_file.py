"""The key of a participant file opens with its code, and with nothing else."""

import os
from importlib.metadata import EntryPoint

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from fotfeste.cli import GROUP, command_line
from fotfeste.register.key_file import WrongCode, lock, new_code, unlock

KEY = b"person_id,fodselsnummer\np234567abcdefghij,29907012345\n"


def run(*args, code):
    found = [EntryPoint(name="register", group=GROUP, value="fotfeste.commands.register:app")]
    return CliRunner().invoke(command_line(found), ["register", "open-key", *map(str, args)], input=f"{code}\n")


@given(st.binary(max_size=200))
def test_what_was_locked_is_opened_by_its_code(content):
    code, public = new_code()
    assert unlock(lock(content, public), code) == content


def test_a_code_may_be_written_in_capitals_and_with_spaces():
    code, public = new_code()
    assert len(code.replace("-", "")) == 52
    assert unlock(lock(KEY, public), code.upper().replace("-", " ")) == KEY


def test_two_locked_files_of_one_key_have_nothing_in_common():
    _, public = new_code()
    one, other = lock(KEY, public), lock(KEY, public)
    assert one[20:60] != other[20:60]
    assert KEY[:9] not in one


def test_another_code_or_a_file_with_one_sign_changed_opens_nothing():
    (code, public), (other, _) = new_code(), new_code()
    locked = lock(KEY, public)
    with pytest.raises(WrongCode) as refused:
        unlock(locked, other)
    assert refused.value.reason == "file"
    for at in range(len(locked)):
        with pytest.raises(WrongCode):
            unlock(locked[:at] + bytes([locked[at] ^ 1]) + locked[at + 1 :], code)


def test_the_command_writes_a_file_that_nobody_else_reads(tmp_path):
    code, public = new_code()
    (tmp_path / "nokkel.last").write_bytes(lock(KEY, public))
    told = run(tmp_path / "nokkel.last", "--out", tmp_path / "nokkel.csv", code=code)
    assert told.exit_code == 0, told.output
    assert (tmp_path / "nokkel.csv").read_bytes() == KEY
    assert os.stat(tmp_path / "nokkel.csv").st_mode & 0o077 == 0
    assert code not in told.output


@pytest.mark.parametrize(
    ("code", "said"),
    [("ikke en kode", "52 bokstaver"), (new_code()[0], "åpner ikke denne fila")],
    ids=["no code", "another"],
)
def test_a_code_that_does_not_open_it_is_refused_in_a_sentence(tmp_path, code, said):
    _, public = new_code()
    (tmp_path / "nokkel.last").write_bytes(lock(KEY, public))
    told = run(tmp_path / "nokkel.last", "--out", tmp_path / "nokkel.csv", code=code)
    assert told.exit_code == 2
    assert said in told.output
    assert not (tmp_path / "nokkel.csv").exists()
