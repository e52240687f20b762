"""What a start makes ready: tables and rules once, the keys, a demo or a first administrator."""

import base64
import re
from urllib.parse import quote

import pytest
from django.test import override_settings
from tests.database import as_owner
from tests.operations.servers import answer
from tests.operations.site import Visitor, said, serving

from fotfeste_web.config import embedded
from fotfeste_web.config.installed import OtherKey, is_up_to_date, keep_key, refuse_other_key
from fotfeste_web.rows.models import Mark

# A policy that is laid again gets a new number.
POLICIES = "SELECT array_agg(oid::int ORDER BY oid) FROM pg_policy"


@pytest.mark.django_db
def test_a_database_laid_by_this_code_is_up_to_date():
    assert is_up_to_date()


@pytest.mark.django_db
def test_a_migration_that_has_not_run_is_noticed(django_db_blocker):
    from django.db.migrations.recorder import MigrationRecorder

    with as_owner():
        MigrationRecorder.Migration.objects.filter(app="sharing").first().delete()
    assert not is_up_to_date()


@pytest.mark.django_db
def test_other_rules_than_those_of_this_code_are_noticed():
    with as_owner():
        Mark.objects.filter(of="rules").update(fingerprint="of another release")
    assert not is_up_to_date()


@pytest.mark.django_db
def test_a_lost_key_is_refused_with_what_to_do_and_the_kept_one_is_not():
    with as_owner():
        keep_key()
    refuse_other_key()
    new = base64.b64encode(bytes(range(32))).decode()
    with override_settings(FOTFESTE_IDENTITY_KEY=new):
        with as_owner():
            keep_key()  # does not take its place
        with pytest.raises(OtherKey, match="Finn den gamle") as refused:
            refuse_other_key()
    assert new not in str(refused.value)


def test_the_first_start_gives_a_link_and_the_next_lays_nothing_again(site, port):
    home = site
    with embedded.start(home) as server:
        laid = answer(server, POLICIES)
        assert len(laid) > 50
        with serving(home, port) as running:
            link = re.search(r"http://localhost:\d+(/inn/\S+)", running.printed)[1]
            assert Visitor(port).get(link)[0] == 200
        assert answer(server, POLICIES) == laid
        answer(server, "UPDATE rows_mark SET fingerprint = 'of another release' WHERE of = 'rules'")
        assert said("manage", "prepare", home=home)[0] == 0
        assert answer(server, POLICIES) != laid


def test_a_demo_begins_on_no_database_with_people_and_a_service_on_no_demo(site, port):
    home = site
    with embedded.start(home) as server:
        answer(server, "INSERT INTO demo_demoworld (seed, told_for, made_at, persons) VALUES (1, now(), now(), '[]')")
        code, words = said("serve", "--port", port, home=home)
        answer(server, "DELETE FROM demo_demoworld")
        assert code == 2
        assert "Denne databasen er en demo med oppdiktede personer." in words
        person = "INSERT INTO accounts_user (email, name, phone, password, is_active, made_up, joined_at)"
        answer(server, f"{person} VALUES ('ina@fotfeste.example', 'Ina', '', '', true, false, now())")
        code, words = said("demo", "--port", port, home=home)
        answer(server, "DELETE FROM accounts_user")
        assert code == 2
        assert "Denne databasen har folk i seg og er ikke en demo." in words


@pytest.mark.more
def test_without_the_address_of_the_owner_a_start_looks_and_changes_nothing(site, port):
    home = site
    with embedded.start(home) as server:
        sockets = quote(str(server.socket_directory), safe="")
        own = {
            "DATABASE_URL": f"postgres://fotfeste_web@{sockets}/fotfeste",
            "DATABASE_WORKER_URL": f"postgres://fotfeste_worker@{sockets}/fotfeste",
        } | {file.name: file.read_text() for file in (home / "secrets").iterdir()}
        with serving(home, port, **own) as running:
            assert "DATABASE_OWNER_URL er ikke satt: tabellene er kontrollert, ikke oppdatert." in running.printed
        answer(server, "UPDATE rows_mark SET fingerprint = 'of another release' WHERE of = 'rules'")
        code, words = said("serve", "--port", port, home=home, **own)
        assert code == 2
        assert "Kjør der den er satt: fotfeste manage prepare" in words
        code, words = said("manage", "prepare", home=home, **own)
        assert (code, words.strip().splitlines()[-1][:29]) == (2, "DATABASE_OWNER_URL mangler i ")
        assert said("manage", "prepare", home=home)[0] == 0


def test_with_a_database_of_ones_own_a_missing_secret_is_a_sentence(folder, port):
    own = {"DATABASE_URL": "postgres://web@db/fotfeste", "DATABASE_WORKER_URL": "postgres://worker@db/fotfeste"}
    code, words = said("serve", "--port", port, home=folder / "home", **own)
    assert code == 2
    assert words.startswith("FOTFESTE_SECRET_KEY mangler i miljøet.")
    assert "Traceback" not in words
