"""What ended long ago is locked, and in each service something written on the wrong person waits for a second."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import connection

from fotfeste_web.caseload.models import NextStep
from fotfeste_web.demo.story import phrases
from fotfeste_web.retention.models import Removal, RemovalReason
from fotfeste_web.rows.kept import closed

from .loaded import Loaded


def load(loaded: Loaded) -> None:
    _lock(loaded)
    Removal.objects.bulk_create(_removals(loaded))


def _lock(loaded: Loaded) -> None:
    """What ended so long ago that some night has locked it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE caseload_participant SET locked_on = %(today)s"
            " WHERE closed_on(id, %(today)s) + %(days)s <= %(today)s",
            {"today": loaded.world.today, "days": closed().lock},
        )


def _removals(loaded: Loaded) -> Iterator[Removal]:
    found = phrases.read("wrongly_entered")["found"]
    steps = NextStep.objects.filter(done_on=None, created_by__isnull=False).select_related("participant").order_by("pk")
    by_service = {step.participant.service_id: step for step in steps}
    for service in loaded.services.values():
        if step := by_service.get(service.pk):
            yield Removal(
                service=service,
                participant=step.participant,
                kind="neste-steg",
                subject_id=str(step.pk),
                reason=RemovalReason.WRONG_PERSON,
                explanation=loaded.rng.choice(found),
                asked_by_id=step.created_by_id,
                asked_at=loaded.now - timedelta(hours=3),
            )
