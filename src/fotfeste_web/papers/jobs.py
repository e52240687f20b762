"""What the worker does by itself, and when: from procrastinate's own list."""

from procrastinate.contrib.django import app

from fotfeste_web.papers.marks import table
from fotfeste_web.papers.words import TASKS


def periodic(_: str = "") -> str:
    """Give the jobs that start by the clock."""
    tasks = sorted(app.periodic_registry.periodic_tasks.values(), key=lambda each: (each.cron, each.task.name))
    return table(
        ["tid (UTC, som cron)", "hva", "oppgave", "kø-lås"],
        (
            [f"`{each.cron}`", TASKS[each.task.func.__name__], f"`{each.task.name}`", f"`{each.task.queueing_lock}`"]
            for each in tasks
        ),
    )
