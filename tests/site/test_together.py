"""Several lists with one question are the same lists as with one question each."""

import pytest
from django.db.models import Max

from fotfeste_web.caseload.models import (
    Assignment,
    ContactParticipant,
    Employer,
    Job,
    Participant,
    Referral,
    Term,
    Wishes,
)
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.rows.together import together
from tests.database import as_owner
from tests.site.one_of_each import one_of_each


def lists(person):
    about = {"participant": person.pk}
    return [
        Referral.objects.filter(**about).select_related("period"),
        Term.objects.filter(job__participant=person.pk).order_by("-starts_on"),  # decimals, and a list of words
        Job.objects.filter(**about).annotate(last=Max("terms__starts_on")),
        ContactParticipant.objects.filter(**about).select_related("contact"),  # times of day and of the clock
        Wishes.objects.filter(**about),
        Assignment.objects.filter(**about, ends_on__isnull=False),  # none
    ]


def told(records):
    return [
        {key: value for key, value in record.__dict__.items() if key != "_state"}
        | {
            name: {key: value for key, value in joined.__dict__.items() if key != "_state"}
            for name, joined in record._state.fields_cache.items()
            if joined is not None
        }
        for record in records
    ]


@pytest.fixture
def person(world):
    with as_owner():
        one_of_each(world, of="bodo")
        Term.objects.update(hours_per_week="18.75", support=["mentor", "wage_subsidy"])
    return world.vakker


def test_one_question_gives_the_records_that_one_each_gives(world, person, django_assert_num_queries):
    with seen_by(world.specialist, world.today):
        apart = [told(records) for records in lists(person)]
        with django_assert_num_queries(1):
            gathered = [told(records) for records in together(*lists(person))]
    assert gathered == apart
    assert [len(records) > 0 for records in gathered] == [True] * 5 + [False]


def test_who_may_not_see_gets_nothing_this_way_either(world, person):
    with seen_by(world.outsider, world.today):
        assert together(*lists(person)) == [[]] * 6


def test_bytes_are_refused_since_json_has_none(world):
    with seen_by(world.specialist, world.today), pytest.raises(TypeError, match="Participant has bytes"):
        together(Employer.objects.all(), Participant.objects.all())


def test_among_none_the_database_is_not_asked(world, django_assert_num_queries):
    with seen_by(world.specialist, world.today), django_assert_num_queries(0):
        assert together(Employer.objects.filter(pk__in=[])) == [[]]
