"""An upgrade that stops half-way: the database is as before, a sentence says what happened, and the old site starts."""

import os
import signal
import time

import pytest
from django.db import connection
from django.db.utils import DataError

from fotfeste_web.config import embedded
from fotfeste_web.rows import install
from tests.database import as_owner
from tests.operations.servers import answer, family, until
from tests.operations.site import Visitor, fotfeste, said, serving

NEXT = {"DJANGO_SETTINGS_MODULE": "tests.faults.half_way_settings"}
LAID = "SELECT to_regclass('half_way')::text"
RIGHTS = "SELECT has_table_privilege('fotfeste_web', 'caseload_participant', 'SELECT')"
SENTENCE = "Oppdateringen av tabellene stoppet (InvalidTextRepresentation)."


@pytest.mark.more
def test_a_step_that_fails_leaves_the_database_as_it_was_and_the_old_site_starts(site, port):
    with embedded.start(site) as server:
        for command in (("manage", "prepare"), ("serve", "--port", port)):
            code, words = said(*command, home=site, HALF_WAY="fails", **NEXT)
            assert code == 2
            assert SENTENCE in words
            assert "half_way.0001_initial" in words
            assert "Kari Nilsen" not in words
            assert "Traceback" not in words
            assert answer(server, LAID) is None
            assert answer(server, RIGHTS) is True
        with serving(site, port):
            assert Visitor(port).get("/konto/login/")[0] == 200


@pytest.mark.more
def test_an_upgrade_that_is_killed_leaves_the_database_as_it_was_and_the_next_one_waits_for_its_end(site):
    with embedded.start(site) as server:
        with fotfeste("manage", "prepare", home=site, HALF_WAY="takes its time", **NEXT) as upgrade:
            asleep = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
            assert until(lambda: answer(server, asleep, role="postgres") == 1, seconds=60)
            for pid in family(upgrade.pid):
                os.kill(pid, signal.SIGKILL)
        began = time.monotonic()
        assert said("manage", "prepare", home=site)[0] == 0
        assert time.monotonic() - began > 1  # the killed one's transaction had to end first
        assert answer(server, LAID) is None
        assert answer(server, RIGHTS) is True


@pytest.mark.django_db
def test_rules_that_are_laid_half_way_are_not_laid_at_all(monkeypatch, tmp_path):
    """What follows the migrations is one transaction too: rights are not taken and never given back."""
    broken = tmp_path / "broken.sql"
    broken.write_text("REVOKE ALL ON caseload_participant FROM fotfeste_web; SELECT 1/0")
    monkeypatch.setattr(install, "FUNCTIONS", (*install.FUNCTIONS, broken))
    with as_owner():
        with pytest.raises(DataError, match="division by zero"):
            install.install()
        with connection.cursor() as cursor:
            cursor.execute(RIGHTS)
            assert cursor.fetchone()[0] is True
