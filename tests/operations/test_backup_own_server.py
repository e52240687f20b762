"""Backups on a server of one's own: to a newer PostgreSQL and not to an older; and back to a point in time."""

import re
import shutil
import time

import psycopg
import pytest
from tests.operations.own_server import MANUALS, addresses, folder_of_the_server, lay_roles, own_server, run, running
from tests.operations.servers import answer
from tests.operations.signed_in import make_people
from tests.operations.site import said

from fotfeste_web.config import embedded

pytestmark = pytest.mark.more

SECRETS = {
    "FOTFESTE_SECRET_KEY": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "FOTFESTE_IDENTITY_KEY": "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=",
}
PERSON = (
    "INSERT INTO accounts_user (email, name, phone, password, is_active, made_up, joined_at)"
    " VALUES (%s, 'Ina', '', '', true, false, now())"
)


@pytest.fixture
def words(folder):
    words = folder / "ord"
    words.write_text("blåbær og kantarell")
    return "--passphrase-file", words


def test_a_backup_goes_to_a_newer_postgresql_and_to_an_older_it_is_a_sentence(folder, words):
    home, other = folder / "home", folder / "other"
    with folder_of_the_server() as sockets, own_server(sockets):
        lay_roles(sockets)
        own = addresses(sockets) | SECRETS
        assert said("manage", "prepare", home=home, **own)[0] == 0
        with psycopg.connect(host=str(sockets), user="fotfeste_owner", dbname="fotfeste") as owner:
            owner.execute(PERSON, ["ina@fotfeste.example"])
        assert said("backup", folder / "gammel.age", *words, home=home, **own)[0] == 0
        assert said("restore", folder / "gammel.age", *words, home=other, **SECRETS)[0] == 0
        with embedded.start(other) as server:
            assert answer(server, "SELECT email FROM accounts_user") == "ina@fotfeste.example"

        assert said("backup", folder / "ny.age", *words, home=other, **SECRETS)[0] == 0
        with psycopg.connect(host=str(sockets), user="postgres", dbname="postgres", autocommit=True) as cluster:
            cluster.execute("DROP DATABASE fotfeste")
        lay_roles(sockets)
        code, said_ = said("restore", folder / "ny.age", *words, home=home, **own)
        assert code == 2
        assert "Den kan bare leses inn i PostgreSQL 18 eller nyere." in said_
        assert said("restore", folder / "gammel.age", *words, home=home, **own)[0] == 0


def test_a_database_is_brought_back_to_the_moment_before_the_mistake(folder):
    """What the manual says, on a site's own tables: an archive of the log, a base copy, and a time."""
    settings, recovery = re.findall(r"```\n((?:wal_level|restore_command).*?)```", manual(), re.DOTALL)
    with folder_of_the_server() as sockets:
        (sockets / "wal").mkdir()
        shutil.chown(sockets / "wal", sockets.owner(), sockets.group())
        own = addresses(sockets) | SECRETS
        with own_server(sockets, settings.replace("/arkiv/wal", str(sockets / "wal"))):
            lay_roles(sockets)
            assert said("manage", "prepare", home=folder, **own)[0] == 0
            made = make_people(folder, **own)
            run("pg_basebackup", "-h", sockets, "-U", "postgres", "--checkpoint=fast", "--pgdata", sockets / "base")
            with psycopg.connect(host=str(sockets), user="fotfeste_owner", dbname="fotfeste", autocommit=True) as owner:
                for number in range(20):
                    if number == 10:
                        time.sleep(0.2)
                        target = owner.execute("SELECT clock_timestamp()::text").fetchone()[0]
                        time.sleep(0.2)
                    owner.execute(PERSON, [f"{number}@fotfeste.example"])
                owner.execute("DELETE FROM followup_note")  # the mistake
            with psycopg.connect(host=str(sockets), user="postgres", dbname="postgres", autocommit=True) as cluster:
                last = cluster.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()[0]
                archived = "SELECT coalesce(last_archived_wal >= %s, false) FROM pg_stat_archiver"
                while not cluster.execute(archived, [last]).fetchone()[0]:
                    time.sleep(0.1)
        assert made.participant
        shutil.rmtree(sockets / "data")  # the machine is gone
        (sockets / "base").rename(sockets / "data")
        recovery = recovery.replace("/arkiv/wal", str(sockets / "wal"))
        with open(sockets / "data" / "postgresql.conf", "a") as file:
            file.write(re.sub(r"recovery_target_time = .*", f"recovery_target_time = '{target}'", recovery))
        (sockets / "data" / "recovery.signal").touch()
        with running(sockets):
            with psycopg.connect(host=str(sockets), user="fotfeste_owner", dbname="fotfeste", autocommit=True) as owner:
                while owner.execute("SELECT pg_is_in_recovery()").fetchone()[0]:
                    time.sleep(0.1)
                found = owner.execute("SELECT email FROM accounts_user WHERE name = 'Ina' ORDER BY id").fetchall()
                notes = owner.execute("SELECT count(*) FROM followup_note").fetchone()[0]
            assert [email for (email,) in found] == [f"{number}@fotfeste.example" for number in range(10)]
            assert notes > 0
            assert said("manage", "prepare", home=folder, **own)[0] == 0


def manual() -> str:
    return (MANUALS / "sikkerhetskopi.md").read_text()
