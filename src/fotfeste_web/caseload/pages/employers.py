"""The pages about employers. A participant is named only to those who may see the person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, Q, QuerySet

from fotfeste.norway.codes import municipalities, occupations
from fotfeste_web.caseload.alphabet import norwegian
from fotfeste_web.caseload.figures_of_contacts import IS_VISIT
from fotfeste_web.caseload.models import Contact, ContactParticipant, ContactStatus, Employer, Job

ON_A_PAGE = 25
RECENT_DAYS = 30
CUPS = ("Første", "Andre", "Tredje")  # the method speaks of three cups of tea; after that they know each other
VISITS = Q(**{f"contacts__{key}": value for key, value in IS_VISIT.children})  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class EmployerRow:
    id: int
    name: str
    trade: str
    place: str
    lacks_number: bool
    visits: int
    last_visit: date | None


@dataclass(frozen=True, slots=True)
class Filter:
    label: str
    href: str
    current: bool
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployersPage:
    rows: list[EmployerRow]
    page: Page[Any]
    filters: list[Filter]
    shown: str
    sought: str
    sort: str
    found: int
    any: bool

    @classmethod
    def of(cls, services: Collection[int], asked: Any, *, today: date) -> "EmployersPage":
        """List the employers of these services: three queries, however many they are."""
        everyone = Employer.objects.filter(service_id__in=services).annotate(
            visits=Count("contacts", filter=VISITS), last_visit=Max("contacts__on", filter=VISITS)
        )
        chosen = {
            "": ("Alle", Q()),
            "siste30": ("Besøkt siste 30 dager", Q(last_visit__gte=today - timedelta(days=RECENT_DAYS))),
            "uten-nummer": ("Mangler organisasjonsnummer", Q(organisation_number=None)),
            "tre": ("Tre besøk eller flere", Q(visits__gte=3)),
        }
        shown = asked.get("vis", "") if asked.get("vis") in chosen else ""
        sort = "sist" if asked.get("sorter") == "sist" else ""
        sought = asked.get("q", "").strip()[:160]
        found = _matching(everyone, sought)
        amounts = found.aggregate(**{f"n{i}": Count("pk", filter=q) for i, (_, q) in enumerate(chosen.values())})
        order = [F("last_visit").desc(nulls_last=True)] if sort else []
        rows = found.filter(chosen[shown][1]).order_by(*order, norwegian("name"), "pk")
        page = Paginator(rows, ON_A_PAGE).get_page(asked.get("side"))
        return cls(
            rows=[_row(employer) for employer in page],
            page=page,
            filters=[
                Filter(label, _address(asked, vis=code), code == shown, amounts[f"n{i}"])
                for i, (code, (label, _)) in enumerate(chosen.items())
            ],
            shown=shown,
            sought=sought,
            sort=sort,
            found=page.paginator.count,
            any=bool(sought or amounts["n0"]),
        )


@dataclass(frozen=True, slots=True)
class Named:
    """A participant that this person may see."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Visit:
    id: int
    cup: str
    on: date
    by: str
    purpose: str
    decision_maker: bool | None
    summary: str
    participants: list[Named]


@dataclass(frozen=True, slots=True)
class JobThere:
    id: int
    participant: Named
    occupation: str
    starts_on: date
    ends_on: date | None
    begun: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerPage:
    id: int
    name: str
    lacks_number: bool
    facts: list[tuple[str, str]]
    needs: str
    visits: list[Visit]
    page: Page[Any]
    planned: list[Visit]
    jobs: list[JobThere]

    @classmethod
    def of(cls, employer: Employer, *, today: date, side: Any = 1) -> "EmployerPage":
        """Show an employer, its visits the latest first: six queries, however many they are."""
        met = employer.contacts.filter(IS_VISIT).select_related("specialist").order_by("-on", "-starts_at", "-pk")
        page = Paginator(met, ON_A_PAGE).get_page(side)
        ahead = employer.contacts.filter(status=ContactStatus.PLANNED, on__gte=today).select_related("specialist")
        planned = list(ahead.order_by("on", "starts_at", "pk"))
        for_whom = _for_whom([*page, *planned])
        latest = page.paginator.count - page.start_index()
        return cls(
            id=employer.pk,
            name=employer.name,
            lacks_number=employer.organisation_number is None,
            facts=_facts(employer),
            needs=employer.needs,
            visits=[_visit(contact, cup_of_tea(latest - i + 1), for_whom) for i, contact in enumerate(page)],
            page=page,
            planned=[_visit(contact, "", for_whom) for contact in planned],
            jobs=[_job(job) for job in employer.jobs.select_related("participant").order_by("-starts_on", "-pk")],
        )

    def participants(self) -> list[UUID]:
        """Name those whom the page shows: for the read log."""
        of_visits = [named.id for visit in (*self.visits, *self.planned) for named in visit.participants]
        return list(dict.fromkeys([*of_visits, *(job.participant.id for job in self.jobs)]))


def cup_of_tea(number: int) -> str:
    """Name a visit as the method does: «Første kopp te»."""
    return f"{CUPS[number - 1]} kopp te" if number <= len(CUPS) else f"{number}. besøk"


def _matching(employers: QuerySet[Employer], sought: str) -> QuerySet[Employer]:
    if not sought:
        return employers
    words = Q(name__icontains=sought) | Q(trade__icontains=sought) | Q(contact_name__icontains=sought)
    return employers.filter(words | Q(organisation_number=sought.replace(" ", "")))


def _address(asked: Any, **changed: str) -> str:
    query = asked.copy()
    query.pop("side", None)
    for key, value in changed.items():
        query[key] = value
    return f"?{query.urlencode()}"


def _row(employer: Any) -> EmployerRow:
    return EmployerRow(
        id=employer.pk,
        name=employer.name,
        trade=employer.trade,
        place=_municipality(employer),
        lacks_number=employer.organisation_number is None,
        visits=employer.visits,
        last_visit=employer.last_visit,
    )


def _municipality(employer: Employer) -> str:
    code = municipalities().get(employer.municipality)
    return code.name if code else ""


def _facts(employer: Employer) -> list[tuple[str, str]]:
    facts = [
        ("Organisasjonsnummer", employer.organisation_number or ""),
        ("Bransje", employer.trade),
        ("Adresse", employer.address),
        ("Kommune", _municipality(employer)),
        ("Kontaktperson", ", ".join(text for text in (employer.contact_name, employer.contact_role) if text)),
        ("Telefon", employer.contact_phone),
    ]
    return [(label, text) for label, text in facts if text]


def _for_whom(contacts: Sequence[Contact]) -> dict[int, list[Named]]:
    lines = ContactParticipant.objects.filter(contact__in=contacts).select_related("participant").order_by("pk")
    named: dict[int, list[Named]] = {}
    for line in lines:
        named.setdefault(line.contact_id, []).append(Named(line.participant_id, line.participant.short_name))
    return named


def _visit(contact: Contact, cup: str, for_whom: dict[int, list[Named]]) -> Visit:
    return Visit(
        id=contact.pk,
        cup=cup,
        on=contact.on,
        by=contact.specialist.name,
        purpose=contact.get_purpose_display(),
        decision_maker=contact.decision_maker,
        summary=contact.summary,
        participants=for_whom.get(contact.pk, []),
    )


def _job(job: Job) -> JobThere:
    code = occupations().get(job.styrk08)
    return JobThere(
        id=job.pk,
        participant=Named(job.participant_id, job.participant.short_name),
        occupation=job.title or (code.name if code else ""),
        starts_on=job.starts_on,
        ends_on=job.ends_on,
        begun=job.begun,
    )
