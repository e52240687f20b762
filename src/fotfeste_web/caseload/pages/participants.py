"""The list of participants: mine now or the team's, narrowed, searched and sorted by what stands in the address."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.alphabet import alphabetical
from fotfeste_web.caseload.directory import colleagues_participants
from fotfeste_web.caseload.due import SEARCHING
from fotfeste_web.caseload.models import Assignment, NextStep, Participant, Period, Referral
from fotfeste_web.caseload.status import Facts, Status, facts_of, status_on
from fotfeste_web.rows.roles import Permission
from fotfeste_web.rows.scope import Scope
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.formats import count

PER_PAGE = 50
ACTIVE = (
    Status.REFERRED,
    Status.MAPPING,
    Status.JOB_DEVELOPMENT,
    Status.IN_WORK,
    Status.IN_EDUCATION,
    Status.STEP_DOWN,
    Status.PAUSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the address asks for. What it does not know, it leaves out."""

    team_view: bool = False
    status: str = ""
    quiet: bool = False
    specialist: int | None = None
    treatment_team: int | None = None
    search: str = ""
    sort: str = "navn"

    @classmethod
    def of(cls, query: Mapping[str, str], *, leads: bool) -> "Chosen":
        given = {key: query.get(key, "")[:18] for key in ("jobbspesialist", "team")}  # no number of ours is longer
        number = {key: int(value) for key, value in given.items() if value.isdecimal()}
        return cls(
            team_view=query.get("vis", "team" if leads else "mine") == "team",
            status=query.get("status", "") if query.get("status") in {*ACTIVE, Status.ENDED} else "",
            quiet=query.get("stille") == "1",
            specialist=number.get("jobbspesialist"),
            treatment_team=number.get("team"),
            search=query.get("sok", "").strip()[:80],
            sort=query.get("sorter", "") if query.get("sorter") in SORTS else "navn",
        )

    def href(self, **change: Any) -> str:
        """Give the address with something else chosen, and everything else kept."""
        chosen = replace(self, **change)
        query = {
            "vis": "team" if chosen.team_view else "mine",
            "status": chosen.status,
            "stille": "1" if chosen.quiet else "",
            "jobbspesialist": chosen.specialist,
            "team": chosen.treatment_team,
            "sok": chosen.search,
            "sorter": "" if chosen.sort == "navn" else chosen.sort,
        }
        return "?" + urlencode({key: value for key, value in query.items() if value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One participant. Of a colleague's only the short name and the job specialist are known."""

    id: UUID
    name: str
    specialist_id: int | None
    specialist: str
    status: Status | None = None
    team_id: int | None = None
    team: str = ""
    started_on: date | None = None
    contact_on: date | None = None
    quiet_days: int | None = None  # days without contact, once they are ``quiet_limit`` or more
    quiet_limit: int = 0
    step: str = ""
    step_on: date | None = None

    @property
    def is_colleagues(self) -> bool:
        return self.status is None

    @property
    def href(self) -> str:
        return address("participant", self.id)

    @property
    def quiet_tag(self) -> str:
        return f"{self.quiet_days} dager"


@dataclass(frozen=True, slots=True)
class Filter:
    label: str
    href: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    value: int | str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantsPage:
    chosen: Chosen
    sub: str
    views: tuple[Filter, ...]
    filters: tuple[Filter, ...]
    specialists: tuple[Option, ...]
    teams: tuple[Option, ...]
    sorts: tuple[Option, ...]
    rows: Page  # of Row
    may_refer: bool
    may_cover: bool
    is_narrowed: bool
    clear_href: str

    @classmethod
    def of(cls, scope: Scope, chosen: Chosen, number: str, *, today: date) -> "ParticipantsPage":
        services = scope.services(Permission.PARTICIPANTS_LIST)
        everybody = Participant.objects.filter(service_id__in=services)
        if not chosen.team_view:
            everybody = everybody.filter(_mine(scope, today))
        active = _active(today)
        ended = chosen.status == Status.ENDED
        rows = _rows(everybody.exclude(active) if ended else everybody.filter(active), today)
        gone = everybody.exclude(active).count()
        if chosen.team_view:
            rows += _colleagues(scope, seen={row.id for row in rows})
        named = [row for row in rows if chosen.search.casefold() in row.name.casefold()]
        placed = [row for row in named if _among(row, chosen)]
        shown = [row for row in placed if _is_asked_for(row, chosen)]
        shown.sort(key=lambda row: (SORTS[chosen.sort][1](row), alphabetical(row.name)))
        return cls(
            chosen=chosen,
            sub=count(len(shown), "deltaker", "deltakere"),
            views=(
                Filter("Mine nå", chosen.href(team_view=False, specialist=None), not chosen.team_view),
                Filter("Teamet", chosen.href(team_view=True), chosen.team_view),
            ),
            filters=_filters(chosen, placed, gone),
            specialists=_options(((r.specialist_id, r.specialist) for r in named), chosen.specialist),
            teams=_options(((r.team_id, r.team) for r in named), chosen.treatment_team),
            sorts=tuple(Option(key, label, key == chosen.sort) for key, (label, _) in SORTS.items()),
            rows=Paginator(shown, PER_PAGE).get_page(number),
            may_refer=scope.may(Permission.REFER),
            may_cover=scope.may(Permission.SET_COVER),
            is_narrowed=replace(chosen, sort="navn") != (everything := Chosen(team_view=chosen.team_view)),
            clear_href=everything.href(),
        )


def _active(today: date) -> Q:
    """In IPS, to begin, or waiting with an open referral."""
    own = {"participant": OuterRef("pk")}
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
    return Q(Exists(Period.objects.filter(goes_on, **own))) | Q(Exists(Referral.objects.filter(outcome="", **own)))


def _mine(scope: Scope, today: date) -> Q:
    mine = Assignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today), specialist_id=scope.user_id, participant=OuterRef("pk")
    )
    covered = [participant for participant, (ground, _) in scope.grounds.items() if ground == "cover"]
    return Q(Exists(mine)) | Q(pk__in=covered)


def _rows(participants: QuerySet[Participant], today: date) -> list[Row]:
    """Read what the list shows of these: four queries, however many they are."""
    people = list(participants.select_related("treatment_team", "service"))
    about = {"participant_id__in": [person.pk for person in people]}
    facts = facts_of(about["participant_id__in"])
    specialists = dict(
        Assignment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), **about)
        .order_by("-starts_on")
        .values_list("participant_id", "specialist_id")
    )
    names = dict(User.objects.filter(pk__in=set(specialists.values())).values_list("pk", "name"))
    steps = NextStep.objects.filter(done_on__isnull=True, **about).order_by("participant_id", "due_on", "id")
    next_steps = {step.participant_id: step for step in steps.distinct("participant_id")}
    return [_row(person, facts[person.pk], specialists.get(person.pk), names, next_steps, today) for person in people]


def _row(
    person: Participant,
    facts: Facts,
    specialist: int | None,
    names: dict[int, str],
    next_steps: dict[UUID, NextStep],
    today: date,
) -> Row:
    status = status_on(facts, today) or Status.NOT_STARTED
    started = [start for start, _ in facts.periods if start <= today]
    since = facts.last_contact or max(started, default=today)
    silent = (today - since).days
    step = next_steps.get(person.pk)
    return Row(
        id=person.pk,
        name=str(person),
        specialist_id=specialist,
        specialist=names.get(specialist or 0, ""),
        status=status,
        team_id=person.treatment_team_id,
        team=person.treatment_team.name if person.treatment_team else "",
        started_on=max(started, default=None),
        contact_on=facts.last_contact,
        quiet_days=silent if status in SEARCHING and silent >= person.service.quiet_days else None,
        quiet_limit=person.service.quiet_days,
        step=step.text if step else "",
        step_on=step.due_on if step else None,
    )


def _colleagues(scope: Scope, seen: set[UUID]) -> list[Row]:
    """Name the participants of colleagues, as much as is needed to open one with a reason."""
    services = scope.services(Permission.OPEN_COLLEAGUES)
    if not services:
        return []
    found = [one for one in colleagues_participants(services) if one.participant_id not in seen]
    names = dict(User.objects.filter(pk__in={one.specialist_id for one in found}).values_list("pk", "name"))
    return [
        Row(
            id=one.participant_id,
            name=one.short_name,
            specialist_id=one.specialist_id,
            specialist=names.get(one.specialist_id, ""),
        )
        for one in found
    ]


def _among(row: Row, chosen: Chosen) -> bool:
    return chosen.specialist in (None, row.specialist_id) and chosen.treatment_team in (None, row.team_id)


def _is_asked_for(row: Row, chosen: Chosen) -> bool:
    if chosen.status == Status.ENDED:
        return not row.is_colleagues
    return chosen.status in ("", row.status) and (not chosen.quiet or row.quiet_days is not None)


def _filters(chosen: Chosen, rows: list[Row], gone: int) -> tuple[Filter, ...]:
    """Offer the statuses that somebody has, with how many; those who have ended only when asked for."""
    plain = not chosen.status and not chosen.quiet
    if chosen.status == Status.ENDED:
        return (
            Filter("Alle nå", chosen.href(status="", quiet=False), False),
            Filter(Status.ENDED.label, chosen.href(status=Status.ENDED), True, len(rows)),
        )
    counts = Counter(row.status for row in rows)
    statuses = [status for status in ACTIVE if counts[status] or chosen.status == status]
    quiet = [row.quiet_limit for row in rows if row.quiet_days is not None]
    return (
        Filter("Alle nå", chosen.href(status="", quiet=False), plain, len(rows)),
        *(
            Filter(status.label, chosen.href(status=status, quiet=False), chosen.status == status, counts[status])
            for status in statuses
        ),
        *_quiet_filter(chosen, quiet),
        *([Filter(Status.ENDED.label, chosen.href(status=Status.ENDED, quiet=False), False, gone)] if gone else []),
    )


def _quiet_filter(chosen: Chosen, limits: list[int]) -> list[Filter]:
    if not limits and not chosen.quiet:
        return []
    days = f" på {limits[0]} dager" if len(set(limits)) == 1 else ""
    return [Filter(f"Uten kontakt{days}", chosen.href(status="", quiet=True), chosen.quiet, len(limits))]


def _options(pairs: Iterable[tuple[int | None, str]], chosen: int | None) -> tuple[Option, ...]:
    counts = Counter((key, label) for key, label in pairs if key is not None)
    return tuple(
        Option(key, f"{label} ({number})", key == chosen)
        for (key, label), number in sorted(counts.items(), key=lambda pair: alphabetical(pair[0][1]))
    )


# What the list is sorted by: its name, and the key of a row. The longest without contact comes first.
SORTS: dict[str, tuple[str, Callable[[Row], Any]]] = {
    "navn": ("Navn", lambda row: ""),
    "status": ("Status", lambda row: list(Status).index(row.status) if row.status else 99),
    "kontakt": ("Siste kontakt", lambda row: row.contact_on or date.min),
    "oppstart": ("Oppstart", lambda row: row.started_on or date.max),
}
