"""The versions of a plan, and two of them field by field with the words that came and went."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from fotfeste_web.caseload.models import Openness, Participant
from fotfeste_web.caseload.pages.plans import OPENNESS, Version, versions_of
from fotfeste_web.plans.models import CareerProfile, Moment, SearchPlan, SupportMeasure, SupportPlan
from fotfeste_web.plans.sections import FIELDS
from fotfeste_web.plans.words import Piece, compare

SEARCH = ("employers", "industry", "tasks", "hours", "preparation", "adaptation", "who_contacts", "review_on")
SUPPORT = ("early_signs", "early_signs_then", "employer_support_wished", "review_on")


@dataclass(frozen=True, slots=True)
class Compared:
    """A field that is another in two versions, word by word."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsPage:
    title: str
    back: str  # the name of the page of the plan
    participant: Participant
    versions: tuple[Version, ...]  # the newest first
    older: Version | None
    newer: Version | None
    changed: tuple[Compared, ...]
    same: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, participant: Participant, kind: "Kind", *, since: str, until: str) -> "VersionsPage":
        """Compare two versions by their numbers; not said, the last with the one before it."""
        record = kind.model.objects.filter(participant=participant).first()
        versions = versions_of(record, kind.fields, kind.more(participant))
        chosen = {str(version.number): version for version in versions}
        newer = chosen.get(until) or (versions[0] if versions else None)
        before = [version for version in versions if newer and version.number < newer.number]
        older = chosen.get(since) or (before[0] if before else None)
        both = list(_both(older, newer)) if older and newer else []
        return cls(
            title=kind.title,
            back=kind.page,
            participant=participant,
            versions=versions,
            older=older,
            newer=newer,
            changed=tuple(Compared(label, compare(was, now)) for label, was, now in both if was != now),
            same=tuple((label, now) for label, was, now in both if was == now and now),
        )


def _both(older: Version, newer: Version) -> Iterable[tuple[str, str, str]]:
    was = {part.label: part.text for part in older.parts}
    return ((part.label, was.get(part.label, ""), part.text) for part in newer.parts)


More = Callable[[Any], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A plan of which every version is kept."""

    title: str
    page: str
    model: Any
    fields: tuple[str, ...]
    more: Callable[[Participant], More] = lambda participant: lambda event: []


def _measures(participant: Participant) -> More:
    """What each version of a support plan had of measures."""
    measures = list(SupportMeasure.objects.filter(participant=participant).order_by("pk"))

    def of_version(event: Any) -> list[tuple[str, str]]:
        number = event.version
        there = [m for m in measures if m.from_version <= number and (m.until_version or number + 1) > number]
        return [
            (moment.label, "\n".join(measure_in_words(m) for m in there if m.moment == moment)) for moment in Moment
        ]

    return of_version


def measure_in_words(measure: SupportMeasure) -> str:
    return ", ".join(
        filter(None, [f"{measure.get_by_whom_display()}: {measure.what}", measure.where, measure.how_often])
    )


KINDS = {
    "profile_versions": Kind("Karriereprofil", "profile", CareerProfile, FIELDS),
    "openness_versions": Kind("Åpenhetsplan", "openness", Openness, OPENNESS),
    "search_plan_versions": Kind("Plan for jobbsøk", "search_plan", SearchPlan, SEARCH),
    "support_plan_versions": Kind("Jobbstøtteplan", "support_plan", SupportPlan, SUPPORT, _measures),
}
