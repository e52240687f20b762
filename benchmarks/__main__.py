"""How fast it is: one JSON line a figure, nothing asserted. `make bench`.

`make bench PEOPLE=1000000` takes registers of a million people: 11 GB of memory and ten minutes more.
"""

import argparse
import re
import subprocess
import sys
import time
from socket import socket

from benchmarks.economics import economics
from benchmarks.evidence import evidence
from benchmarks.fidelity import fidelity
from benchmarks.homes import COMMAND, home
from benchmarks.register import EVERYDAY, register
from benchmarks.results import results
from benchmarks.telling import tell
from benchmarks.trial import trial
from fotfeste_web.config.processes import database, manage

SIZES = ("10", "100")  # services


def start(figure: str) -> None:
    """From the command to the answer, and then to the end of every process."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.perf_counter()
    command = [*COMMAND, "demo", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            if "Fotfeste svarer på" in line:
                break
        answered = time.perf_counter()
        process.terminate()
        process.communicate()
    tell(figure, seconds=round(answered - began, 2), seconds_to_end=round(time.perf_counter() - answered, 2))


def load() -> None:
    began = time.perf_counter()
    code = manage("load_demo", "--fresh", "--verbosity=0")
    tell("load_demo", seconds=round(time.perf_counter() - began, 2), exit_code=code)


def demo_pages() -> None:
    """As a job specialist of the demo."""
    import django

    django.setup()
    from benchmarks.pages import log_a_meeting, look, reverse, signed_in
    from fotfeste_web.accounts.models import User
    from fotfeste_web.demo.models import DemoWorld

    demo = DemoWorld.objects.get()
    client = signed_in(User.objects.get(pk=next(p["user"] for p in demo.persons if "obbspesialist" in p["role"])))
    listed = client.get(reverse("participants")).content.decode()
    participant = re.findall(r'href="/deltakere/([0-9a-f-]{36})/"', listed)[0]
    for name, of in (("today", []), ("participants", []), ("participant", [participant])):
        look(tell, name, client, reverse(name, args=of), site="demo")
    log_a_meeting(tell, "contact_log POST", client, "Fjellbris Bakeri", site="demo")


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--people", type=int, default=EVERYDAY, help="in the registers")
    people = asked.parse_args().people
    evidence(tell)
    economics(tell)
    trial(tell)
    fidelity(tell)
    register(tell, people=people)
    results(tell)
    with home(FOTFESTE_DEMO="1"):
        start("first start of a demo")
        start("next start of a demo")
        with database():
            load()
            demo_pages()
    for size in SIZES:
        subprocess.run([sys.executable, "-m", "benchmarks.nation", size], check=True)
