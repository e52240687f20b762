"""What each app gives to the pages that gather from all of them: the today page and the page of a participant.

An app that has something to give makes its AppConfig a ``Room`` and overrides what it gives. The page knows no app.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import AppConfig, apps

from .due import DueItem


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """Something that happened to or with a participant."""

    on: date
    title: str
    who: str = ""
    detail: str = ""
    lines: tuple[str, ...] = ()
    tag: str = ""
    tag_color: str = "neutral"
    color: str = ""
    href: str = ""
    mend: str = ""  # where it is corrected
    status: str = ""  # the status that began here
    order: int = 0  # among those of one day


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    text: str
    detail: str = ""
    href: str = ""
    tag: str = ""
    tag_color: str = "neutral"
    marks: tuple[tuple[str, str], ...] = ()  # a short row of tags, each with its color


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card on the page of a participant: what is there now, and where to go on with it."""

    title: str
    lines: tuple[CardLine, ...] = ()
    empty: str = ""  # what stands there while there are no lines
    links: tuple[tuple[str, str], ...] = ()  # label and address; none for those who only read
    order: int = 50  # on the page; those with the same stand in the order of the apps


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A few plain sentences of one record, for a text that is given to another system."""

    key: str  # names the record in its form: «contact-12»
    kind: str  # of rows.kinds.Kind
    heading: str  # what it stands under: «Møter»
    text: str
    on: date | None = None  # none: what is so now, whatever the period
    author: int | None = None  # the user who wrote it: their employer's archive is its home


class Room(AppConfig):
    """An app that gives to the gathering pages. ``cases`` are the participants that the person works with."""

    default = False  # imported into an apps.py it is no app of its own: Django would find two and take neither

    def __init_subclass__(cls) -> None:
        cls.default = True

    def due_items(self, user: Any, scope: Any, cases: list[Any], today: date) -> Iterable[DueItem]:
        return ()

    def timeline(self, participant: Any, scope: Any, today: date) -> Iterable[TimelineItem]:
        return ()

    def cards(self, participant: Any, scope: Any, today: date) -> Iterable[Card]:
        return ()

    def passages(self, participant: Any, kinds: Any, starts_on: date, ends_on: date) -> Iterable[Passage]:
        """Give what there is of some kinds: what is so now, and what happened in a period."""
        return ()

    def shared(self, user: Any, scope: Any, participants: list[Any], today: date) -> Iterable[Card]:
        """Give cards for «Delt med meg», about those who are shared with a person: a meeting, benefits advice."""
        return ()

    def yearly(self, service_id: int, year: int) -> Iterable[tuple[str, str]]:
        """Give lines for the yearly report of a service, as far as the reader sees what they tell of."""
        return ()

    def own_plan(self, participant: Any, today: date) -> Iterable[Card]:
        """Give cards for the person's own plan, in plain words. It is printed: only what is theirs."""
        return ()


def rooms() -> Iterator[Room]:
    return (app for app in apps.get_app_configs() if isinstance(app, Room))
