"""The forms of a page as a browser finds them, and filled in as somebody would."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse
from django.urls import reverse

from fotfeste_web.figures.models import ServiceFigures
from tests.architecture.addresses import OF_AN_OBJECT, OF_NO_OBJECT, objects
from tests.database import as_owner
from tests.site.world import World

TEXT = {"text", "search", "tel", "email", "textarea", "password"}


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    longest: int = 10_000

    @property
    def is_text(self) -> bool:
        return self.kind in TEXT


@dataclass
class Form:
    action: str  # empty: the page's own address
    fields: dict[str, Field] = field(default_factory=dict)

    def filled_in(self, text: str, **fields: str) -> dict[str, str]:
        """What is there stays; every text is written over, and what must be chosen gets its first choice."""
        answer = {}
        for name, asked in self.fields.items():
            if asked.kind == "email":
                answer[name] = f"{text.encode('ascii', 'ignore').decode().replace(' ', '.')}@fotfeste.example"
            elif asked.is_text:
                answer[name] = text[: asked.longest]
            else:
                answer[name] = asked.value or next((option for option in asked.options if option), "")
            if asked.kind == "number" and not answer[name]:
                answer[name] = "10"
        return answer | fields


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._field: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", "")) if given.get("method") == "post" else None
            if self._form:
                self.forms.append(self._form)
        if self._form is None:
            return
        if tag == "option" and self._field:
            self._field.options.append(given.get("value", ""))
            if "selected" in given:
                self._field.value = given.get("value", "")
        name = given.get("name", "")
        if tag not in ("input", "select", "textarea", "button") or not name:
            return
        kind = given.get("type", "text") if tag in ("input", "button") else tag
        self._field = self._form.fields.setdefault(name, Field(name, kind))
        self._field.longest = int(given.get("maxlength") or 10_000)
        if kind in ("radio", "checkbox", "submit"):
            self._field.options.append(given.get("value", "on"))
            if "checked" in given:
                self._field.value = given.get("value", "on")
        elif tag == "input":
            self._field.value = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._field and self._field.kind == "textarea":
            self._field.value += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag in ("select", "textarea", "form"):
            self._field = None


def forms(page: str) -> list[Form]:
    """The forms that are sent from the page, but for the one that signs out."""
    reader = _Reader()
    reader.feed(page)
    return [form for form in reader.forms if "/konto/logout/" not in form.action]


def forms_of(answer: HttpResponse) -> list["Form"]:
    """The forms of an answer: none, where it is a file."""
    return forms(answer.content.decode()) if answer["Content-Type"].startswith("text/html") else []


def pages(world: World) -> Iterator[tuple[str, str]]:
    """A person and an address that this person reaches, for every address of our own."""
    with as_owner():
        rows = objects(world)
        rows[ServiceFigures].delete()  # one without figures, which no night makes
    for name, address in OF_AN_OBJECT.items():
        yield min(address.writes or address.reads), reverse(name, kwargs=address.kwargs(rows))
    for name, people in OF_NO_OBJECT.items():
        yield min(people & {"supervisor", "installer", "therapist", "participant"} or people), reverse(name)
