"""The site's tests on a server of one's own, set up as docs/drift says: the oldest PostgreSQL that Fotfeste takes."""

import base64
import os
import re
import subprocess
import sys

import psycopg
import pytest
from tests.operations.own_server import addresses, folder_of_the_server, lay_roles, own_server
from tests.operations.servers import SOURCE

# What people can type is the same on every server; these take longest.
WITHOUT = ["--ignore=tests/site/test_odd_input.py", "--ignore=tests/site/test_canary.py"]

pytestmark = pytest.mark.more


def test_the_tests_of_the_site_pass_on_a_server_of_ones_own(tmp_path):
    secret = base64.b64encode(bytes(range(32))).decode()
    with folder_of_the_server() as folder, own_server(folder):
        lay_roles(folder)
        with psycopg.connect(host=str(folder), user="postgres", dbname="fotfeste") as database:
            database.execute((SOURCE / "fotfeste_web/config/embedded/tests.sql").read_bytes())
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "tests/architecture", "tests/site", *WITHOUT, "-m", "not more", "-n", "2"],
            cwd=SOURCE.parent,
            env=os.environ
            | addresses(folder)
            | {"FOTFESTE_SECRET_KEY": secret, "FOTFESTE_IDENTITY_KEY": secret, "FOTFESTE_HOME": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-5000:]
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 300
    assert not (tmp_path / "test" / "postgres").exists()  # no embedded server was started
