"""Every night: the figures of each service. Those of one again when somebody asks."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from fotfeste_web.rows.scope import every_service


@app.periodic(cron="15 2 * * *")
@app.task(queueing_lock="figures")
def figures_of_the_night(timestamp: int) -> None:
    for service_id in every_service():
        ask_for_figures(service_id)  # a job each: one that fails stops no other


@app.task
def figures_of_one(service_id: int) -> None:
    from .compute import store_figures, store_results  # the worker alone needs what computes: it takes long to import

    today = timezone.localdate()
    store_figures(service_id, today)
    store_results(service_id, today)


def ask_for_figures(service_id: int) -> None:
    """Have the figures of a service worked out by the worker; once is enough, however many ask."""
    try:
        with transaction.atomic():
            figures_of_one.configure(queueing_lock=f"figures-{service_id}").defer(service_id=service_id)
    except AlreadyEnqueued:
        return
