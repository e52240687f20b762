"""How long a large spreadsheet of participants takes, in one process: `python -m benchmarks.imports 20000`."""

import os
import sys
import time
from resource import RUSAGE_SELF, getrusage

import django

from benchmarks.homes import home
from benchmarks.telling import tell
from fotfeste_web.config.processes import database, manage


def bring_in(people: int) -> None:
    from django.conf import settings
    from django.utils import timezone
    from tests.site.spreadsheets import as_xlsx, brought, work
    from tests.site.test_imports_undone import people as rows
    from tests.site.world import build

    settings.DATABASES["default"]["OPTIONS"]["options"] = "-c role=fotfeste_owner"
    world = build(timezone.localdate())
    one = brought(world, "participants", as_xlsx(rows(world, people)))
    for step in ("check", "store", "undo"):
        began, used, memory = time.perf_counter(), time.process_time(), getrusage(RUSAGE_SELF).ru_maxrss
        outcome = work(world, step, one)
        tell(
            f"import, {step}",
            people=people,
            seconds=round(time.perf_counter() - began, 1),
            processor_seconds=round(time.process_time() - used, 1),
            more_megabytes=(getrusage(RUSAGE_SELF).ru_maxrss - memory) // 1024,
            said=outcome.sentence,
        )


if __name__ == "__main__":
    with home(FOTFESTE_SYNTHETIC_ONLY="1"), database():
        manage("prepare")
        os.environ["FOTFESTE_ROLE"] = "owner"
        django.setup()
        bring_in(int(sys.argv[1]))
