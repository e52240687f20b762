"""A backup of the demo, taken while somebody writes, comes back row by row; and a drill tells whether it would."""

import re
import resource
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from fotfeste_web.backup import age
from fotfeste_web.backup.drill import drill
from fotfeste_web.backup.errors import BackupError
from fotfeste_web.backup.keys import export_keys, import_keys
from fotfeste_web.backup.manifest import Manifest
from fotfeste_web.backup.places import Place
from fotfeste_web.backup.report import report
from fotfeste_web.backup.restore import (
    opened,
    read_in,
    refuse_newer_code,
    refuse_unfit_server,
    refuse_unknown_key,
)
from fotfeste_web.backup.save import back_up
from fotfeste_web.config import embedded
from fotfeste_web.config.installed import keep_key
from fotfeste_web.rows.models import IDENTITY_KEY, Mark
from tests.database import as_owner
from tests.environment import HOME
from tests.operations.site import said

pytestmark = pytest.mark.more

PASSPHRASE = "blåbær og kantarell"
WRITTEN_MEANWHILE = "organisations_body"

# Every row as text in its order; what PostgreSQL says of policies, rights, functions, triggers, constraints, sequences.
ROWS = "SELECT md5(string_agg(t::text, E'\\n' ORDER BY t::text)), count(*) FROM {} t"
CATALOGUE = {
    "policies": "SELECT * FROM pg_policies ORDER BY tablename, policyname",
    "rights": "SELECT relname, grantee::regrole, privilege_type, grantor::regrole, is_grantable, relrowsecurity"
    " FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner)))"
    " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1, 2::text, 3",
    "functions": "SELECT proname, pg_get_functiondef(oid), proowner::regrole, proacl::text[] FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace ORDER BY 1, 2",
    "triggers": "SELECT tgrelid::regclass, pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal"
    " ORDER BY 1::text, 2",
    "constraints": "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace ORDER BY 1::text, 2",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    "sequences": "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1",
}


@dataclass(frozen=True)
class Taken:
    file: Path
    manifest: Manifest
    source: Place
    folder: Path


@pytest.fixture(autouse=True)
def _database(db) -> None:
    pass


@pytest.fixture(scope="module")
def taken(world, django_db_blocker) -> Iterator[Taken]:
    """The backup, while a writer adds rows from before its beginning until after its end."""
    with django_db_blocker.unblock(), as_owner():
        keep_key()
        name = connection.settings_dict["NAME"]
    sockets = embedded.socket_directory(HOME)
    source = Place(make_conninfo(host=str(sockets), port=embedded.PORT, user="fotfeste_owner", dbname=name))
    done = threading.Event()

    def write() -> None:
        with source.connect() as writer:
            number = 0
            while not done.wait(0.01) or not number:
                number += 1
                writer.execute("INSERT INTO organisations_body (kind, name) VALUES ('other', %s)", [f"Ny {number}"])
                writer.commit()
            writer.execute("INSERT INTO organisations_body (kind, name) VALUES ('other', 'Etterpå')")

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder).resolve() / "kopi.age"
        thread = threading.Thread(target=write)
        thread.start()
        with pytest.MonkeyPatch.context() as quick:
            quick.setattr(age, "WORK", 10)  # to open it takes no time; what the file says of itself holds
            manifest = back_up(source, file, PASSPHRASE)
        done.set()
        thread.join()
        yield Taken(file, manifest, source, file.parent)
    with django_db_blocker.unblock(), as_owner():
        Mark.objects.filter(of=IDENTITY_KEY).delete()


@pytest.fixture(scope="module")
def restored(taken) -> Iterator[Place]:
    """An empty machine that got the key from its own file and then the backup."""
    home, keys, words = taken.folder / "ny", taken.folder / "nokkel.age", taken.folder / "ord"
    words.write_text(PASSPHRASE + "\n")
    with pytest.MonkeyPatch.context() as there:
        export_keys(keys, PASSPHRASE)
        there.setenv("FOTFESTE_HOME", str(home))
        import_keys(keys, PASSPHRASE)
    code, answer = said("restore", taken.file, "--passphrase-file", words, home=home)
    assert code == 0, answer
    rows, tables = sum(taken.manifest.rows.values()), len(taken.manifest.rows)
    assert f"{rows} rader i {tables} tabeller er lest inn. Start med: fotfeste demo" in answer
    with embedded.start(home) as server:
        yield Place(server.dsn("fotfeste_owner"))


@pytest.fixture
def folder() -> Iterator[Path]:
    """A closed folder of the test's own; above `tmp_path` another run of pytest changes the modes."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name).resolve()


def rows(place: Place) -> dict[str, tuple[str, int]]:
    with place.connect() as asked:
        tables = asked.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {table: asked.execute(ROWS.format(table)).fetchone() for (table,) in tables}


def test_every_row_of_every_table_comes_back(taken, restored):
    before, after = rows(taken.source), rows(restored)
    there, back = before.pop(WRITTEN_MEANWHILE), after.pop(WRITTEN_MEANWHILE)
    assert after == before
    assert sum(count for _, count in before.values()) > 10_000
    assert 0 < back[1] < there[1]  # one moment: what was written after it is not there


@pytest.mark.parametrize("what", CATALOGUE)
def test_the_rules_of_the_database_come_back(taken, restored, what):
    with taken.source.connect() as before, restored.connect() as after:
        was, came = (in_plain_words(place.execute(CATALOGUE[what]).fetchall()) for place in (before, after))
    if what == "sequences":  # the writer went on
        was, came = ([line for line in lines if "organisations_body" not in line] for lines in (was, came))
    assert came == was
    assert was


def in_plain_words(lines: list[tuple]) -> list[str]:
    """PostgreSQL writes `(ARRAY['a'::character varying])::text[]` out as `ARRAY[('a'::character varying)::text]`."""
    return sorted(re.sub(r"::text\[\]|::text|::character varying|[()]", "", repr(line)) for line in lines)


def test_a_database_with_something_in_it_is_left_as_it_is(taken, restored):
    before = rows(restored)
    with opened(taken.file, PASSPHRASE) as backup, pytest.raises(BackupError, match="Databasen er ikke tom"):
        read_in(backup, restored)
    assert rows(restored) == before


def test_an_older_postgresql_and_an_older_fotfeste_are_refused(taken, restored):
    newer = replace(taken.manifest, postgresql=99)
    with restored.connect() as there, pytest.raises(BackupError, match="bare leses inn i PostgreSQL 99 eller nyere"):
        refuse_unfit_server(there, newer)
    with pytest.raises(BackupError, match="fra en nyere utgave av Fotfeste"):
        refuse_newer_code(replace(taken.manifest, migrations=("caseload.9999_later",)))
    refuse_newer_code(taken.manifest)


def test_the_drill_restores_the_demo_starts_it_and_leaves_nothing(taken, folder, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    done = drill(taken.file, PASSPHRASE)
    told = report(done)
    assert done.fault == ""
    assert done.rows == taken.manifest.rows
    assert "Resultat:       bestått" in told
    assert "Nettstedet svarte på /helse/" in told
    participants = re.search(r"caseload_participant +(\d+) +(\d+)\n", told)
    assert participants[1] == participants[2] != "0"
    assert list(folder.iterdir()) == []


def test_a_drill_that_fails_says_so_in_its_report(taken, folder):
    file, words = folder / "kopi.age", folder / "ord"
    words.write_text(PASSPHRASE)
    with open(file, "wb") as stream:
        sealed = age.Sealed(stream, PASSPHRASE)
        sealed.write(taken.manifest.line() + b"PGDMP and then nothing")
        sealed.finish()
    code, answer = said("drill", file, folder / "rapport.txt", "--passphrase-file", words, home=HOME)
    told = (folder / "rapport.txt").read_text()
    assert code == 2
    assert "Prøven er ikke bestått. Sikkerhetskopien ble ikke lest inn, og databasen er tom som før." in answer
    assert "Resultat:       ikke bestått" in told
    assert "Hver del av filen er hel" in told
    assert "Alt er lest inn" not in told


def test_another_key_is_refused_before_anything_is_written(taken, folder, monkeypatch):
    words = folder / "ord"
    words.write_text(PASSPHRASE)
    home = folder / "ny"
    code, answer = said("restore", taken.file, "--passphrase-file", words, home=home, FOTFESTE_IDENTITY_KEY="")
    assert code == 2
    assert "FOTFESTE_IDENTITY_KEY her er ikke den som sikkerhetskopien er laget med" in answer
    assert not home.exists()
    monkeypatch.setenv("FOTFESTE_IDENTITY_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
    with pytest.raises(BackupError, match="er ikke den som sikkerhetskopien er laget med"):
        refuse_unknown_key(taken.manifest)


def test_a_file_that_is_changed_anywhere_or_cut_off_is_refused(taken, folder):
    whole = taken.file.read_bytes()
    broken = folder / "kopi.age"
    for content in (whole[:-1], whole[: len(whole) // 2], whole[:-65536], whole + b"\0", whole[:100], b""):
        broken.write_bytes(content)
        with (
            pytest.raises(BackupError, match=r"skadet eller ikke hel|ingen sikkerhetskopi"),
            opened(broken, PASSPHRASE) as backup,
        ):
            backup.check()


def test_another_passphrase_or_another_programs_file_is_a_sentence(taken, folder):
    with pytest.raises(BackupError, match="Passordfrasen er feil"), opened(taken.file, "blåbær og tyttebær"):
        pass
    other = folder / "kopi.age"
    other.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(BackupError, match="er ingen sikkerhetskopi fra Fotfeste"), opened(other, PASSPHRASE):
        pass
    with open(other, "wb") as stream:
        sealed = age.Sealed(stream, PASSPHRASE)
        sealed.write(b"a letter")
        sealed.finish()
    with pytest.raises(BackupError, match="men er ingen sikkerhetskopi"), opened(other, PASSPHRASE):
        pass


def test_nothing_of_what_is_inside_can_be_read_without_the_passphrase(taken):
    whole = taken.file.read_bytes()
    for word in (b"caseload", b"PGDMP", b"fotfeste", taken.manifest.identity_keys[0].encode()):
        assert word not in whole


def test_the_identity_key_is_not_in_the_backup(taken):
    key = (HOME / "secrets" / "FOTFESTE_IDENTITY_KEY").read_bytes()
    with opened(taken.file, PASSPHRASE) as backup:
        as_text = subprocess.run(
            [embedded.program("pg_restore"), "-f", "-"], input=b"".join(backup.dump()), capture_output=True, check=True
        ).stdout
    assert taken.manifest.identity_keys[0].encode() in as_text
    assert key not in as_text


def test_a_backup_that_cannot_be_written_leaves_the_earlier_one_and_nothing_else(taken, folder):
    with pytest.raises(BackupError, match="kan ikke skrives: No such file or directory"):
        back_up(taken.source, folder / "ingen" / "kopi.age", PASSPHRASE)
    (folder / "kopi.age").write_text("fra i går")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))  # as a disk that is full
    try:
        with pytest.raises(BackupError, match="kan ikke skrives: File too large"):
            back_up(taken.source, folder / "kopi.age", PASSPHRASE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert {file.name: file.read_text() for file in folder.iterdir()} == {"kopi.age": "fra i går"}
