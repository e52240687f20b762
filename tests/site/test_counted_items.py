"""The figures of each item: kept by period, whole for those who see the people, with small cells hidden for others."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from fotfeste import fidelity
from fotfeste.fidelity import suggest
from fotfeste.periods import Period
from fotfeste_web.caseload.models import Job, Term
from fotfeste_web.fidelity.actions.counting import ask_for_figures, is_being_counted
from fotfeste_web.fidelity.actions.planning import plan_review
from fotfeste_web.fidelity.counting.counted import Cell, Counted, counted, of_row, row
from fotfeste_web.fidelity.counting.hiding import without_people
from fotfeste_web.fidelity.counting.keeping import keep_counted, records_for
from fotfeste_web.fidelity.counting.periods import Named, label, quarter_of, standard
from fotfeste_web.fidelity.counting.unrecorded import unrecorded
from fotfeste_web.fidelity.models import CountedItem
from fotfeste_web.fidelity.suggestions import suggested
from fotfeste_web.rows.scope import seen_by, within_service
from tests.database import as_owner
from tests.site.one_of_each import one_of_each
from tests.site.reviews import going_on, sign, signed
from tests.site.world import participant

IPS = fidelity.scale("ips-25")
DAY = date(2026, 11, 22)


def jobs(world, ordinary, other=0):
    """Begun jobs, each of a person of their own; ``other`` are with a subsidy."""
    with as_owner():
        for number in range(ordinary + other):
            start = world.today - timedelta(days=40)
            person = participant(f"Person{number}", "Trost", world.bodo, world.specialist, start - timedelta(days=30))
            job = Job.objects.create(
                participant=person, employer=world.employer, styrk08="5223", starts_on=start, begun=True,
                found_how="network",
            )  # fmt: skip
            support = [] if number < ordinary else ["set_aside"]
            Term.objects.create(job=job, starts_on=start, hours_per_week=20, form="permanent", support=support)


def kept(world, item, *, whole, period="now"):
    with as_owner():
        return of_row(CountedItem.objects.get(service=world.bodo, item=item, whole=whole, period=period))


def test_the_periods_are_the_last_half_year_and_nine_quarters_that_end_today_at_the_latest():
    names = standard(DAY, IPS)
    assert names[0] == Named("now", Period(date(2026, 5, 23), date(2026, 11, 23)))
    assert names[1] == Named("2026-4", Period(date(2026, 10, 1), date(2026, 11, 23)))
    assert [one.name for one in names[1:]] == [
        "2026-4", "2026-3", "2026-2", "2026-1", "2025-4", "2025-3", "2025-2", "2025-1", "2024-4",
    ]  # fmt: skip
    assert names[2].period == Period(date(2026, 7, 1), date(2026, 10, 1))
    assert (label("2026-3"), label("now")) == ("3. kvartal 2026", "siste seks måneder")
    assert quarter_of(date(2026, 12, 31)) == Named("2026-4", Period(date(2026, 10, 1), date(2027, 1, 1)))


def test_what_is_kept_is_what_the_method_counts(world):
    jobs(world, 12, 3)
    keep_counted(world.bodo.pk, world.today)
    with within_service(world.bodo.pk):
        records = records_for(world.bodo.pk, world.today)
    period = standard(world.today, IPS)[0].period
    one = suggest(records, IPS, period)["21"]
    told = kept(world, "21", whole=True)
    assert (told.value.numerator, told.value.denominator, told.rating) == (12, 15, 3)
    assert (told.value.numerator, told.value.denominator) == (one.numerator, one.denominator)
    assert told.step == (4, 1)  # 13 of 15 are 87 %


def test_counted_again_there_are_no_more_rows(world):
    keep_counted(world.bodo.pk, world.today)
    keep_counted(world.bodo.pk, world.today)
    with as_owner():
        assert CountedItem.objects.filter(service=world.bodo).count() == 10 * 25 * 2


def test_a_row_gives_back_what_was_put_in_it(world):
    with as_owner():
        one_of_each(world, of="bodo")
    jobs(world, 6)
    with within_service(world.bodo.pk):
        records = records_for(world.bodo.pk, world.today)
    for one in suggest(records, IPS, standard(world.today, IPS)[0].period).items:
        told = counted(one, IPS)
        back = of_row(row(told, service_id=1, period="now", whole=True))
        assert back == told


def test_the_team_reads_what_names_nobody_and_only_the_one_who_leads_the_rest(world):
    keep_counted(world.bodo.pk, world.today)
    for who, seen in (
        ("supervisor", {True, False}), ("specialist", {False}), ("leader", {False}), ("reviewer", {False}),
        ("researcher", {False}), ("therapist", set()), ("administrator", set()), ("outsider", set()),
    ):  # fmt: skip
        with seen_by(world.people[who], world.today):
            assert set(CountedItem.objects.filter(service=world.bodo).values_list("whole", flat=True)) == seen, who


def test_a_share_of_which_few_are_left_out_is_hidden_and_the_rating_with_it(world):
    jobs(world, 12, 3)
    keep_counted(world.bodo.pk, world.today)
    told = kept(world, "21", whole=False)
    assert told.value == Cell(hidden=True)
    assert (told.rating, told.step, told.marks) == (None, None, ())


def test_no_job_specialist_stands_alone_where_people_are_hidden(world):
    keep_counted(world.bodo.pk, world.today)
    with as_owner():
        for one in CountedItem.objects.filter(whole=False):
            told = of_row(one)
            assert told.specialists == ()
            assert not {cell.about for cell in told.figures} & {str(world.specialist.pk), str(world.colleague.pk)}
    assert {one.user for one in kept(world, "17", whole=True).specialists} == {
        world.specialist.pk,
        world.colleague.pk,
    }


def told_of(item, *figures, **fields):
    return Counted(
        item=item, starts_on=DAY, ends_on=DAY, recorded=True, value=fields.pop("value", Cell()), figures=figures
    )


@given(st.integers(0, 30), st.integers(0, 30))
def test_neither_part_of_a_share_of_people_is_between_one_and_four(some, others):
    share = Cell(id="openness_concrete", number=Decimal(1), numerator=Decimal(some), denominator=Decimal(some + others))
    (seen,) = without_people(told_of("13", share), []).figures
    assert seen.hidden is any(0 < part < 5 for part in (some, others, some + others))
    assert seen.hidden or seen == share


def test_a_table_with_one_small_cell_hides_one_more_and_names_neither():
    cells = [
        Cell(id="referrals_from", about=about, number=Decimal(n) / 20, numerator=Decimal(n), denominator=Decimal(20))
        for about, n in (("nav", 2), ("gp", 7), ("person", 11))
    ]
    seen = {one.about: one.hidden for one in without_people(told_of("9", *cells), []).figures}
    assert seen == {"person": False, "others": True}


def test_a_mean_is_hidden_where_a_cell_beside_it_is():
    cells = [
        Cell(id="median_days", number=Decimal(12)),
        Cell(id="open_cases", numerator=Decimal(2), denominator=Decimal(9)),
    ]
    assert all(one.hidden for one in without_people(told_of("15", *cells), []).figures)


def test_what_is_told_of_each_job_specialist_is_added_up():
    cells = [
        Cell(
            id="weeks_with_team_meeting",
            about=user,
            number=Decimal(n) / 20,
            numerator=Decimal(n),
            denominator=Decimal(20),
        )
        for user, n in (("7", 5), ("8", 15))
    ]
    (seen,) = without_people(told_of("5", *cells), ["7", "8"]).figures
    assert (seen.about, seen.numerator, seen.denominator, seen.number) == ("all", 20, 40, Decimal("0.5"))


def test_what_no_table_holds_is_said_and_not_counted(world):
    jobs(world, 12)
    keep_counted(world.bodo.pk, world.today)
    told = kept(world, "10", whole=True)
    assert (told.recorded, told.value, told.figures, told.rating) == (False, Cell(), (), None)
    assert unrecorded("10").endswith("registreres ikke her ennå: vurderes for hånd.")
    figures = {one.id for item in ("2", "9", "20") for one in kept(world, item, whole=True).figures}
    assert not figures & {
        "months_seen_by_supervisor", "next_job_offered", "distinct_companies",
    }  # fmt: skip


def test_a_signed_review_is_a_day_that_item_11_asks_for(world):
    signed(world)
    keep_counted(world.bodo.pk, world.today)
    (review,) = kept(world, "11", whole=True).figures
    assert (review.about, review.number) == ("fidelity_review", 1)


def test_beside_an_item_stands_the_number_of_the_reviews_own_period(world):
    jobs(world, 12)
    review = going_on(world)
    keep_counted(world.bodo.pk, world.today)
    with seen_by(world.reviewer, world.today):
        beside = suggested(review)["21"]
    assert beside.splitlines()[0] == "100\u00a0%, 12 av 12 jobber, peker mot 5."
    assert "* Ankeret er ikke kontrollert mot skjemaet ennå." in beside


def test_a_signed_review_keeps_the_number_it_was_agreed_on_by(world):
    jobs(world, 12)
    review = going_on(world)
    keep_counted(world.bodo.pk, world.today)
    with seen_by(world.reviewer, world.today):
        seen = suggested(review)
    with as_owner():
        review.consensus.bulk_create(
            [
                review.consensus.model(review=review, item=item, value=4, suggested=text, set_by=world.reviewer)
                for item, text in seen.items()
            ]
        )
    sign(review)
    jobs(world, 0, 9)
    keep_counted(world.bodo.pk, world.today)
    with seen_by(world.leader, world.today):
        assert suggested(review) == seen


def test_a_planned_review_has_its_figures_counted_and_asking_twice_counts_once(world):
    with seen_by(world.supervisor, world.today):
        plan_review(
            world.bodo, kind="self", scale=IPS, reviewers=[world.supervisor], by=world.supervisor,
            starts_on=world.today, ends_on=world.today + timedelta(days=2),
            period_starts_on=world.today - timedelta(days=180), period_ends_on=world.today,
        )  # fmt: skip
        ask_for_figures(world.bodo, by=world.supervisor)
        assert is_being_counted(world.bodo.pk)
        assert not is_being_counted(world.drammen.pk)
        (job,) = ProcrastinateJob.objects.filter(task_name__endswith="count_now")
        assert job.args == {"service_id": world.bodo.pk}


@pytest.mark.parametrize("number", ["12.5", None])
def test_a_hidden_number_is_stored_as_none_at_all(number):
    value = Cell(number=number and Decimal(number), numerator=Decimal(3), denominator=Decimal(9))
    told = without_people(replace(told_of("13"), value=value), [])
    stored = row(told, service_id=1, period="now", whole=False)
    assert (stored.number, stored.numerator, stored.denominator, stored.rating) == (None, None, None, None)
