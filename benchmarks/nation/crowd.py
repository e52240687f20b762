"""Every job specialist at work at once on the site as it is served: a page or a meeting, a while to think, the next."""

import os
import random
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import md5
from http.client import HTTPConnection
from socket import socket
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from benchmarks.homes import COMMAND
from benchmarks.pages import meeting
from fotfeste_web.accounts.models import User

SECONDS, THINKS = 180, 60  # of work; between an answer and the next click, on average: reading, writing, ringing
MEETINGS = 0.1  # of what is done is the logging of one
FORM = "application/x-www-form-urlencoded"


def work(specialists: int) -> dict[str, object]:
    """Let them work, and tell how long they waited and what failed."""
    cookies = [_signed_in(user) for user in User.objects.filter(pk__lte=specialists).order_by("pk")]
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with _served(port), ThreadPoolExecutor(specialists) as pool:
        end = time.perf_counter() + SECONDS
        waits = [pool.submit(Specialist(number, port, cookie).work, end) for number, cookie in enumerate(cookies)]
        answers = [answer for each in waits for answer in each.result()]
    seconds = sorted(waited for waited, _ in answers)
    return {
        "specialists": specialists,
        "think_seconds": THINKS,
        "requests": len(answers),
        "per_second": round(len(answers) / SECONDS, 1),
        "errors": sum(status not in (200, 302) for _, status in answers),
        "p50_ms": round(1000 * seconds[len(seconds) // 2]),
        "p95_ms": round(1000 * seconds[len(seconds) * 95 // 100]),
        "longest_ms": round(1000 * seconds[-1]),
    }


class Specialist:
    """One of them, with a browser."""

    def __init__(self, number: int, port: int, session: str) -> None:
        self.random = random.Random(number)
        self.headers = {"Host": f"localhost:{port}", "Cookie": f"fotfeste={session}"}
        self.browser = HTTPConnection("127.0.0.1", port, timeout=60)
        participant = UUID(md5(b"person %d" % number).hexdigest())
        self.pages = [
            reverse("today"),
            reverse("participants"),
            reverse("participant", args=[participant]),
            f"{reverse('employers')}?{urlencode({'q': 'Kafé'})}",
        ]

    def work(self, end: float) -> list[tuple[float, int]]:
        answers = []
        while (pause := self.random.expovariate(1 / THINKS)) < end - time.perf_counter():
            time.sleep(pause)
            if self.random.random() < MEETINGS:
                answers += self._log_a_meeting()
            else:
                answers.append(self._ask("GET", self.random.choice(self.pages))[:2])
        return answers

    def _log_a_meeting(self) -> list[tuple[float, int]]:
        address = reverse("contact_log")
        waited, status, page, headers = self._ask("GET", address)
        if status != 200:
            return [(waited, status)]
        token = headers["Set-Cookie"].partition(";")[0]
        sent = self._ask(
            "POST",
            address,
            urlencode(meeting(page, "Kafé 1")),
            {"Cookie": f"{self.headers['Cookie']}; {token}", "Content-Type": FORM},
        )
        return [(waited, status), sent[:2]]

    def _ask(self, method: str, address: str, body: str = "", headers: dict[str, str] = {}) -> tuple:  # noqa: B006
        began = time.perf_counter()
        self.browser.close()  # the server closes one that has lain still: each click has its own
        try:
            self.browser.request(method, address, body or None, self.headers | headers)
            answer = self.browser.getresponse()
            page = answer.read().decode()
        except OSError:
            return time.perf_counter() - began, 0, "", {}
        return time.perf_counter() - began, answer.status, page, answer.headers


def _signed_in(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


@contextmanager
def _served(port: int) -> Iterator[None]:
    environment = os.environ | {"FOTFESTE_URL": f"http://localhost:{port}"}
    command = [*COMMAND, "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        for line in process.stdout:
            if "Fotfeste svarer på" in line:
                break
        try:
            yield
        finally:
            process.terminate()
            process.communicate()
