"""Nothing that can be put in an address, a query or a form gives an error page of ours: no address answers 500."""

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.db import transaction
from django.http import QueryDict
from django.test import Client

import fotfeste_web
from tests.architecture.addresses import named
from tests.database import leave
from tests.site.filled_in import Field, forms_of, pages
from tests.site.world import World

SOURCE = Path(fotfeste_web.__file__).parent
HUGE = "9" * 22  # above bigint
ENDLESS = "9" * 5000  # above what Python makes a number of
ODD = ["", "\0", "a\0b", "-1", "0", HUGE, ENDLESS, "1.5", "²", "٣", "ÆØÅ", "'\"><&%", "%ff", "\ud800", "1" * 300]
ODD_FIELDS = ["\0", HUGE, ENDLESS, "0001-01-01", "9999-12-31", "\ud800"]
FORM = "application/x-www-form-urlencoded"
QUERY = {
    *("side", "hva", "tjeneste", "vis", "grunn", "deltaker", "arbeidsgiver", "runde", "type", "q", "sorter"),
    *(
        "jobbspesialist",
        "team",
        "status",
        "stille",
        "sok",
        "next",
        "fra",
        "til",
        "jobb",
        "vilkar",
        "med",
        "maned",
        "rolle",
        "punkt",
        "periode",
        "som",
        "finn",
        "nummer",
    ),
}


def encoded(values: dict[str, str]) -> str:
    """As a browser would send them; half a letter is no text in UTF-8 and goes as its bytes."""
    return "&".join(f"{name}={quote(value, safe='', errors='surrogatepass')}" for name, value in values.items())


@pytest.fixture
def ask(world: World) -> Iterator[Callable[..., str | None]]:
    """Ask as somebody; answers with what went wrong, if anything did. Nothing stays."""
    clients: dict[str, Client] = {}
    logging.disable()  # pytest would keep each refusal with its request, in thousands

    def asked(person: str, method: str, address: str, data: object = None, **options: object) -> str | None:
        if person not in clients:
            leave()
            clients[person] = Client()
            clients[person].force_login(world.people[person])
        caches["process"].clear()  # nobody else sends so many forms in a minute
        leave()
        try:
            with transaction.atomic():
                status = getattr(clients[person], method)(address, data, **options).status_code
                transaction.set_rollback(True)
        except Exception as error:
            status = f"{type(error).__name__}: {error}"[:200]
        finally:
            leave()
        return f"{person} {method} {address[:120]}: {status}" if isinstance(status, str) or status >= 500 else None

    yield asked
    logging.disable(logging.NOTSET)


@pytest.mark.more
def test_an_address_with_an_odd_number_or_word_is_not_found(ask):
    odd = ["0", HUGE, quote("²"), "%00", "%FF"]
    wrong, asked = [], 0
    for pattern in named():
        parts = re.findall(r"<(\w+):\w+>|<(\w+)>", str(pattern.pattern))
        if not parts:
            continue
        for value in odd:
            address = re.sub(r"<[^>]+>", value, "/" + str(pattern.pattern).lstrip("^"))
            for method in ("get", "post"):
                asked += 1
                wrong.append(ask("supervisor", method, address))
    assert asked > 300
    assert "\n".join(fault for fault in wrong if fault) == ""


def test_every_word_that_a_query_is_asked_for_is_tried():
    """Found in the source by the names that views and pages give what was asked."""
    found = set()
    for file in SOURCE.rglob("*.py"):
        found |= set(re.findall(r'(?:GET|asked|query)(?:\.get\(|\[)"(\w+)"', file.read_text()))
    assert found <= QUERY
    assert len(found) > 10


def a_few_at_once(page: int) -> Iterator[dict[str, str]]:
    """Others on each page, so that all are tried with all somewhere."""
    for turn in range(3):
        yield {name: ODD[(page + 5 * turn + number) % len(ODD)] for number, name in enumerate(sorted(QUERY))}
    yield {sorted(QUERY)[page % len(QUERY)]: ENDLESS}


def test_a_few_odd_words_of_a_query_give_no_fault(world, ask):
    wrong, tried = [], 0
    for number, (person, address) in enumerate(pages(world)):
        for query in a_few_at_once(number):
            tried += 1
            wrong.append(ask(person, "get", address + "?" + encoded(query)))
    assert tried > 150
    assert "\n".join(fault for fault in wrong if fault) == ""


@pytest.fixture
def read_by(ask: Callable[..., str | None], monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], list[str]]:
    """The words that a page reads of a query that has them all."""

    def of(person: str, address: str) -> list[str]:
        read = set()

        def noted(method: Callable[..., object]) -> Callable[..., object]:
            return lambda query, word, *rest, **more: (read.add(word), method(query, word, *rest, **more))[1]

        with monkeypatch.context() as patch:
            for name in ("__getitem__", "_getlist"):
                patch.setattr(QueryDict, name, noted(getattr(QueryDict, name)))
            ask(person, "get", address + "?" + encoded(dict.fromkeys(QUERY, "1")))
        return sorted(read & QUERY)

    return of


@pytest.mark.more
def test_each_word_of_a_query_alone_gives_no_fault(world, ask, read_by):
    wrong, tried = [], set()
    for person, address in pages(world):
        for word in read_by(person, address):
            tried.add(word)
            wrong += [ask(person, "get", address + "?" + encoded({word: odd})) for odd in (HUGE, "²")]
    assert tried == QUERY
    assert "\n".join(fault for fault in wrong if fault) == ""


def all_fields(asked: dict[str, Field]) -> Iterator[dict[str, str]]:
    """Others in each field, and each of them somewhere."""
    for turn in range(2):
        yield {name: ODD_FIELDS[(number + 3 * turn) % len(ODD_FIELDS)] for number, name in enumerate(asked)}


def each_field(asked: dict[str, Field]) -> Iterator[dict[str, str]]:
    """One at a time, with all others as they should be: a field that comes first hides no other."""
    for number, (name, field) in enumerate(asked.items()):
        odd = ("\0", "x" * 20_000) if field.is_text else ("\0", HUGE, "9999-12-31")
        yield {name: odd[number % len(odd)]}


@pytest.mark.more
@pytest.mark.parametrize("fields", [all_fields, each_field])
def test_odd_fields_give_no_fault(world, ask, sign_in, fields):
    wrong, tried = [], 0
    for person, address in pages(world):
        for form in forms_of(sign_in(world.people[person]).get(address)):
            for odd in fields(form.fields):
                tried += 1
                sent = form.filled_in("Ringe bakeriet") | odd
                sent["form_key"] = form.fields["form_key"].value
                wrong.append(ask(person, "post", form.action or address, encoded(sent), content_type=FORM))
    assert tried > 150
    assert "\n".join(fault for fault in wrong if fault) == ""
