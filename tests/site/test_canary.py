"""A name, a note, a number: put in through every form and every fault, and looked for where they may not be."""

import logging
from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from fotfeste.norway.identity import make_synthetic
from fotfeste_web.audit.log import record
from fotfeste_web.config.logs import WithoutPeople
from tests.architecture import catalogue
from tests.database import as_owner, leave
from tests.site.filled_in import Form, forms, forms_of, pages

NAME = "Zeisig"
NOTE = "Zeisig kvitrer helst om morgenen"
NUMBER = make_synthetic(date(1991, 4, 2), 13)
CANARIES = (NAME, "kvitrer", NUMBER)
# Tables that tell of a person and may hold no word about one. The rest is behind row policies.
WORDLESS = ("audit_writeevent", "audit_readevent", "audit_sentform", "django_session", "procrastinate_jobs")
TRACES = ("pghistory_context", "usersessions_usersession", "procrastinate_events")


def canaries_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary.casefold() in text.casefold()]


class Watched:
    """Browsers whose answers are looked through, beside the log of the site."""

    def __init__(self, world: Any, log: StringIO) -> None:
        self.world = world
        self.log = log
        self.found: list[str] = []
        self.saved: set[str] = set()
        self._clients: dict[str | None, Client] = {}

    def send(self, person: str | None, method: str, address: str, data: object = None, **options: Any) -> Any:
        caches["process"].clear()
        if person not in self._clients:
            leave()
            self._clients[person] = Client(raise_request_exception=False)
            if person:
                self._clients[person].force_login(self.world.people[person])
        leave()
        try:
            with transaction.atomic():
                answer = getattr(self._clients[person], method)(address, data, **options)
                self.look_through(address, answer)
                self._look_through_tables(address)
                transaction.set_rollback(True)
        finally:
            leave()
        if answer.status_code == 302:
            self.saved.add(address)
        return answer

    def look_through(self, address: str, answer: Any) -> None:
        places = {"headers": str(answer.headers), "log": self.log.getvalue()}
        if answer.status_code not in (200, 409, 422):
            places["body"] = answer.content.decode()
        if hasattr(answer, "wsgi_request") and hasattr(answer.wsgi_request, "_messages"):
            places["messages"] = " ".join(str(message) for message in get_messages(answer.wsgi_request))
        for place, text in places.items():
            self.found += [f"{address}: {canary} in {place}" for canary in canaries_in(text)]

    def _look_through_tables(self, address: str) -> None:
        self.found += [f"{address}: {fault}" for fault in canaries_in_tables()]


def canaries_in_tables() -> list[str]:
    found = []
    with as_owner(), connection.cursor() as cursor:
        for table in (*WORDLESS, *TRACES):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            found += [f"{canary} in {table}" for canary in canaries_in(cursor.fetchone()[0])]
        for session in Session.objects.all():
            found += [f"{canary} in a session" for canary in canaries_in(str(session.get_decoded()))]
    return found


def canaries_anywhere(text: str) -> set[str]:
    """The tables that have a text in any column."""
    with as_owner(), connection.cursor() as cursor:
        found = set()
        for table in catalogue.tables():
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table} t WHERE t::text LIKE %s)", [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.add(table)
    return found


@pytest.fixture
def log() -> StringIO:
    """What the site's own log handler writes, and everything: not warnings alone."""
    written = StringIO()
    handler = logging.getLogger("django").handlers[0]
    before = handler.setStream(written)
    levels = {name: logging.getLogger(name).level for name in ("", "django")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield written
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    handler.setStream(before)


@pytest.fixture
def watched(world, log) -> Watched:
    return Watched(world, log)


def filled_in(form: Form, *, invalid: bool) -> dict[str, str]:
    answer = form.filled_in(NOTE)
    for name, field in form.fields.items():
        if "name" in name and field.is_text:
            answer[name] = NAME
        if invalid and not field.is_text and field.kind != "hidden":
            answer[name] = NOTE
    known = {"identity": NUMBER, "phone": "90 00 00 00", "birth_year": "1991"}
    known |= dict.fromkeys(("under_18", "consent_by", "consent_to"), "")
    return {name: text for name in answer if (text := known.get(name, answer[name]))}


@pytest.mark.parametrize("invalid", [False, pytest.param(True, marks=pytest.mark.more)], ids=["as asked", "wrongly"])
def test_forms_leave_words_about_people_in_pages_and_their_own_tables_alone(world, watched, sign_in, invalid):
    sent = 0
    for person, address in pages(world):
        for form in forms_of(sign_in(world.people[person]).get(address)):
            watched.send(person, "post", form.action or address, filled_in(form, invalid=invalid))
            sent += 1
    assert watched.found == []
    assert sent > 30
    assert len(watched.saved) > (0 if invalid else 20), sorted(watched.saved)


def test_an_identity_number_is_readable_in_no_table(world, sign_in):
    client = sign_in(world.specialist)
    form = filled_in(forms(client.get("/henvisninger/ny/").content.decode())[0], invalid=False)
    assert client.post("/henvisninger/ny/", form).status_code == 302
    assert "caseload_participant" in canaries_anywhere(NAME)
    assert canaries_anywhere(NUMBER) == set()


@pytest.mark.urls("tests.site.failing_urls")
@pytest.mark.parametrize(
    ("fault", "kind_of_fault"),
    [("raises", "ValueError"), ("database", "IntegrityError"), ("template", "TemplateDoesNotExist")],
)
def test_a_fault_with_data_in_hand_tells_its_place_and_nothing_else(watched, fault, kind_of_fault):
    data = {"name": NAME, "note": NOTE, "identity": NUMBER}
    answer = watched.send(None, "post", f"/feil/{fault}/{NAME}/", data)
    assert answer.status_code == 500
    assert watched.found == []
    assert f"{kind_of_fault} at " in watched.log.getvalue()


def test_what_is_refused_before_a_view_is_told_without_its_words(watched):
    post, kind = f"name={NAME}&note={NOTE}", "application/x-www-form-urlencoded"
    huge = post + "&more=" + "x" * 2_100_000
    many = "&".join(f"{NAME}{number}=1" for number in range(600))
    answers = {
        "a wrong address": watched.send("specialist", "get", f"/{NAME}/{NUMBER}/"),
        "a person that is none": watched.send("specialist", "get", f"/deltakere/{NAME}/"),
        "a host of another": watched.send("specialist", "get", "/i-dag/", headers={"host": f"{NAME}.example"}),
        "too much": watched.send("specialist", "post", "/min-konto/", huge, content_type=kind),
        "too many fields": watched.send("specialist", "post", "/min-konto/", many, content_type=kind),
        "a wrong method": watched.send("specialist", "delete", "/deltakere/", {"name": NAME}),
        "a sign-in": watched.send("specialist", "post", "/konto/login/", {"login": f"{NAME}@a.no", "password": NOTE}),
    }
    stranger = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answers["no token"] = stranger.post(f"/arbeidsgivere/ny/?q={NAME}", {"name": NAME, "csrfmiddlewaretoken": NOTE})
    watched.look_through("no token", answers["no token"])
    assert watched.found == []
    assert {what: answer.status_code for what, answer in answers.items()} == {
        "a wrong address": 404,
        "a person that is none": 404,
        "a host of another": 400,
        "too much": 400,
        "too many fields": 400,
        "a wrong method": 405,
        "a sign-in": 302,
        "no token": 403,
    }
    for answer in answers.values():
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "leak",
    [
        lambda world: record("a.b", subject=world.employer, by=world.specialist, name=NAME),
        lambda world: connection.cursor().execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('a', 'b', %s)", [f'{{"a": "{NAME}"}}']
        ),
        lambda world: Session.objects.create(
            session_key="a",
            session_data=Session.get_session_store_class()().encode({"draft": NOTE}),
            expire_date=timezone.now(),
        ),
    ],
    ids=["an event", "a job", "a session"],
)
def test_a_word_in_a_table_that_tells_of_people_is_found(world, leak: Callable[[Any], None]):
    assert canaries_in_tables() == []
    with as_owner():
        leak(world)
    assert canaries_in_tables() != []


@pytest.mark.urls("tests.site.failing_urls")
def test_a_log_that_tells_what_happened_to_whom_is_found(watched, monkeypatch):
    monkeypatch.setattr(WithoutPeople, "format", logging.Formatter.format)
    watched.send("specialist", "post", f"/feil/raises/{NAME}/", {"name": NAME, "note": NOTE})
    assert any("in log" in fault for fault in watched.found)


@pytest.mark.parametrize("kind", [logging.WARNING, logging.ERROR])
def test_a_text_that_was_filled_in_before_it_came_to_the_log_is_not_written(log, kind):
    logging.getLogger("some.library").log(kind, f"Could not save {NAME}")
    logging.getLogger("some.library").log(kind, "Could not save %s", NAME)
    assert canaries_in(log.getvalue()) == []
    assert "Could not save %s" in log.getvalue()
    assert "test_canary.test_a_text_that_was_filled_in" in log.getvalue()
