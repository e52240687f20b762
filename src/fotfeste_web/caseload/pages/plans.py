"""The versions of a plan: who wrote which, when, and what became different."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Openness, WishedOccupation, Wishes
from fotfeste_web.ui.formats import clock, day, number

from .jobs import occupation_name

WISHES = ("goal", "hours_per_week", "times_of_day", "place", "environment", "helps_at_work")
OPENNESS = ("may_contact", "advantages", "drawbacks", "may_tell", "must_not_tell", "agreed_on")


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a version, and what stood there in the version before."""

    label: str
    text: str
    before: str

    @property
    def changed(self) -> bool:
        return self.text != self.before


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    when: str
    who: str
    parts: tuple[Part, ...]
    first: bool


def wishes_versions(wishes: Wishes | None) -> tuple[Version, ...]:
    """Every version of the wishes, the newest first, each with the occupations that were wished for then."""
    if wishes is None:
        return ()
    occupations: dict[int, list[str]] = defaultdict(list)
    history = WishedOccupation.pgh_event_model.objects.filter(participant_id=wishes.participant_id, pgh_label="insert")
    for version, _, styrk08 in sorted(history.values_list("version", "order", "styrk08")):
        occupations[version].append(occupation_name(styrk08))
    return versions_of(wishes, WISHES, lambda event: [("Yrker", ", ".join(occupations[event.version]))])


def openness_versions(openness: Openness | None) -> tuple[Version, ...]:
    return versions_of(openness, OPENNESS)


def versions_of(
    record: Any, names: Iterable[str], more: Callable[[Any], list[tuple[str, str]]] = lambda event: []
) -> tuple[Version, ...]:
    """Give every version of a record, the newest first; ``more`` gives what a version holds beside its own fields."""
    if record is None:
        return ()
    events = type(record).pgh_event_model.objects.filter(pgh_obj_id=record.pk, version__gt=0).order_by("pgh_id")
    latest = {event.version: event for event in events}  # the last that was written of each version
    people = dict(
        User.objects.filter(pk__in={event.updated_by_id for event in latest.values()}).values_list("pk", "name")
    )
    versions: list[Version] = []
    before: dict[str, str] = {}
    for event in latest.values():
        texts = dict([(label_of(record, name), text_of(event, name)) for name in names] + more(event))
        at = timezone.localtime(event.pgh_created_at)
        versions.append(
            Version(
                number=event.version,
                when=f"{day(at)} kl. {clock(at)}",
                who=people.get(event.updated_by_id, ""),
                parts=tuple(Part(label, text, before.get(label, "")) for label, text in texts.items()),
                first=not versions,
            )
        )
        before = texts
    return tuple(reversed(versions))


def label_of(record: models.Model, name: str) -> str:
    """What a field is called, as people read it."""
    label = str(record._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def text_of(event: models.Model, name: str) -> str:
    """A value as people write it: the label of a choice, a date, a number."""
    value = getattr(event, name)
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return "Ja" if value else "Nei"
    if choices := event._meta.get_field(name).flatchoices:
        return str(dict(choices).get(value, value))
    if isinstance(event._meta.get_field(name), models.DateField):
        return day(value)
    return number(value.normalize()) if hasattr(value, "normalize") else str(value)
