"""Wishes, openness and next steps. Versions are written in turn, so that the history has each of them."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any, TypeVar

from django.db import connection

from fotfeste_web.caseload.models import NextStep, Openness, WishedOccupation, Wishes
from fotfeste_web.demo.story import world as told
from fotfeste_web.demo.story.phrases import lines

from .loaded import ROWS_AT_A_TIME, Loaded

V = TypeVar("V")
Values = dict[str, Any]


def load(loaded: Loaded) -> None:
    wishes: dict[str, Wishes] = {}
    for version, written in in_turn(_wishes(loaded, one) for one in loaded.world.participants):
        write(Wishes, wishes, version, [values for values, _ in written])
        _wish_occupations(version, written)
    date_history(Wishes, "updated_at")
    openness: dict[str, Openness] = {}
    for version, plans in in_turn(_openness(loaded, one) for one in loaded.world.participants):
        write(Openness, openness, version, plans)
    date_history(Openness, "least((agreed_on + time '13:00') AT TIME ZONE 'Europe/Oslo', now())")
    NextStep.objects.bulk_create(
        (_next_step(loaded, one, period, step) for one, period in loaded.begun() for step in period.next_steps),
        batch_size=ROWS_AT_A_TIME,
    )


def in_turn(of_each: Iterable[Iterable[V]]) -> Iterator[tuple[int, list[V]]]:
    """Give the first version of each, then the second of those who have one, and so on."""
    for version, level in enumerate(zip_longest(*of_each), 1):
        yield version, [one for one in level if one is not None]


def write(model: Any, rows: dict[Any, Any], version: int, written: list[Values]) -> None:
    if version == 1:
        made = model.objects.bulk_create(model(**values) for values in written)
        rows.update((row.participant_id, row) for row in made)
        return
    changed = []
    for values in written:
        row = rows[values["participant"].pk]
        for name, value in {**values, "version": version}.items():
            setattr(row, name, value)
        changed.append(row)
    model.objects.bulk_update(changed, [*written[0], "version"])


def _wish_occupations(version: int, written: list[tuple[Values, tuple[str, ...]]]) -> None:
    WishedOccupation.objects.filter(participant__in=[values["participant"] for values, _ in written]).delete()
    WishedOccupation.objects.bulk_create(
        WishedOccupation(participant=values["participant"], styrk08=code, order=order, version=version)
        for values, occupations in written
        for order, code in enumerate(occupations)
    )


def date_history(model: Any, written_at: str) -> None:
    """Let the history say when each version was written; it was the triggers that wrote it, now."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model.pgh_event_model._meta.db_table} SET pgh_created_at = {written_at}")  # noqa: S608


def _wishes(loaded: Loaded, one: told.Participant) -> Iterator[tuple[Values, tuple[str, ...]]]:
    for period in one.periods:
        for profile in period.profiles:
            values = {
                "participant": loaded.participants[one.key],
                "goal": profile.goal,
                "hours_per_week": profile.hours_per_week,
                "times_of_day": profile.times_of_day,
                "place": profile.place,
                "environment": profile.environment,
                "helps_at_work": profile.helps_at_work,
                "updated_by": loaded.specialist_on(period, profile.mapped_on),
                "updated_at": loaded.at_work(profile.mapped_on),
            }
            yield values, profile.occupations


def _openness(loaded: Loaded, one: told.Participant) -> Iterator[Values]:
    for period in one.periods:
        for plan in period.openness:
            yield {
                "participant": loaded.participants[one.key],
                "may_contact": plan.may_contact,
                "advantages": " ".join(loaded.rng.sample(lines("careers.openness.advantages"), 2)),
                "drawbacks": loaded.rng.choice(lines("careers.openness.drawbacks")),
                "may_tell": plan.may_tell,
                "must_not_tell": plan.must_not_tell,
                "agreed_on": plan.agreed_on,
                "updated_by": loaded.specialist_on(period, plan.agreed_on),
            }


def _next_step(loaded: Loaded, one: told.Participant, period: told.Period, step: told.NextStep) -> NextStep:
    participant, specialist = loaded.participants[one.key], loaded.specialist_on(period, step.agreed_on)
    both = f"{participant.first_name} og {specialist.get_short_name()}"
    return NextStep(
        participant=participant,
        text=step.text,
        due_on=step.due_on,
        who={"specialist": specialist.name, "participant": participant.first_name}.get(step.by, both),
        asked_of={"specialist": "specialist", "participant": "person"}.get(step.by, ""),
        done_on=step.done_on,
        created_by=specialist,
    )
