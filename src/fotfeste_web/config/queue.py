"""How the background work stands, as procrastinate's own tables say it."""

from dataclasses import dataclass

from django.db import connection

FRESH_SECONDS = 60  # a worker says every ten seconds that it lives

STANDING = """
SELECT count(*) FILTER (WHERE waits),
       count(*) FILTER (WHERE status = 'doing'),
       count(*) FILTER (WHERE status = 'failed'),
       coalesce(extract(epoch FROM now() - min(since) FILTER (WHERE waits)), 0)::float,
       (SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers)::float
FROM (SELECT status, status = 'todo' AND coalesce(scheduled_at, now()) <= now() AS waits,
             coalesce(scheduled_at, (SELECT min(at) FROM procrastinate_events WHERE job_id = job.id)) AS since
      FROM procrastinate_jobs AS job WHERE status IN ('todo', 'doing', 'failed')) AS jobs
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    waiting: int
    doing: int
    failed: int
    oldest_seconds: float  # how long the one that has waited longest has done so
    worker_seconds: float | None  # since a worker last said that it lives; None when none ever did

    @classmethod
    def now(cls) -> "Queue":
        with connection.cursor() as cursor:
            cursor.execute(STANDING)
            waiting, doing, failed, oldest, worker = cursor.fetchone()
        return cls(waiting=waiting, doing=doing, failed=failed, oldest_seconds=oldest, worker_seconds=worker)

    @property
    def is_worked_on(self) -> bool:
        return self.worker_seconds is not None and self.worker_seconds <= FRESH_SECONDS
