"""Several lists with one question are the same lists as with one question each."""

import pytest
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import DataError, transaction
from django.db.models import Max

from fotfeste_web.caseload.models import (
    Assignment,
    ContactParticipant,
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


def lists(person, people, ended):
    about = {"participant": person}
    return [
        Referral.objects.filter(**about).select_related("period"),
        Term.objects.filter(job__participant__in=people).order_by("-starts_on"),  # decimals, and a list of words
        Job.objects.filter(**about).annotate(last=Max("terms__starts_on")),
        ContactParticipant.objects.filter(**about).select_related("contact"),  # times of day and of the clock
        Wishes.objects.filter(**about),
        Assignment.objects.filter(**about, ends_on__lt=ended),  # none
        Job.objects.filter(**about).values("participant_id").annotate(days=ArrayAgg("starts_on")).values_list("days"),
    ]


@together
def gathered(person, people, ended):
    """The same lists, with places for the values; of several they are asked in another way."""
    several = Term.objects.filter(job__participant__among=people).order_by("-starts_on")
    return [several if given.model is Term else given for given in lists(person, [], ended)]


def told(records):
    return [
        record
        if isinstance(record, tuple)
        else {key: value for key, value in record.__dict__.items() if key != "_state"}
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
        given = (person.pk, [person.pk], world.today)
        apart = [told(records) for records in lists(*given)]
        for _ in range(2):  # worked out, and known
            with django_assert_num_queries(1):
                answered = [told(records) for records in gathered(*given)]
            assert answered == apart
    assert [len(records) > 0 for records in answered] == [True] * 5 + [False, True]


def test_each_time_other_values_are_given(world, person):
    with seen_by(world.supervisor, world.today):
        assert gathered(world.stille.pk, [person.pk], world.today)[1] == list(
            Term.objects.filter(job__participant=person)
        )
        assert gathered(world.stille.pk, [], world.today)[1] == []


def test_what_failed_when_it_was_first_asked_can_be_asked_again(world, person):
    @together
    def jobs(person):
        return (Job.objects.filter(participant=person),)

    with seen_by(world.supervisor, world.today):
        with pytest.raises(DataError), transaction.atomic():
            jobs("no key of anybody")
        assert jobs(person.pk) == [list(Job.objects.filter(participant=person))]


def test_who_may_not_see_gets_nothing_this_way_either(world, person):
    with seen_by(world.outsider, world.today):
        assert gathered(person.pk, [person.pk], world.today) == [[]] * 7


def test_bytes_are_refused_since_json_has_none(world):
    @together
    def whole():
        return (Participant.objects.all(),)

    with seen_by(world.specialist, world.today), pytest.raises(TypeError, match="Participant has bytes"):
        whole()
