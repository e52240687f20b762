"""The records behind an item's figures, found anew in the scope of the one who asks: the way down from a number."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from fotfeste import fidelity
from fotfeste.fidelity import Figure, Item, Suggestion, suggest
from fotfeste.periods import Period
from fotfeste_web.caseload.models import Contact, Employer, Job, Referral
from fotfeste_web.fidelity.counting.counted import Cell
from fotfeste_web.fidelity.counting.keeping import SCALE, records_for
from fotfeste_web.fidelity.counting.unrecorded import is_recorded, leaves_out
from fotfeste_web.fidelity.counting.words import name_in_words
from fotfeste_web.organisations.models import Service
from fotfeste_web.plans.models import JobApplication
from fotfeste_web.ui.formats import day

SHOWN = 60
PERSON, JOB, CONTACT, EMPLOYER, APPLICATION = "person", "job", "contact", "employer", "application"
OF_ITEM = {"1": PERSON, "4": PERSON, "15": PERSON, "17": CONTACT, "21": JOB, "23": JOB, "24": CONTACT}
OF_FIGURE = {
    "caseload_without_post": PERSON,
    "same_specialist_all_the_way": PERSON,
    "nav_meetings_in_person": CONTACT,
    "nav_contacts": CONTACT,
    "not_offered": PERSON,
    "advice_before_start": JOB,
    "advice_at_new_terms": JOB,
    "openness_weighed_before_contact": PERSON,
    "openness_concrete": PERSON,
    "openness_taken_up_again": PERSON,
    "profile_of_several_sessions": PERSON,
    "profile_updated_after_job": JOB,
    "within_days_of_best_anchor": PERSON,
    "open_cases": PERSON,
    "tried_as_wished": APPLICATION,
    "employers_visited_often": EMPLOYER,
    "visits_with_decision_maker": CONTACT,
    "jobs_alone_of_types": JOB,
    "jobs_alone_of_establishments": JOB,
    "with_support_measures": PERSON,
    "support_from_employer": PERSON,
    "step_downs_with_taker": PERSON,
    "ended_because": PERSON,
}


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """The records of one figure: those that count, and of a share those that do not."""

    title: str
    counts: list[Link]
    rest: list[Link]
    counts_of: int
    rest_of: int
    more: int  # records beyond those that are named


@dataclass(frozen=True, slots=True, kw_only=True)
class BehindPage:
    lists: list[Behind]
    people: list[UUID]  # who is named: for the read log

    @classmethod
    def of(cls, service: Service, item: Item, period: Period[date], today: date) -> "BehindPage":
        if not is_recorded(item.id):
            return cls(lists=[], people=[])
        told = suggest(records_for(service.pk, today), fidelity.scale(SCALE), period)[item.id]
        found = list(_figures(item, told))
        named = _Named(found, today)
        lists = [_behind(title, kind, ids, rest, named) for title, kind, ids, rest in found]
        return cls(lists=lists, people=list(named.people))


Found = tuple[str, str, Sequence[str], Sequence[str]]


def _figures(item: Item, told: Suggestion) -> Iterator[Found]:
    """Give each list of ids with its title and its kind, the item's own first."""
    if kind := OF_ITEM.get(item.id):
        ids, of_ids = told.ids, told.of_ids
        yield f"{item.number} {item.name_nb}", kind, ids, _rest(ids, of_ids)
    for one in told.figures:
        if (kind := OF_FIGURE.get(one.id)) and (one.ids or one.of_ids) and not leaves_out(item.id, one):
            yield _title(one), kind, one.ids, _rest(one.ids, one.of_ids)


def _title(one: Figure) -> str:
    return name_in_words(Cell(id=one.id, about=one.about), {})


def _rest(ids: Iterable[str], of_ids: Iterable[str]) -> list[str]:
    return sorted(set(of_ids) - set(ids))


def _behind(title: str, kind: str, ids: Sequence[str], rest: Sequence[str], named: "_Named") -> Behind:
    return Behind(
        title=title,
        counts=named.links(kind, ids),
        rest=named.links(kind, rest),
        counts_of=len(set(ids)),
        rest_of=len(set(rest)),
        more=max(0, len(set(ids)) - SHOWN) + max(0, len(set(rest)) - SHOWN),
    )


class _Named:
    """What ids of records are called, and where they are: one query a kind."""

    def __init__(self, found: Iterable[Found], today: date) -> None:
        asked: dict[str, set[int]] = {kind: set() for kind in (PERSON, JOB, CONTACT, EMPLOYER, APPLICATION)}
        for _, kind, ids, rest in found:
            asked[kind] |= {_key(one) for part in (ids, rest) for one in _first(part)}
        self.people: dict[UUID, None] = {}
        self._links: dict[tuple[str, int], Link] = {}
        for one in Referral.objects.filter(pk__in=asked[PERSON]).select_related("participant"):
            self.people[one.participant_id] = None
            self._links[PERSON, one.pk] = Link(str(one.participant), reverse("participant", args=[one.participant_id]))
        for job in Job.objects.filter(pk__in=asked[JOB]).select_related("participant", "employer"):
            said = f"{job.participant}, {job.employer.name}, fra {day(job.starts_on, today)}"
            self.people[job.participant_id] = None
            self._links[JOB, job.pk] = Link(said, reverse("job", args=[job.pk]))
        for contact in Contact.objects.filter(pk__in=asked[CONTACT]).select_related("employer").order_by("on"):
            said = (
                f"{day(contact.on, today)}, {contact.employer.name if contact.employer else contact.get_kind_display()}"
            )
            self._links[CONTACT, contact.pk] = Link(said, reverse("contact", args=[contact.pk]))
        for employer in Employer.objects.filter(pk__in=asked[EMPLOYER]):
            self._links[EMPLOYER, employer.pk] = Link(employer.name, reverse("employer", args=[employer.pk]))
        for tried in JobApplication.objects.filter(pk__in=asked[APPLICATION]).select_related("participant"):
            self.people[tried.participant_id] = None
            said, href = f"{tried.participant}, {tried.place}", reverse("applications", args=[tried.participant_id])
            self._links[APPLICATION, tried.pk] = Link(said, href)

    def links(self, kind: str, ids: Sequence[str]) -> list[Link]:
        keys = dict.fromkeys(_key(one) for one in _first(ids))
        return sorted((self._links[kind, key] for key in keys if (kind, key) in self._links), key=lambda one: one.text)


def _first(ids: Sequence[str]) -> Sequence[str]:
    return list(dict.fromkeys(ids))[:SHOWN]


def _key(id: str) -> int:
    """A record may be named with a day: «13@2026-06-17» is job 13."""
    return int(id.split("@")[0])
