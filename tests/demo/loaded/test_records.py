"""The records that indicators are computed from hold what the tables hold, counted by SQL written by hand."""

from collections import Counter
from datetime import date
from itertools import chain

import pytest
from django.db import connection
from django.utils import timezone

from fotfeste.indicators.records import Records, read_records, write_records
from fotfeste_web.figures.records import records_of
from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.scope import within_service
from tests.database import as_owner

OF_SERVICE = "JOIN caseload_participant p ON p.id = r.participant_id AND p.service_id = {0}"
COUNTED = {
    "participants": "caseload_referral r WHERE r.service_id = {0}",
    "referrals": "caseload_referral r WHERE r.service_id = {0}",
    "assignments": f"caseload_assignment r {OF_SERVICE}",
    "rounds": "caseload_round r WHERE r.service_id = {0}",
    "contacts": "caseload_contact r WHERE r.service_id = {0}",
    "jobs": f"caseload_job r {OF_SERVICE} WHERE r.begun",
    "absences": "teamwork_absence r WHERE r.service_id = {0} AND r.ends_on > r.starts_on",
    "education": f"caseload_education r {OF_SERVICE} WHERE r.state NOT IN ('applied', 'planned')",
    "pauses": f"caseload_pause r {OF_SERVICE}",
    "team_meetings": "teamwork_teammeeting r WHERE r.service_id = {0} AND r.finished_at IS NOT NULL",
    "supervisions": "teamwork_supervision r WHERE r.service_id = {0}",
    "supervisor_posts": "organisations_membership r WHERE r.service_id = {0} AND r.role = 'metodeveileder'",
    "week_reviews": "teamwork_weekreview r WHERE r.service_id = {0}",
    "team_memberships": "teamwork_teammember r WHERE r.service_id = {0}",
    "other_work": "teamwork_otherwork r WHERE r.service_id = {0}",
    "job_ends": f"caseload_job r {OF_SERVICE} WHERE r.begun AND r.ends_on IS NOT NULL",
    "declined": f"followup_followupdeclined r {OF_SERVICE} WHERE r.ends_on > r.starts_on",
    "step_downs": f"caseload_stepdown r {OF_SERVICE}",
    "advice": f"followup_benefitsadvice r {OF_SERVICE}",
    "outreach": f"followup_outreachattempt r {OF_SERVICE}",
    "openness": f"caseload_opennessevent r {OF_SERVICE} WHERE r.version > 0",
    "applications": f"plans_jobapplication r {OF_SERVICE}"
    " WHERE r.contacted_on IS NOT NULL OR r.applied_on IS NOT NULL OR r.interview_on IS NOT NULL",
    "support_measures": f"plans_supportmeasure r {OF_SERVICE} WHERE r.until_version IS NULL",
    "employers": "caseload_employer r WHERE r.service_id = {0}",
}


def number(sql: str) -> int:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}")
        return cursor.fetchone()[0]


@pytest.fixture
def told(db, world) -> dict[int, Records]:
    with as_owner():
        services = list(Service.objects.values_list("pk", flat=True))
    read = {}
    for service in services:
        with within_service(service):
            read[service] = records_of(service, timezone.localdate())
    return read


def test_every_row_is_a_record(told):
    assert len(told) == 3
    for service, records in told.items():
        counts = {kind: number(f"count(*) FROM {sql.format(service)}") for kind, sql in COUNTED.items()}
        assert {kind: len(getattr(records, kind)) for kind in COUNTED} == counts
        specialists = f"organisations_membership WHERE service_id = {service} AND role = 'jobbspesialist'"
        assert len(records.specialists) == number(f"count(DISTINCT user_id) FROM {specialists}")
    for kind in COUNTED:
        assert sum(len(getattr(records, kind)) for records in told.values()) > 0, kind


def test_the_sums_are_those_of_the_tables(told):
    def together(kind: str) -> list:
        return list(chain.from_iterable(getattr(records, kind) for records in told.values()))

    assert sum(one.entered_on is not None for one in together("participants")) == number(
        "count(*) FROM caseload_period"
    )
    assert sum(one.minutes or 0 for one in together("contacts")) == number("sum(minutes) FROM caseload_contact")
    assert sum(len(one.participants) for one in together("contacts")) == number(
        "count(*) FROM caseload_contactparticipant"
    )
    assert sum(one.travel_minutes for one in together("rounds")) == number("sum(travel_minutes) FROM caseload_round")
    kinds = Counter(one.kind for one in together("contacts"))
    assert kinds == {kind: number(f"count(*) FROM caseload_contact WHERE kind = '{kind}'") for kind in kinds}
    assert sum(one.covered for one in together("absences")) == number(
        "count(*) FROM teamwork_absence WHERE cover_id IS NOT NULL AND ends_on > starts_on"
    )
    assert sum(len(one.present) for one in together("supervisions")) == number(
        "sum(CASE WHEN kind = 'group' THEN cardinality(present) ELSE 1 END) FROM teamwork_supervision"
    )
    assert sum(one.weighed for one in together("openness")) == number(
        "count(*) FROM caseload_opennessevent WHERE version > 0 AND advantages <> '' AND drawbacks <> ''"
    )
    hours = sum(term.hours_per_week for job in together("jobs") for term in job.terms)
    assert hours == number(
        "sum(t.hours_per_week) FROM caseload_term t JOIN caseload_job j ON j.id = t.job_id AND j.begun"
    )


def test_they_stand_being_written_and_read_again(told, tmp_path):
    records = next(iter(told.values()))
    write_records(records, tmp_path)
    assert read_records(tmp_path) == records


def test_the_wishes_that_hold_now_are_the_occupations_wished_for(told):
    for service, records in told.items():
        now = {(one.participant, one.occupation) for one in records.wishes if one.ends_on is None}
        rows = f"caseload_wishedoccupation r {OF_SERVICE.format(service)}"
        assert len(now) == number(f"count(*) FROM {rows}")


def test_a_return_is_a_participant_of_its_own(told):
    returned = number(
        "count(*) FROM (SELECT FROM caseload_period GROUP BY participant_id HAVING count(*) > 1) AS again"
    )
    periods = number("count(*) FROM caseload_period")
    people = number("count(DISTINCT participant_id) FROM caseload_period")
    assert periods - people >= returned > 0
    starts = [(one.id, one.entered_on) for records in told.values() for one in records.participants if one.entered_on]
    assert len({id_ for id_, _ in starts}) == periods
    assert all(isinstance(on, date) for _, on in starts)
