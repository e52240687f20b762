"""Measurements in the text format of Prometheus: what this process has answered, and how the background work stands.

Labels are names of views, methods and statuses. Who asked, and about whom, is never one.
"""

import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from threading import Lock

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from fotfeste_web.config.queue import Queue
from fotfeste_web.rows.access import public

BUCKETS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)  # seconds
METHODS = ("GET", "HEAD", "POST")  # any other word somebody makes up is told as one
FORMAT = "text/plain; version=0.0.4; charset=utf-8"


class Answers:
    """What was answered since this process began. Several threads add to it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._count: Counter[tuple[str, str, int]] = Counter()
        self._within: dict[str, list[int]] = defaultdict(lambda: [0] * (len(BUCKETS) + 1))
        self._seconds: Counter[str] = Counter()

    def add(self, view: str, method: str, status: int, seconds: float) -> None:
        with self._lock:
            self._count[view, method, status] += 1
            self._within[view][bisect_left(BUCKETS, seconds)] += 1
            self._seconds[view] += seconds  # type: ignore[assignment]

    def lines(self) -> Iterator[str]:
        with self._lock:
            yield from _head("fotfeste_requests_total", "counter", "Forespørsler etter side, metode og svar.")
            for (view, method, status), count in sorted(self._count.items()):
                yield f'fotfeste_requests_total{{view="{view}",method="{method}",status="{status}"}} {count}'
            yield from _head("fotfeste_request_seconds", "histogram", "Tid til svaret er klart, etter side.")
            for view, within in sorted(self._within.items()):
                so_far = 0
                for limit, count in zip((*map(str, BUCKETS), "+Inf"), within, strict=True):
                    so_far += count
                    yield f'fotfeste_request_seconds_bucket{{view="{view}",le="{limit}"}} {so_far}'
                yield f'fotfeste_request_seconds_sum{{view="{view}"}} {self._seconds[view]:.6f}'
                yield f'fotfeste_request_seconds_count{{view="{view}"}} {so_far}'


ANSWERS = Answers()


class Measured:
    """Outermost, so that the time of every middleware is in it. Files that are no page are not counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            view = request.resolver_match.view_name if request.resolver_match else "unknown"
            method = request.method if request.method in METHODS else "other"
            ANSWERS.add(view, str(method), response.status_code, time.perf_counter() - began)
        return response


@public
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Tell the measurements to one who has the token. To anybody else, and where none is set, there is no such page."""
    token = settings.FOTFESTE_METRICS_TOKEN
    if not token or not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        raise Http404
    return HttpResponse("\n".join((*ANSWERS.lines(), *_queue(Queue.now()))) + "\n", content_type=FORMAT)


def _queue(queue: Queue) -> Iterator[str]:
    for name, value, words in (
        ("fotfeste_jobs_waiting", queue.waiting, "Jobber som venter og kunne vært begynt."),
        ("fotfeste_jobs_doing", queue.doing, "Jobber som gjøres nå."),
        ("fotfeste_jobs_failed", queue.failed, "Jobber som ikke gikk."),
        ("fotfeste_oldest_job_seconds", queue.oldest_seconds, "Hvor lenge den eldste ventende har ventet."),
        ("fotfeste_worker_heartbeat_seconds", queue.worker_seconds, "Siden siste livstegn fra bakgrunnsarbeidet."),
    ):
        if value is not None:
            yield from _head(name, "gauge", words)
            yield f"{name} {value}"


def _head(name: str, kind: str, words: str) -> Iterator[str]:
    yield f"# HELP {name} {words}"
    yield f"# TYPE {name} {kind}"
