"""Participants: registered, referred, assigned, started and ended as the site's own actions do it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Model

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.forms.referrals import ADULT, OLDEST
from fotfeste_web.caseload.identity import encrypt
from fotfeste_web.caseload.models import (
    Assignment,
    Contact,
    ContactKind,
    ContactParticipant,
    ContactStatus,
    Participant,
    Period,
    Referral,
    ReferralOutcome,
    ReferralSource,
)
from fotfeste_web.imports.columns.participants import COLUMNS
from fotfeste_web.imports.known.people import People, key_of, names_of, told_by
from fotfeste_web.imports.known.places import Colleagues, offices_of, teams_of
from fotfeste_web.imports.rows_read import Row
from fotfeste_web.organisations.models import Service

from .kind import WHO, Kind, Verdict, in_parts

AHEAD = timedelta(days=366)


class Participants:
    def __init__(self, service: Service, rows: Sequence[Row], today: date) -> None:
        self.service, self.today = service, today
        self.people = People(service.pk)
        self.teams, self.offices = teams_of(service), offices_of(service)
        self.specialists = Colleagues(service, today, ["jobbspesialist"])
        self.known: set[UUID] = set()
        self.by_hash: dict[bytes, Row] = {}
        self.by_name: dict[tuple[str, int | None], Row] = {}

    def seen(self) -> set[UUID]:
        return self.known

    def look(self, row: Row) -> Verdict:
        self._check_who(row)
        self._check_way(row)
        row.known["team"] = self.teams.find(row, "treatment_team")
        row.known["office"] = self.offices.find(row, "nav_office")
        running = row["ended_on"] is None
        row.known["specialist"] = self.specialists.find(row, here_now=running)
        names = names_of(row)
        if names is None or row.is_bad("identity", "birth_year"):
            return Verdict.NEW
        return self._verdict(row, *names)

    def _verdict(self, row: Row, first: str, last: str) -> Verdict:
        row.known["names"], row.known["hash"] = (first, last), self.people.hash_of(row)
        same = self.people.same(row, first, last, row.known["hash"])
        if same:
            self.known.add(same.id)
            return Verdict.ALREADY
        earlier = self._earlier(row)
        if earlier is None:
            return Verdict.NEW
        if earlier.values == row.values:
            return Verdict.TWICE
        row.refuse(told_by(row), f"Samme person står på rad {earlier.number} med andre opplysninger. Slå dem sammen.")
        return Verdict.NEW

    def _earlier(self, row: Row) -> Row | None:
        """Find the row further up that is of the same person, and remember this one."""
        hashed, name = row.known["hash"], (key_of(*row.known["names"]), row["birth_year"])
        found = self.by_hash.get(hashed) if hashed else None
        namesake = self.by_name.setdefault(name, row)
        if found is None and namesake is not row and not (hashed and namesake.known["hash"]):
            found = namesake
        if hashed:
            self.by_hash.setdefault(hashed, row)
        return found

    def _check_who(self, row: Row) -> None:
        if row["protected"]:
            row.refuse("protected", "Personer med adressesperre skal ikke stå i Fotfeste. Ta bort raden.")
        if names_of(row) is None and not row.is_bad("first_name", "last_name", "name"):
            key = "first_name" if row["last_name"] else "name" if row["name"] else "last_name"
            row.refuse(key, "Skriv både fornavn og etternavn.")
        elif (names := names_of(row)) and max(map(len, names)) > 80:
            row.refuse("name", "Fornavn og etternavn har plass til 80 tegn hver.")
        year = row["birth_year"]
        if year is not None and not self.today.year - OLDEST <= year <= self.today.year:
            row.refuse("birth_year", f"Året må være mellom {self.today.year - OLDEST} og {self.today.year}.")
        elif year is not None and self.today.year - year < ADULT:
            row.refuse(
                "birth_year", "Personen er under 18 år. Registrer henvisningen for hånd, så samtykket kommer med."
            )

    def _check_way(self, row: Row) -> None:
        """The days come in their order, and what belongs to a start or an end comes with it."""
        received, started, ended = row["received_on"], row["started_on"], row["ended_on"]
        for key in ("received_on", "started_on", "ended_on"):
            if row[key] and row[key] > self.today:
                row.refuse(key, "Datoen kan ikke være etter i dag.")
        if started and received and started < received:
            row.refuse("started_on", "Oppstarten kan ikke være før henvisningen.")
        if ended and not started and not row.is_bad("started_on"):
            row.refuse("ended_on", "Skriv oppstarten også. En henvisning uten oppstart avslutter du i Fotfeste.")
        elif ended and started and ended < started:
            row.refuse("ended_on", "Avslutningen kan ikke være før oppstarten.")
        if started and row["in_work_at_start"] is None and not row.is_bad("in_work_at_start"):
            row.refuse("in_work_at_start", "Skriv ja eller nei: var personen i jobb ved oppstart?")
        if bool(ended) != bool(row["end_reason"]) and not row.is_bad("ended_on", "end_reason"):
            key = "end_reason" if ended else "ended_on"
            row.refuse(key, "Avslutningsgrunn mangler." if ended else "Det er en avslutningsgrunn, men ingen dato.")
        if started and not ended and not row["specialist"] and not row.is_bad("ended_on", "specialist"):
            row.refuse("specialist", "Skriv hvem som er jobbspesialist: personen har startet.")
        self._check_assigned(row)

    def _check_assigned(self, row: Row) -> None:
        assigned, received, ended = row["assigned_on"], row["received_on"], row["ended_on"]
        if assigned and not row["specialist"] and not row.is_bad("specialist"):
            row.refuse("assigned_on", "Skriv hvem som er jobbspesialist også.")
        elif assigned and received and assigned < received:
            row.refuse("assigned_on", "Personen kan ikke få jobbspesialist før henvisningen.")
        elif assigned and ended and assigned > ended:
            row.refuse("assigned_on", "Datoen er etter avslutningen.")
        elif assigned and assigned > self.today + AHEAD:
            row.refuse("assigned_on", "Datoen er mer enn et år fram i tid. Se etter en tastefeil.")

    def make(self, rows: Sequence[Row], by: User) -> Iterator[tuple[int, Sequence[Model]]]:
        done = 0
        for part in in_parts(rows):
            people = [self._participant(row, by) for row in part]
            referrals = [self._referral(row, person, by) for row, person in zip(part, people, strict=True)]
            begun = [(row, ref) for row, ref in zip(part, referrals, strict=True) if row["started_on"]]
            meetings = [(self._start_up(row), ref) for row, ref in begun if row.known["specialist"]]
            yield done, people
            yield done, referrals
            yield done, [self._assignment(r, p, by) for r, p in zip(part, people, strict=True) if r["specialist"]]
            yield done, [contact for contact, _ in meetings]
            yield done, [ContactParticipant(contact=c, participant=ref.participant) for c, ref in meetings]
            done += len(part)
            yield done, [self._period(row, referral) for row, referral in begun]

    def _participant(self, row: Row, by: User) -> Participant:
        first, last = row.known["names"]
        referred_by_therapist = row["source"] == ReferralSource.THERAPIST
        person = Participant(
            service=self.service,
            first_name=first,
            last_name=last,
            birth_year=row["birth_year"],
            phone=row["phone"] or "",
            email=row["email"] or "",
            treatment_team_id=row.known["team"],
            therapist=row["therapist"] or (referred_by_therapist and row["referrer"]) or "",
            nav_office_id=row.known["office"],
            nav_adviser=row["nav_adviser"] or "",
            identity_hash=row.known["hash"],
            registered_by=by,
        )
        if row["identity"]:
            person.identity_encrypted = encrypt(row["identity"], person.pk)
        return person

    def _referral(self, row: Row, person: Participant, by: User) -> Referral:
        started = row["started_on"]
        return Referral(
            participant=person,
            service=self.service,
            received_on=row["received_on"],
            source=row["source"],
            referrer=row["referrer"] or "",
            wish=row["wish"],
            short_name=person.short_name,
            registered_by=by,
            outcome=ReferralOutcome.STARTED if started else "",
            concluded_on=started,
        )

    def _assignment(self, row: Row, person: Participant, by: User) -> Assignment:
        return Assignment(
            participant=person,
            specialist=row.known["specialist"],
            starts_on=row["assigned_on"] or row["started_on"] or self.today,
            ends_on=row["ended_on"],
            assigned_by=by,
        )

    def _start_up(self, row: Row) -> Contact:
        return Contact(
            service=self.service,
            specialist=row.known["specialist"],
            kind=ContactKind.START_UP,
            status=ContactStatus.HELD,
            on=row["started_on"],
        )

    def _period(self, row: Row, referral: Referral) -> Period:
        return Period(
            participant=referral.participant,
            referral=referral,
            starts_on=row["started_on"],
            in_work_at_start=row["in_work_at_start"],
            ends_on=row["ended_on"],
            end_reason=row["end_reason"] or "",
        )


PARTICIPANTS = Kind(
    key="participants",
    word="deltakere",
    name="Deltakere",
    one="deltaker",
    many="deltakere",
    columns=COLUMNS,
    examiner=Participants,
    says_who=WHO,
)
