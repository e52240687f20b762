"""Numbers without people: what they count, and that no small number is shown."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from fotfeste.indicators.definitions import indicator_definition
from fotfeste_web.caseload.models import Job, Participant, Period, Term
from fotfeste_web.figures.cells import shown
from fotfeste_web.figures.compute import store_figures, store_results
from fotfeste_web.figures.disclosure import hide_small
from fotfeste_web.figures.models import ServiceFigures
from fotfeste_web.rows.scope import every_service
from tests.database import as_owner
from tests.site.world import participant


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30)))
def test_a_hidden_cell_cannot_be_found_by_subtraction(cells):
    given_out = hide_small(cells)
    hidden = [key for key, count in given_out.items() if count is None]
    assert all(count == cells[key] for key, count in given_out.items() if count is not None)
    assert all(shown(count) is not None for count in given_out.values() if count is not None)
    if shown(sum(cells.values())) is not None:
        assert all(could_be_another(cells, key, hidden) for key in hidden if shown(cells[key]) is None)


def could_be_another(cells, key, hidden):
    """Whether one more or one fewer in a small cell, still small, is made up for in another one that is hidden.

    The other may be of any size but none: a larger one is hidden beside a small one.
    """
    return any(
        1 <= cells[key] + step <= 4 and cells[other] - step >= 1 for other in hidden for step in (1, -1) if other != key
    )


@pytest.mark.parametrize(("count", "said"), [(0, 0), (1, None), (4, None), (5, 5), (12, 12)])
def test_one_to_four_are_hidden(count, said):
    assert shown(count) == said


@pytest.fixture
def grown(world):
    """Bodø with 20 who started 19 months ago: 8 of them have an ordinary job, 5 a set-aside one."""
    with as_owner():
        start = world.today - timedelta(days=580)
        for number in range(20):
            person = participant(f"Person{number}", "Trost", world.bodo, world.specialist, start)
            if number < 13:
                job = Job.objects.create(
                    participant=person,
                    employer=world.employer,
                    styrk08="5223",
                    starts_on=start + timedelta(days=100),
                    begun=True,
                    found_how="network",
                )
                support = [] if number < 8 else ["set_aside"]
                Term.objects.create(
                    job=job, starts_on=job.starts_on, hours_per_week=20, form="permanent", support=support
                )
    return world


def test_the_figures_count_what_they_say(grown):
    figures = store_figures(grown.bodo.pk, grown.today).figures
    assert figures["active"] == 22  # the twenty, Vakker and Stille
    assert figures["in_ordinary_work"] == 8


def test_those_in_work_are_hidden_where_the_others_could_be_counted(grown):
    with as_owner():
        Period.objects.filter(participant__first_name__in=[f"Person{n}" for n in range(8, 20)]).update(
            ends_on=grown.today, end_reason="moved"
        )
    figures = store_figures(grown.bodo.pk, grown.today).figures
    assert figures["active"] == 10  # eight in work, and two who are not
    assert figures["in_ordinary_work"] is None


def test_the_figures_of_one_service_are_of_that_service(grown):
    assert store_figures(grown.drammen.pk, grown.today).figures["active"] is None  # one person


def test_worked_out_again_they_replace_those_of_the_day(grown):
    store_figures(grown.bodo.pk, grown.today)
    store_figures(grown.bodo.pk, grown.today)
    with as_owner():
        assert ServiceFigures.objects.filter(service=grown.bodo).count() == 1


def test_background_work_knows_every_service(world):
    assert every_service() == [world.bodo.pk, world.drammen.pk]


def test_a_leader_reads_numbers_and_no_name(grown, sign_in):
    store_figures(grown.bodo.pk, grown.today)
    store_results(grown.bodo.pk, grown.today)
    page = sign_in(grown.leader).get(reverse("figures")).content.decode()
    assert "av 22" in page
    assert indicator_definition("job_rate_cohort_18").name_nb in page
    assert reverse("results") in page
    with as_owner():
        for person in Participant.objects.all():
            assert str(person) not in page


def test_a_leader_of_one_service_cannot_ask_for_another(grown, sign_in):
    client = sign_in(grown.leader)
    for asked in (grown.drammen.pk, "x", "9" * 30, "-1"):
        assert client.get(reverse("figures"), {"tjeneste": asked}).status_code == 404


def test_before_the_first_night_the_page_says_so(world, sign_in):
    assert "Ingen tall ennå" in sign_in(world.leader).get(reverse("figures")).content.decode()


def test_the_definitions_are_shown_with_key_and_source(world, sign_in):
    page = sign_in(world.researcher).get(reverse("definitions")).content.decode()
    assert "ordinary_work" in page
    assert "job_within_18_months" in page
