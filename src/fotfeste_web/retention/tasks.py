"""Every night: what has had its time goes, service by service."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fotfeste_web.rows.scope import every_service

from . import nightly


@app.periodic(cron="45 2 * * *")
@app.task(queueing_lock="retention")
def retention_of_the_night(timestamp: int) -> None:
    today = timezone.localdate()
    for service_id in every_service():
        nightly.run(service_id, today)
    nightly.erase_old(today)
