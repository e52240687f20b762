"""One request as somebody with bad intentions would make it, drawn from a random generator."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from tests.site.filled_in import Form
from tests.site.test_odd_input import QUERY

from benchmarks.attacks import odd

FORM = "application/x-www-form-urlencoded"
SERVICES = ("bodo", "bodo", "drammen")


@dataclass
class Request:
    person: str | None
    method: str
    path: str  # as it goes over the line
    query: str = ""
    body: bytes = b""
    type: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    checks_csrf: bool = False
    keeps: bool = False  # what it stored stays for those that follow


@dataclass(frozen=True)
class Aims:
    """What there is to aim at."""

    people: list[str]
    may: Callable[[str], list[str]]  # who come to the address of that name with an object of their own service
    names: list[str]
    patterns: list[str]
    columns: list[str]
    numbers: list[str]
    address: Callable[[str, str], str]
    forms: Callable[[str], list[Form]]  # those of the page of that name, seen by one who may


def draw(random: Random, aims: Aims) -> Request:
    name = random.choice(aims.names)
    person = random.choice([None, *aims.people] if random.random() < 0.5 else aims.may(name))
    path = _path(random, aims, name)
    made = Request(person, random.choices(("GET", "POST", random.choice(odd.METHODS)), (45, 47, 8))[0], path)
    made.keeps = random.random() < 0.1 and not path.startswith("/konto/")
    if random.random() < 0.35:
        made.query = _encoded(
            {word: _value(random, aims) for word in random.sample(sorted(QUERY), random.choice((1, 1, 3)))}
        )
    if made.method not in ("GET", "HEAD"):
        made.body, made.type, action = _body(random, aims, name)
        made.path = action if action and random.random() < 0.8 else made.path
        made.checks_csrf = random.random() < 0.15
    elif random.random() < 0.05:
        made.type = random.choice(odd.TYPES)
    if random.random() < 0.2:
        made.headers = odd.headers(random)
    if random.random() < 0.1:
        made.cookies = odd.cookies(random)
    return made


def _path(random: Random, aims: Aims, name: str) -> str:
    kind = random.random()
    if kind < 0.72:
        return aims.address(name, random.choice(SERVICES))
    if kind < 0.92:  # an address of the list, with another number or word in it
        pattern = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "<word>", random.choice(aims.patterns))
        pattern = pattern.replace("^", "").replace("$", "").replace("\\Z", "")
        return "/" + re.sub(r"<[^>]+>", lambda _: quote(_value(random, aims), safe="", errors="surrogatepass"), pattern)
    return odd.path(random, aims.address(name, random.choice(SERVICES)))


def _value(random: Random, aims: Aims) -> str:
    return random.choice(aims.numbers) if random.random() < 0.5 else odd.value(random)


def _body(random: Random, aims: Aims, name: str) -> tuple[bytes, str, str]:
    """The content, its type, and the address that its form is sent to where that is another."""
    forms = aims.forms(name)
    form = random.choice(forms) if forms else Form("")
    fields = form.filled_in(random.choice(("Ringe bakeriet", "2026-11-20", "7512")))
    kind = random.random()
    if kind < 0.45:
        changed = random.sample(sorted(fields), min(len(fields), random.choice((1, 1, 2, 4))))
    elif kind < 0.6:
        changed = sorted(fields)
    else:
        changed = []
    for each in changed:
        if random.random() < 0.2:
            del fields[each]
        else:
            chosen = form.fields[each].options
            fields[each] = random.choice(chosen) if chosen and random.random() < 0.3 else _value(random, aims)
    if random.random() < 0.5:
        fields |= {each: _value(random, aims) for each in random.sample(aims.columns, random.choice((1, 3, 8)))}
    if "form_key" in fields and random.random() < 0.8:
        fields["form_key"] = str(uuid4())
    if random.random() < 0.15:
        return (*_with_file(random, fields), form.action)
    if random.random() < 0.08:
        return odd.body(random), random.choice(odd.TYPES), form.action
    return _encoded(fields).encode(), FORM, form.action


def _with_file(random: Random, fields: Mapping[str, str]) -> tuple[bytes, str]:
    name = random.choice(("fil.csv", "../../fil.xlsx", "a" * 300, "\u202excod.exe", ""))
    sent: dict[str, object] = {each: text.encode(errors="replace").decode() for each, text in fields.items()}
    sent[random.choice([*sent, "file"])] = SimpleUploadedFile(
        name or "x", b"PK\x03\x04" + b"\0" * random.choice((0, 10, 9999))
    )
    return encode_multipart(BOUNDARY, sent), MULTIPART_CONTENT


def _encoded(fields: Mapping[str, str]) -> str:
    """As a browser would send them; half a letter is no text in UTF-8 and goes as its bytes."""
    return "&".join(f"{quote(name)}={quote(text, safe='', errors='surrogatepass')}" for name, text in fields.items())
