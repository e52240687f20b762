"""The smallest site that `serve` can run: it answers on the health address, and can be kept busy."""

import os
import re


def application(environ, start_response):
    if environ["PATH_INFO"] == "/opptatt/":
        re.match(r"(a+)+$", "a" * 60 + "b")  # for years, and no other thread of the process gets a turn
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]


SERVE = """
import sys
from fotfeste_web.config.processes import CannotServe, Commands, serve
port = int(sys.argv[1])
python = sys.executable
web = [python, "-m", "fotfeste_web.config.web", "tests.operations.standin:application", "127.0.0.1", str(port)]
worker = [python, "-c", "import time; from fotfeste_web.config.leash import *; end_with_parent(); time.sleep(600)"]
prepare = [python, "-c", "import os; print('prepare as', os.environ['FOTFESTE_ROLE'], flush=True)"]
try:
    serve(port, commands=Commands(prepare=prepare, web=web, worker=worker), greeting="Logg inn som Ina")
except CannotServe as error:
    sys.exit(str(error))
"""
