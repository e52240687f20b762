"""How the career profile came to be: read from its versions, for the page and for item 14 of the fidelity scale."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from .models import CareerProfile, HeldJob
from .sections import FIELDS, SECTIONS, Section


@dataclass(frozen=True, slots=True)
class Progress:
    """A session is a day on which something was written in the profile or about a job held."""

    sessions: tuple[date, ...] = ()
    complete_on: date | None = None  # the first day on which every needed section had something in it
    saved: tuple[date, ...] = ()  # the days on which the profile itself was saved, with nothing new too

    @property
    def sessions_until_complete(self) -> int | None:
        return sum(day <= self.complete_on for day in self.sessions) if self.complete_on else None


def is_written(section: Section, profile: Any) -> bool:
    return any(getattr(profile, name) for name in section.fields)


def missing(profile: Any) -> tuple[Section, ...]:
    """Give the sections that a complete profile still needs."""
    return tuple(section for section in SECTIONS.values() if section.needed and not is_written(section, profile))


def progress_of(participants: Collection[UUID]) -> dict[UUID, Progress]:
    """Read how far each has come: two queries, however many they are."""
    about = {"participant_id__in": participants, "version__gt": 0}
    saved: dict[UUID, set[date]] = defaultdict(set)
    written: dict[UUID, set[date]] = defaultdict(set)
    complete: dict[UUID, date] = {}
    texts: dict[UUID, tuple[str, ...]] = {}
    profiles = CareerProfile.pgh_event_model.objects.filter(**about).only(
        "participant_id", "pgh_created_at", "version", *FIELDS
    )
    for event in profiles.order_by("pgh_id"):
        person, on = event.participant_id, timezone.localdate(event.pgh_created_at)
        text = tuple(getattr(event, name) for name in FIELDS)
        saved[person].add(on)
        if text != texts.get(person):
            written[person].add(on)
            texts[person] = text
        if person not in complete and not missing(event):
            complete[person] = on
    jobs = HeldJob.pgh_event_model.objects.filter(**about).values_list("participant_id", "pgh_created_at")
    for person, at in jobs:
        written[person].add(timezone.localdate(at))
    return {
        person: Progress(tuple(sorted(written[person])), complete.get(person), tuple(sorted(saved[person])))
        for person in saved.keys() | written.keys()
    }
