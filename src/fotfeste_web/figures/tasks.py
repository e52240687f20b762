"""Every night: the figures of each service."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fotfeste_web.rows.scope import every_service

from .compute import store_figures


@app.periodic(cron="15 2 * * *")
@app.task(queueing_lock="figures")
def figures_of_the_night(timestamp: int) -> None:
    today = timezone.localdate()
    for service_id in every_service():
        store_figures(service_id, today)
