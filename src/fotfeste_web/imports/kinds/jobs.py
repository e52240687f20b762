"""Jobs: each row a job with its terms."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.forms.jobs import STARTS_LATER
from fotfeste_web.caseload.models import Job, Term
from fotfeste_web.imports.columns.jobs import COLUMNS
from fotfeste_web.imports.known.people import People
from fotfeste_web.imports.known.places import Employers
from fotfeste_web.imports.rows_read import Row
from fotfeste_web.organisations.models import Service

from .kind import Kind, Verdict, in_parts
from .meetings import new_employers

A_DAY = timedelta(days=1)


class Jobs:
    def __init__(self, service: Service, rows: Sequence[Row], today: date) -> None:
        self.today = today
        self.people, self.employers = People(service.pk), Employers(service)
        self.known: set[UUID] = set()
        of_service = Job.objects.filter(participant__service=service)
        self.already = set(of_service.values_list("participant_id", "employer_id", "starts_on"))
        self.rows: dict[Any, Row] = {}

    def seen(self) -> set[UUID]:
        return self.known

    def look(self, row: Row) -> Verdict:
        self._check(row)
        person = self.people.named(row)
        if person:
            self.known.add(person.id)
        row.known["person"] = person.id if person else None
        row.known["employer"] = employer = self.employers.named(row) if not row.is_bad() else None
        if row.is_bad() or employer is None:
            return Verdict.NEW
        if (row.known["person"], employer.pk, row["starts_on"]) in self.already:
            return Verdict.ALREADY
        earlier = self.rows.setdefault((row.known["person"], id(employer), row["starts_on"]), row)
        if earlier is row:
            return Verdict.NEW
        if earlier.values == row.values:
            return Verdict.TWICE
        row.refuse("starts_on", f"Samme jobb står på rad {earlier.number} med andre opplysninger. Slå dem sammen.")
        return Verdict.NEW

    def _check(self, row: Row) -> None:
        starts_on, last_day = row["starts_on"], row["last_day"]
        if row["begun"] and starts_on and starts_on > self.today:
            row.refuse("starts_on", STARTS_LATER)
        if last_day and starts_on and last_day < starts_on:
            row.refuse("last_day", "Siste dag kan ikke være før første dag.")
        if last_day and row["begun"] is False:
            row.refuse("last_day", "Jobben har en siste dag, men har ikke begynt.")
        if bool(last_day) != bool(row["ended_by"]) and not row.is_bad("last_day", "ended_by"):
            key = "ended_by" if last_day else "last_day"
            row.refuse(
                key, "Skriv hvem som avsluttet jobben." if last_day else "Det står hvem som avsluttet, men ikke når."
            )
        if row["end_reason"] and not last_day and not row.is_bad("last_day"):
            row.refuse("last_day", "Det står hvorfor jobben sluttet, men ikke når.")

    def make(self, rows: Sequence[Row], by: User) -> Iterator[tuple[int, Sequence[Model]]]:
        yield 0, new_employers(rows, by)
        done = 0
        for part in in_parts(rows):
            jobs = [self._job(row) for row in part]
            yield done, jobs
            done += len(part)
            yield done, [self._terms(row, job) for row, job in zip(part, jobs, strict=True)]

    def _job(self, row: Row) -> Job:
        return Job(
            participant_id=row.known["person"],
            employer=row.known["employer"],
            styrk08=row["occupation"],
            title=row["title"] or "",
            starts_on=row["starts_on"],
            begun=row["begun"],
            ends_on=row["last_day"] + A_DAY if row["last_day"] else None,
            ended_by=row["ended_by"] or "",
            end_reason=row["end_reason"] or "",
            found_how=row["found_how"],
            matches_wishes=row["matches_wishes"],
            openness_used=row["openness_used"] or "",
        )

    def _terms(self, row: Row, job: Job) -> Term:
        return Term(
            job=job,
            starts_on=job.starts_on,
            ends_on=job.ends_on,
            hours_per_week=row["hours_per_week"],
            form=row["form"],
            ordinary_rate=row["ordinary_rate"] is not False,
            open_to_anyone=row["open_to_anyone"] is not False,
            support=row["support"] or [],
        )


JOBS = Kind(
    key="jobs",
    word="jobber",
    name="Jobber",
    one="jobb",
    many="jobber",
    columns=COLUMNS,
    examiner=Jobs,
    says_who=(("identity",), ("first_name", "last_name"), ("name",)),
)
