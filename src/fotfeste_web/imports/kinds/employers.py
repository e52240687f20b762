"""Employers: those that the service shares."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Model

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Employer
from fotfeste_web.imports.columns.employers import COLUMNS
from fotfeste_web.imports.known.places import Employers as KnownEmployers
from fotfeste_web.imports.rows_read import Row
from fotfeste_web.organisations.models import Service

from .kind import Kind, Verdict, in_parts

TEXTS = ("trade", "municipality", "address", "contact_name", "contact_role", "contact_phone", "needs")


class Employers:
    def __init__(self, service: Service, rows: Sequence[Row], today: date) -> None:
        self.service = service
        self.known = KnownEmployers(service)
        self.rows: dict[int, Row] = {}  # of each employer that is new, by its identity in memory

    def seen(self) -> set[UUID]:
        return set()

    def look(self, row: Row) -> Verdict:
        if row.is_bad("name", "organisation_number"):
            return Verdict.NEW
        same = self.known.same(row, "name")
        if same is None:
            self._take_in(row)
            return Verdict.NEW
        earlier = self.rows.get(id(same))
        if earlier is None:
            return Verdict.ALREADY
        if earlier.values == row.values:
            return Verdict.TWICE
        row.refuse("name", f"Samme arbeidsgiver står på rad {earlier.number} med andre opplysninger. Slå dem sammen.")
        return Verdict.NEW

    def _take_in(self, row: Row) -> None:
        if row.is_bad():
            return
        employer = Employer(service=self.service, name=row["name"], organisation_number=row["organisation_number"])
        for name in TEXTS:
            setattr(employer, name, row[name] or "")
        row.known["employer"] = employer
        self.known.add(employer)
        self.rows[id(employer)] = row

    def make(self, rows: Sequence[Row], by: User) -> Iterator[tuple[int, Sequence[Model]]]:
        done = 0
        for part in in_parts(rows):
            done += len(part)
            employers = [row.known["employer"] for row in part]
            for employer in employers:
                employer.created_by = by
            yield done, employers


EMPLOYERS = Kind(
    key="employers",
    word="arbeidsgivere",
    name="Arbeidsgivere",
    one="arbeidsgiver",
    many="arbeidsgivere",
    columns=COLUMNS,
    examiner=Employers,
)
