"""Work that met a database that was gone, or a full disk, is tried again for as long as that takes."""

from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate.jobs import Job

from fotfeste_web.background.tasks import do_work


def tried_again(error: Exception, attempts: int):
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="a", attempts=attempts)
    return do_work.get_retry_exception(exception=error, job=job)


@pytest.mark.parametrize("error", [OperationalError("No space left on device"), InterfaceError("connection is closed")])
@pytest.mark.parametrize("attempts", [0, 9, 10, 5000])
def test_after_half_a_minute_whatever_the_number_of_attempts(error, attempts):
    again = tried_again(error, attempts).retry_decision.retry_at
    assert timedelta(seconds=25) < again - timezone.now() < timedelta(seconds=31)


def test_a_fault_of_ours_is_not():
    assert tried_again(ZeroDivisionError(), 0) is None
