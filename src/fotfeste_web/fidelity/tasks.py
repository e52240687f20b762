"""The figures of each item: every night for all services, and at once for one that asks."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fotfeste_web.rows.scope import every_service

from .counting.keeping import keep_counted


@app.periodic(cron="30 2 * * *")
@app.task(queueing_lock="fidelity")
def count_of_the_night(timestamp: int) -> None:
    today = timezone.localdate()
    for service_id in every_service():
        keep_counted(service_id, today)


@app.task
def count_now(service_id: int) -> None:
    keep_counted(service_id, timezone.localdate())
