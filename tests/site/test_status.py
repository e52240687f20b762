"""The status follows from what is recorded. The cases are read from the process in NAV's Jobbsporet.

Henvist -> Kartlegging (start-up meeting held) -> Jobbutvikling -> I jobb / I utdanning -> Nedtrapping -> Sluttet, with
a passive flag beside it (practice.md 2.2, github.com/navikt/crm-ips).
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fotfeste_web.caseload.models import Job, Participant, Period, Referral
from fotfeste_web.caseload.status import Facts, Status, StatusChange, facts_of, history, status_on
from tests.database import as_owner


def d(month: int, day: int) -> date:
    return date(2026, month, day)


REFERRED, STARTED = d(1, 5), d(1, 20)


def in_ips(**facts) -> Facts:
    return Facts(referred=[(REFERRED, STARTED)], periods=[(STARTED, None)], **facts)


@pytest.mark.parametrize(
    ("facts", "day", "expected"),
    [
        pytest.param(in_ips(), d(1, 4), None, id="before the referral there is none"),
        pytest.param(in_ips(), d(1, 5), Status.REFERRED, id="referred from the day it was received"),
        pytest.param(in_ips(), d(1, 19), Status.REFERRED, id="referred until the day before the start"),
        pytest.param(in_ips(), d(1, 20), Status.MAPPING, id="the start begins the mapping"),
        pytest.param(
            in_ips(employer_contacts=[d(2, 3)]), d(2, 2), Status.MAPPING, id="mapping until an employer is met"
        ),
        pytest.param(in_ips(employer_contacts=[d(2, 3)]), d(2, 3), Status.JOB_DEVELOPMENT, id="the first employer met"),
        pytest.param(
            in_ips(employer_contacts=[d(1, 10)]), d(2, 3), Status.MAPPING, id="an employer met before the start"
        ),
        pytest.param(in_ips(jobs=[(d(3, 1), None)]), d(2, 28), Status.MAPPING, id="a job to come is not a job yet"),
        pytest.param(in_ips(jobs=[(d(3, 1), None)]), d(3, 1), Status.IN_WORK, id="in work from the first day"),
        pytest.param(in_ips(jobs=[(d(3, 1), d(5, 1))]), d(4, 30), Status.IN_WORK, id="in work on the last day"),
        pytest.param(
            in_ips(jobs=[(d(3, 1), d(5, 1))]),
            d(5, 1),
            Status.JOB_DEVELOPMENT,
            id="a job that ended: a new one is sought",
        ),
        pytest.param(
            in_ips(jobs=[(date(2025, 6, 1), d(2, 1))]),
            d(2, 1),
            Status.JOB_DEVELOPMENT,
            id="the job held at start is lost",
        ),
        pytest.param(
            in_ips(jobs=[(date(2025, 6, 1), d(1, 1))]), d(2, 1), Status.MAPPING, id="a job lost before the start"
        ),
        pytest.param(in_ips(educations=[(d(3, 1), None)]), d(3, 1), Status.IN_EDUCATION, id="in education"),
        pytest.param(
            in_ips(educations=[(d(3, 1), None)], jobs=[(d(3, 1), None)]),
            d(3, 2),
            Status.IN_WORK,
            id="work before education",
        ),
        pytest.param(
            in_ips(jobs=[(d(3, 1), None)], step_downs=[(d(6, 1), None)]),
            d(6, 1),
            Status.STEP_DOWN,
            id="support stepped down",
        ),
        pytest.param(
            in_ips(jobs=[(d(3, 1), None)], pauses=[(d(4, 1), d(4, 8))]),
            d(4, 1),
            Status.PAUSE,
            id="a pause hides the rest",
        ),
        pytest.param(
            in_ips(jobs=[(d(3, 1), None)], pauses=[(d(4, 1), d(4, 8))]), d(4, 8), Status.IN_WORK, id="back from a pause"
        ),
        pytest.param(
            Facts(referred=[(REFERRED, STARTED)], periods=[(STARTED, d(6, 1))], jobs=[(d(3, 1), None)]),
            d(6, 1),
            Status.ENDED,
            id="ended, though the job goes on",
        ),
        pytest.param(
            Facts(referred=[(REFERRED, d(1, 9))]), d(1, 9), Status.NOT_STARTED, id="referred and never started"
        ),
        pytest.param(
            Facts(referred=[(REFERRED, STARTED), (d(9, 1), None)], periods=[(STARTED, d(6, 1))]),
            d(9, 1),
            Status.REFERRED,
            id="referred again",
        ),
        pytest.param(
            Facts(
                referred=[(REFERRED, STARTED), (d(9, 1), d(9, 9))],
                periods=[(STARTED, d(6, 1)), (d(9, 9), None)],
                employer_contacts=[d(2, 3)],
            ),
            d(9, 9),
            Status.MAPPING,
            id="a return begins anew",
        ),
    ],
)
def test_the_status_on_a_day(facts, day, expected):
    assert status_on(facts, day) is expected


def test_the_history_names_each_change_once():
    facts = in_ips(employer_contacts=[d(2, 3), d(2, 9)], jobs=[(d(3, 1), d(5, 1))], pauses=[(d(5, 4), d(5, 11))])
    assert history(facts, until=d(5, 10)) == [
        StatusChange(d(1, 5), Status.REFERRED),
        StatusChange(d(1, 20), Status.MAPPING),
        StatusChange(d(2, 3), Status.JOB_DEVELOPMENT),
        StatusChange(d(3, 1), Status.IN_WORK),
        StatusChange(d(5, 1), Status.JOB_DEVELOPMENT),
        StatusChange(d(5, 4), Status.PAUSE),
    ]


FIRST, DAYS = date(2026, 1, 1), 60
days = st.integers(0, DAYS - 1).map(lambda n: FIRST + timedelta(n))


@st.composite
def spans(draw, at_most: int = 2):
    """Periods of one kind, which never overlap: cut a sorted list of days in pairs, the last perhaps still open."""
    cuts = sorted(draw(st.lists(days, min_size=0, max_size=2 * at_most)))
    pairs = [(cuts[n], cuts[n + 1]) for n in range(0, len(cuts) - 1, 2)]
    return [*pairs, (cuts[-1], None)] if len(cuts) % 2 else pairs


@st.composite
def lives(draw) -> Facts:
    kinds = ("referred", "periods", "jobs", "educations", "step_downs", "pauses")
    return Facts(**{kind: draw(spans()) for kind in kinds}, employer_contacts=draw(st.lists(days, max_size=3)))


def painted(facts: Facts) -> dict[date, Status]:
    """The obvious twin: go through the calendar and paint over, the weaker first."""
    calendar = [FIRST + timedelta(n) for n in range(DAYS)]
    inside = {
        kind: {day for day in calendar for start, end in getattr(facts, kind) if start <= day < (end or date.max)}
        for kind in ("referred", "periods", "jobs", "educations", "step_downs", "pauses")
    }
    paint: dict[date, Status] = {}
    been_referred = been_in = searching = False
    for day in calendar:
        been_referred |= any(start == day for start, _ in facts.referred)
        been_in |= any(start == day for start, _ in facts.periods)
        if been_referred:
            paint[day] = Status.NOT_STARTED
        if been_in:
            paint[day] = Status.ENDED
        if day in inside["referred"]:
            paint[day] = Status.REFERRED
        if any(start == day for start, end in facts.periods if end != start):
            searching = False
        if day in inside["periods"]:
            occupied = day in inside["jobs"] or day in inside["educations"]
            searching |= day in facts.employer_contacts or occupied
            paint[day] = Status.JOB_DEVELOPMENT if searching else Status.MAPPING
            for kind, status in (
                ("educations", Status.IN_EDUCATION),
                ("jobs", Status.IN_WORK),
                ("step_downs", Status.STEP_DOWN),
                ("pauses", Status.PAUSE),
            ):
                if day in inside[kind]:
                    paint[day] = status
    return paint


@given(lives())
def test_the_history_is_what_a_calendar_painted_day_by_day_shows(facts):
    paint = painted(facts)
    changes = {day: status for day, status in paint.items() if paint.get(day - timedelta(1)) is not status}
    assert {change.on: change.status for change in history(facts, until=FIRST + timedelta(DAYS - 1))} == changes


@given(lives(), days)
def test_the_history_ends_with_the_status_of_the_day(facts, day):
    changes = history(facts, until=day)
    assert (changes[-1].status if changes else None) is status_on(facts, day)


def test_the_facts_are_read_with_one_query_however_many_people(world, django_assert_num_queries):
    with as_owner(), django_assert_num_queries(1):
        facts = facts_of([world.vakker.pk, world.stille.pk])
    assert status_on(facts[world.vakker.pk], world.today) is Status.JOB_DEVELOPMENT
    assert status_on(facts[world.stille.pk], world.today) is Status.MAPPING


def test_an_agreed_job_that_nobody_has_said_has_begun_is_not_work(world):
    with as_owner():
        job = {"employer": world.employer, "styrk08": "5223", "found_how": "network", "starts_on": world.today}
        Job.objects.create(participant=world.stille, **job)
        assert status_on(facts_of([world.stille.pk])[world.stille.pk], world.today) is Status.MAPPING


def test_whoever_is_to_start_on_a_day_to_come_is_still_referred(world):
    with as_owner():
        soon = world.today + timedelta(7)
        waiting = Participant.objects.create(service=world.bodo, first_name="Venter", last_name="Vind")
        referral = Referral.objects.create(
            participant=waiting, service=world.bodo, received_on=world.today - timedelta(7), source="person", wish="Ja",
            short_name=waiting.short_name, outcome="started", concluded_on=world.today,
        )  # fmt: skip
        Period.objects.create(participant=waiting, referral=referral, starts_on=soon)
        facts = facts_of([waiting.pk])[waiting.pk]
    assert status_on(facts, world.today) is Status.REFERRED
    assert status_on(facts, soon) is Status.MAPPING
