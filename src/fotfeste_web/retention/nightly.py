"""What policies/retention.yaml says, done service by service: closed records are locked, exported, erased."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction

from fotfeste_web.caseload.models import Participant
from fotfeste_web.rows.kept import closed, rules_by_table
from fotfeste_web.rows.scope import within_service

from . import actions, archive
from .models import Export

log = logging.getLogger(__name__)
# After the export the owner has this long to fetch the files before the record is erased here.
FETCHED_WITHIN = timedelta(days=closed().erase - closed().export)


@dataclass(frozen=True, slots=True)
class Due:
    """The records of one service that have come to a step."""

    lock: list[Participant]
    export: list[Participant]
    erase: list[Participant]


def due(service_id: int, today: date) -> Due:
    """Find what is to be done in a service. Run within its scope."""
    times, steps = closed(), Due([], [], [])
    exported = dict(Export.objects.filter(participant__service=service_id).values_list("participant", "at"))
    for person, ended in _ended(service_id, today):
        age = today - ended
        if person.locked_on is None and age >= timedelta(times.lock):
            steps.lock.append(person)
        if age >= timedelta(times.export) and person.pk not in exported:
            steps.export.append(person)
        if (
            age >= timedelta(times.erase)
            and person.pk in exported
            and exported[person.pk].date() + FETCHED_WITHIN <= today
        ):
            steps.erase.append(person)
    return steps


def run(service_id: int, today: date) -> None:
    """Do what is due in a service, each record by itself: one that fails is told of, and tried again the next night."""
    with within_service(service_id):
        steps = due(service_id, today)
    for step, people in ((_lock, steps.lock), (_export, steps.export), (_erase, steps.erase)):
        for person in people:
            try:
                with within_service(service_id):
                    step(person, today)
            except Exception:
                log.exception("A record of service %s could not be taken through %s.", service_id, step.__name__)


def erase_old(today: date) -> dict[str, int]:
    """Erase what has its own time, in all services: log lines, invitations, sessions."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM erase_old(%s)", [today])
        return dict(cursor.fetchall())


def old(today: date) -> dict[str, int]:
    """Count what ``erase_old`` would take, as the owner."""
    found = {}
    with connection.cursor() as cursor:
        for rule in rules_by_table().values():
            if rule.days is not None:
                before = today - timedelta(rule.days)
                cursor.execute(f'SELECT count(*) FROM {rule.table} WHERE "{rule.since}" < %s', [before])  # noqa: S608
                found[rule.table] = cursor.fetchone()[0]
    return found


def _ended(service_id: int, today: date) -> Iterator[tuple[Participant, date]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, closed_on(id, %s) FROM caseload_participant WHERE service_id = %s", [today, service_id]
        )
        ended = {key: on for key, on in cursor.fetchall() if on is not None}
    for person in Participant.objects.filter(pk__in=ended).select_related("service"):
        yield person, ended[person.pk]


def _lock(person: Participant, today: date) -> None:
    actions.lock(person, today=today)


def _export(person: Participant, today: date) -> None:
    actions.note_export(person, sha256=archive.write(person, today=today))


def _erase(person: Participant, today: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT erase_closed(%s, %s, %s)", [person.pk, today, closed().erase])
