"""Sends attacks through the whole site, and looks at what comes back: no server error, no word of another service."""

import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from io import BytesIO
from random import Random
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import transaction
from django.test.client import Client, ClientHandler
from django.test.utils import override_settings
from tests.architecture.addresses import OF_AN_OBJECT, OF_NO_OBJECT
from tests.database import leave
from tests.site.filled_in import Form, forms_of

from benchmarks.attacks.canaries import hidden_from, told
from benchmarks.attacks.requests import Aims, Request, draw
from benchmarks.attacks.world import Site, columns, names, patterns
from fotfeste_web.config.letters import in_utf8

SECRET = "a" * 32  # of the double cookie that keeps forms of other sites out


@dataclass
class Figures:
    statuses: Counter[int] = field(default_factory=Counter)
    milliseconds: list[tuple[float, str]] = field(default_factory=list)
    faults: list[dict[str, object]] = field(default_factory=list)

    def told(self) -> dict[str, object]:
        taken = sorted(self.milliseconds)
        return {
            "requests": len(taken),
            "statuses": {str(status): n for status, n in sorted(self.statuses.items())},
            "faults": len(self.faults),
            "p50_ms": round(taken[len(taken) // 2][0], 1),
            "p95_ms": round(taken[len(taken) * 95 // 100][0], 1),
            "worst_ms": round(taken[-1][0], 1),
            "worst": taken[-1][1],
        }


class Attacker:
    """Persons of two services with their sessions, and one who has none."""

    def __init__(self, site: Site, figures: Figures) -> None:
        self.site = site
        self.figures = figures
        self.sessions = {who: self._signed_in(user) for who, user in site.world.people.items()}
        self._raised: str = ""
        self._forms: dict[str, list[Form]] = {}
        self.aims = Aims(
            people=sorted(self.sessions),
            may=may,
            names=names(),
            patterns=patterns(),
            columns=columns(),
            numbers=site.numbers(),
            address=site.address,
            forms=self.forms,
        )

    @staticmethod
    def _signed_in(user: Any) -> str:
        leave()
        client = Client()
        client.force_login(user)
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def forms(self, name: str) -> list[Form]:
        """The forms of a page, as one finds them who may send them."""
        if name not in self._forms:
            with self._rolled_back():
                answer = self._ask(Request(may(name)[0], "GET", self.site.address(name, "bodo")))
                self._forms[name] = forms_of(answer) if answer.status_code == 200 and not answer.streaming else []
        return self._forms[name]

    def attack(self, random: Random) -> None:
        self.send(draw(random, self.aims))

    def send(self, request: Request) -> None:
        began = time.perf_counter()
        with self._rolled_back(keeps=request.keeps):
            try:
                answer = self._ask(request)
                status, said = answer.status_code, told(answer)
            except Exception as error:  # the server would have had nothing to send
                status, said, self._raised = 599, b"", f"{type(error).__name__}: {error}"[:200]
        self.figures.milliseconds.append(
            (1000 * (time.perf_counter() - began), f"{request.method} {request.path}"[:200])
        )
        self.figures.statuses[status] += 1
        sent = unquote_to_bytes(f"{request.path}?{request.query} ".encode() + request.body)
        seen = sorted(word for word in hidden_from(request.person) if (w := word.encode()) in said and w not in sent)
        unready = request.path == "/klar/" and status == 503  # as it is to say where no worker runs
        if (status >= 500 and not unready) or seen:
            self._tell(request, status, seen)

    @contextmanager
    def _rolled_back(self, *, keeps: bool = False) -> Iterator[None]:
        leave()
        with transaction.atomic():
            yield
            transaction.set_rollback(not keeps)
        leave()

    def _ask(self, request: Request) -> Any:
        self._raised = ""
        got_request_exception.connect(self._note)
        try:
            return ClientHandler(enforce_csrf_checks=request.checks_csrf)(in_utf8(self._environment(request)))
        finally:
            got_request_exception.disconnect(self._note)

    def _note(self, **_: object) -> None:
        error, trace = sys.exc_info()[1:]
        while trace and trace.tb_next:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
        self._raised = f"{type(error).__name__}: {error} at {place}"[:500]

    def _environment(self, request: Request) -> dict[str, Any]:
        cookies = {"csrftoken": SECRET} | request.cookies
        if request.person and settings.SESSION_COOKIE_NAME not in cookies:
            cookies[settings.SESSION_COOKIE_NAME] = self.sessions[request.person]
        return {
            "REQUEST_METHOD": request.method,
            "PATH_INFO": unquote_to_bytes(request.path).decode("latin-1"),
            "QUERY_STRING": request.query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(request.body),
            "wsgi.errors": BytesIO(),
            "CONTENT_LENGTH": str(len(request.body)),
            "CONTENT_TYPE": request.type,
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            **request.headers,
        }

    def _tell(self, request: Request, status: int, seen: list[str]) -> None:
        """Print what it takes to make the request again: --again."""
        sent = asdict(request) | {"body": request.body.decode("latin-1")}
        text = json.dumps(sent)
        for service, rows in self.site.rows.items():  # people have other keys in every world
            for of, row in rows.items():
                key = str(row.pk)
                if len(key) == 36:
                    text = text.replace(key, f"<{service} {of if isinstance(of, str) else of.__name__}>")
        self.figures.faults.append(
            {"status": status, "seen": seen, "raised": self._raised, "request": json.loads(text)}
        )

    def again(self, told: str) -> None:
        """Send a request that was printed."""
        for service, rows in self.site.rows.items():
            for of, row in rows.items():
                told = told.replace(f"<{service} {of if isinstance(of, str) else of.__name__}>", str(row.pk))
        fields = json.loads(told)
        self.send(Request(**fields | {"body": fields["body"].encode("latin-1")}))


def may(name: str) -> list[str]:
    of = OF_AN_OBJECT.get(name)
    return sorted(of.writes or of.reads) if of else sorted(OF_NO_OBJECT.get(name, {"specialist"}))


@contextmanager
def thousands() -> Iterator[None]:
    """Without the limits of attempts, which have tests of their own and would stop nearly all, and a log line each."""
    logging.disable()
    try:
        with override_settings(ACCOUNT_RATE_LIMITS=False, FORMS_A_MINUTE=10**9):
            yield
    finally:
        logging.disable(logging.NOTSET)
