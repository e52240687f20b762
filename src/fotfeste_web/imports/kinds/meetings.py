"""Meetings: each row a meeting, or for one more the meeting of another row."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.figures_of_contacts import TOOK_PLACE
from fotfeste_web.caseload.models import (
    Channel,
    Contact,
    ContactKind,
    ContactParticipant,
    ContactStatus,
    Employer,
    MadeBy,
)
from fotfeste_web.imports.columns.meetings import COLUMNS
from fotfeste_web.imports.known.people import WHO as WHO_COLUMNS
from fotfeste_web.imports.known.people import People
from fotfeste_web.imports.known.places import Colleagues, Employers, who_log_contacts
from fotfeste_web.imports.rows_read import Row
from fotfeste_web.organisations.models import Service

from .kind import Kind, Verdict, in_parts


class Meetings:
    def __init__(self, service: Service, rows: Sequence[Row], today: date) -> None:
        self.service, self.today = service, today
        self.people, self.employers = People(service.pk), Employers(service)
        self.colleagues = Colleagues(service, today, who_log_contacts())
        self.known: set[UUID] = set()
        self.already = set(_stored(service, [row["on"] for row in rows if row["on"]]))
        self.rows: dict[Any, Row] = {}

    def seen(self) -> set[UUID]:
        return self.known

    def look(self, row: Row) -> Verdict:
        self._check(row)
        names_somebody = any(row.texts.get(key) for key in WHO_COLUMNS)
        person = self.people.named(row) if names_somebody else None
        if person:
            self.known.add(person.id)
        row.known["person"] = person.id if person else None
        self._check_person(row, names_somebody)
        row.known["employer"] = self.employers.named(row) if not row.is_bad() else None
        row.known["specialist"] = self.colleagues.find(row)
        if row.is_bad():
            return Verdict.NEW
        key = _key(row.known["person"], _which(row), row["on"], row["starts_at"], row["kind"])
        if key in self.already:
            return Verdict.ALREADY
        earlier = self.rows.setdefault(key, row)
        if earlier is row:
            return Verdict.NEW
        if earlier.values == row.values:
            return Verdict.TWICE
        row.refuse(
            "starts_at" if "starts_at" in row.texts else "on",
            f"Et møte av samme type, med samme dag og tid, står på rad {earlier.number}. Skriv klokka på dem.",
        )
        return Verdict.NEW

    def _check(self, row: Row) -> None:
        kind, status = row["kind"], row["status"] or ContactStatus.HELD
        if row["on"] and status in TOOK_PLACE and row["on"] > self.today:
            row.refuse("on", "Datoen ligger fram i tid. Det som ikke har vært ennå, har status Planlagt.")
        if kind == ContactKind.EMPLOYER and not row["employer"] and not row.is_bad("employer"):
            row.refuse("employer", "Skriv hvilken arbeidsgiver møtet var med.")
        elif kind and kind != ContactKind.EMPLOYER and row["employer"]:
            row.refuse("employer", "Bare møter av typen «Møte med arbeidsgiver» har en arbeidsgiver.")

    def _check_person(self, row: Row, names_somebody: bool) -> None:
        if names_somebody:
            return
        for key, needs in (
            ("kind", row["kind"] == ContactKind.PARTICIPANT),
            ("status", row["status"] == ContactStatus.PARTICIPANT_ABSENT),
            ("made_by", row["made_by"] in (MadeBy.PARTICIPANT, MadeBy.BOTH)),
            ("note", bool(row["note"])),
        ):
            if needs:
                row.refuse(key, "Skriv hvilken deltaker det gjelder.")

    def make(self, rows: Sequence[Row], by: User) -> Iterator[tuple[int, Sequence[Model]]]:
        """One meeting with an employer for several participants is several rows that say the same of it."""
        yield 0, new_employers(rows, by)
        meetings: dict[Any, Contact] = {}
        done = 0
        for part in in_parts(rows):
            new: list[Contact] = []
            lines: list[ContactParticipant] = []
            for row in part:
                facts = self._facts(row)
                key = tuple(facts.items()) if facts["employer"] and row.known["person"] else row.number
                contact = meetings.get(key)
                if contact is None:
                    contact = Contact(service=self.service, updated_by=by, **facts)
                    meetings[key] = contact
                    new.append(contact)
                if row.known["person"]:
                    note = row["note"] or ""
                    lines.append(ContactParticipant(contact=contact, participant_id=row.known["person"], note=note))
            yield done, new
            done += len(part)
            yield done, lines

    def _facts(self, row: Row) -> dict[str, Any]:
        return {
            "specialist": row.known["specialist"],
            "employer": row.known["employer"],
            "kind": row["kind"],
            "status": row["status"] or ContactStatus.HELD,
            "on": row["on"],
            "starts_at": row["starts_at"],
            "minutes": row["minutes"],
            "channel": row["channel"],
            "place": (row["place"] or "") if row["channel"] == Channel.IN_PERSON else "",
            "met": row["met"] or "",
            "decision_maker": row["decision_maker"],
            "purpose": row["purpose"] or "",
            "made_by": row["made_by"] or MadeBy.SPECIALIST,
            "summary": row["summary"] or "",
        }


def new_employers(rows: Sequence[Row], by: User) -> list[Employer]:
    """Give the employers that rows name for the first time, each once."""
    new = {id(one): one for row in rows if (one := row.known["employer"]) is not None and one.pk is None}
    for employer in new.values():
        employer.created_by = by
    return list(new.values())


def _key(person: UUID | None, which: tuple[Any, ...], *when: Any) -> tuple[Any, ...]:
    """A meeting is of a person at a time; one for nobody, of a job specialist with an employer."""
    return (person, *when) if person else (which, *when)


def _which(row: Row) -> tuple[Any, ...]:
    employer: Employer | None = row.known["employer"]
    return (row.known["specialist"] and row.known["specialist"].pk, employer and (employer.pk or id(employer)))


def _stored(service: Service, days: list[date]) -> Iterator[tuple[Any, ...]]:
    """Give what meetings of the file's days the service has."""
    if not days:
        return
    between = (min(days), max(days))
    when = ("contact__on", "contact__starts_at", "contact__kind")
    of_people = ContactParticipant.objects.filter(contact__service=service, contact__on__range=between)
    for person, *at in of_people.values_list("participant_id", *when):
        yield _key(person, (), *at)
    of_nobody = Contact.objects.filter(service=service, on__range=between, for_participants=None)
    for specialist, employer, *at in of_nobody.values_list("specialist_id", "employer_id", "on", "starts_at", "kind"):
        yield _key(None, (specialist, employer), *at)


MEETINGS = Kind(
    key="meetings",
    word="moter",
    name="Møter",
    one="møte",
    many="møter",
    columns=COLUMNS,
    examiner=Meetings,
)
