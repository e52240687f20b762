"""Attack the site: `python -m benchmarks.attacks 100000`. Seeded; the same seed makes the same requests.

In one process with Django's handler and every middleware, CSRF checks on for a share; no server and no TLS before it.
"""

import argparse
import os
import time
from random import Random

import django

from benchmarks.homes import home
from benchmarks.telling import tell
from fotfeste_web.config.processes import database, manage

EPISODE = 1000  # requests in one world; a tenth of what they store stays for the next


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attacks", description=__doc__)
    parser.add_argument("count", type=int, help="how many requests")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", help="a request that was printed, to be made alone")
    asked = parser.parse_args()
    with home(FOTFESTE_SYNTHETIC_ONLY="1"), database():
        manage("prepare")
        os.environ["FOTFESTE_ROLE"] = "owner"  # acts as the web role from the first request, as in the tests
        django.setup()
        _attack(asked.count, asked.seed, asked.again)


def _attack(count: int, seed: int, again: str | None) -> None:
    from django.conf import settings
    from django.db import connection

    from benchmarks.attacks.attacker import Attacker, Figures, thousands
    from benchmarks.attacks.world import site

    settings.DATABASES["default"]["OPTIONS"]["options"] = "-c role=fotfeste_web"
    figures, told, began, attacking = Figures(), 0, time.perf_counter(), 0.0
    for first in range(0, count, EPISODE):
        with thousands(), site() as made:
            attacker, random, start = Attacker(made, figures), Random(f"{seed} {first}"), time.perf_counter()
            if again:
                attacker.again(again)
            else:
                for _ in range(min(EPISODE, count - first)):
                    attacker.attack(random)
            attacking += time.perf_counter() - start
        for fault in figures.faults[told:]:
            tell("fault", **fault)
        told = len(figures.faults)
        tell("attacks so far", seed=seed, texts_planted=made.planted, **figures.told())
    connection.close()
    tell(
        "attacks",
        seed=seed,
        per_second=round(len(figures.milliseconds) / attacking, 1),
        seconds=round(time.perf_counter() - began),
        **figures.told(),
    )


if __name__ == "__main__":
    main()
