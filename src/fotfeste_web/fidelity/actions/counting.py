"""Ask for a service's figures to be counted anew, in the background."""

from datetime import datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.fidelity.tasks import count_now
from fotfeste_web.organisations.models import Service

STALE = timedelta(days=1)
WAITING = ("todo", "doing")


def is_stale(counted_at: datetime | None, now: datetime) -> bool:
    return counted_at is None or now - counted_at > STALE


def is_being_counted(service_id: int) -> bool:
    return ProcrastinateJob.objects.filter(queueing_lock=_lock(service_id), status__in=WAITING).exists()


@action
def ask_for_figures(service: Service, *, by: User) -> None:
    queue_counting(service.pk)
    record("fidelity.figures_asked", subject=service, by=by)


def queue_counting(service_id: int) -> None:
    """Have a service counted when this is stored; once is enough, however many ask."""
    try:
        with transaction.atomic():
            count_now.configure(queueing_lock=_lock(service_id)).defer(service_id=service_id)
    except AlreadyEnqueued:
        pass


def _lock(service_id: int) -> str:
    return f"fidelity-{service_id}"
