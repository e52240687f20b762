"""The worker's part: do what was asked for, and take up what a killed worker left."""

from uuid import UUID

from django.db import InterfaceError, OperationalError
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

# The database is gone or its disk is full: until it is not. A job given up would leave its work as begun for ever.
GONE = RetryStrategy(wait=30, retry_exceptions={OperationalError, InterfaceError})


@app.task(retry=GONE)
def do_work(work_id: str, user_id: int) -> None:
    from .doing import do  # the models are there only when Django is ready

    do(UUID(work_id), user_id)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_up", pass_context=True)
async def take_up(context: JobContext, timestamp: int) -> None:
    """Put back what a worker had begun when it was killed: it has given no sign of life for half a minute."""
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)
