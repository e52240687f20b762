"""Neither reviewer finds the other's ratings until both have handed in: as the web role, by SQL, and on the pages."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.fidelity.models import Rating, Reviewer, ReviewKind
from fotfeste_web.organisations.models import Membership
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner
from tests.site.reviews import going_on, handed_in, rated, second_reviewer

# Every table that what somebody gave an item could be found in.
TABLES = ("fidelity_rating", "fidelity_ratingevent")


def found(table: str, rater) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE rater_id = %s", [rater.pk])
        return cursor.fetchone()[0]


def attempt(sql: str, *values) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


@pytest.mark.parametrize("table", TABLES)
def test_the_others_ratings_are_found_by_nobody_before_both_have_handed_in(world, table):
    review = going_on(world)
    rated(review, world.reviewer, hand_in=True)
    rated(review, world.second)
    with as_owner():
        assert found(table, world.reviewer) > 0
        assert found(table, world.second) > 0
    for reader, own, other in ((world.reviewer, 1, world.second), (world.second, 1, world.reviewer)):
        with seen_by(reader, world.today):
            assert found(table, reader) >= own
            assert found(table, other) == 0
    for reader in (world.supervisor, world.leader, world.administrator, world.installer, world.specialist):
        with seen_by(reader, world.today):
            assert found(table, world.reviewer) == found(table, world.second) == 0


@pytest.mark.parametrize("table", TABLES)
def test_both_see_both_when_both_have_handed_in_and_nobody_else_does(world, table):
    handed_in(world)
    for reader in (world.reviewer, world.second):
        with seen_by(reader, world.today):
            assert found(table, world.reviewer) == found(table, world.second) == 25
    for reader in (world.supervisor, world.leader, world.administrator, world.specialist, world.outside_reviewer):
        with seen_by(reader, world.today):
            assert found(table, world.reviewer) == 0


def test_a_rating_that_was_changed_before_handing_in_is_not_told_by_its_history_either(world):
    review = going_on(world)
    rated(review, world.reviewer, {"15": 2})
    with as_owner():
        Rating.objects.filter(rater=world.reviewer, item="15").update(value=5)
    with seen_by(world.second, world.today):
        assert found("fidelity_ratingevent", world.reviewer) == 0


def test_the_log_says_that_an_item_was_rated_and_never_what_it_was_given(world, sign_in):
    review = going_on(world)
    answer = sign_in(world.reviewer).post(
        reverse("rate_item", args=[review.pk, "15"]), {"value": "2", "comment": "Tre av ti.", "version": 0}
    )
    assert answer.status_code == 302
    with as_owner():
        (event,) = WriteEvent.objects.filter(action="review.item_rated")
        assert event.details == {"item": "15"}
    with seen_by(world.second, world.today):
        assert not WriteEvent.objects.filter(user=world.reviewer).exists()


def test_a_supervisor_who_rates_in_the_own_review_and_plans_it_does_not_see_the_colleagues_either(world):
    review = going_on(world, world.supervisor, world.specialist, kind=ReviewKind.SELF)
    rated(review, world.supervisor, hand_in=True)
    rated(review, world.specialist)
    with seen_by(world.supervisor, world.today):
        assert found("fidelity_rating", world.specialist) == 0
        # With one less to wait for, it would be open: so nobody is taken out after the first rating.
        with pytest.raises(IntegrityError):
            attempt("DELETE FROM fidelity_reviewer WHERE user_id = %s", world.specialist.pk)
        # And nobody hands in for another.
        assert attempt("UPDATE fidelity_reviewer SET handed_in_at = now() WHERE user_id = %s", world.specialist.pk) == 0
        assert found("fidelity_rating", world.specialist) == 0


def test_nobody_rates_for_another_or_in_a_review_that_is_not_theirs(world):
    review = going_on(world)
    theirs = going_on(world, world.supervisor, kind=ReviewKind.SELF)
    add = (
        "INSERT INTO fidelity_rating (review_id, rater_id, item, value, evidence, comment, suggested, rated_at,"
        " version) VALUES (%s, %s, '1', 3, '{}', '', '', now(), 1)"
    )
    with seen_by(world.reviewer, world.today):
        assert attempt(add, review.pk, world.reviewer.pk) == 1
        for of, rater in ((review, world.second), (theirs, world.reviewer)):
            with pytest.raises(ProgrammingError, match="row-level security"):
                attempt(add, of.pk, rater.pk)


def test_what_is_handed_in_cannot_be_changed_or_taken_back(world):
    review = going_on(world)
    rated(review, world.reviewer, hand_in=True)
    mine = "rater_id = %s AND item = '15'"
    with seen_by(world.reviewer, world.today):
        for sql in (
            f"UPDATE fidelity_rating SET value = 1 WHERE {mine}",
            f"UPDATE fidelity_rating SET comment = '' WHERE {mine}",
        ):
            with pytest.raises(IntegrityError, match="cannot be changed"):
                attempt(sql, world.reviewer.pk)
        for moment in (None, timezone.now()):
            with pytest.raises(IntegrityError, match="cannot be changed"):
                attempt("UPDATE fidelity_reviewer SET handed_in_at = %s WHERE user_id = %s", moment, world.reviewer.pk)
    with as_owner(), pytest.raises(IntegrityError, match="cannot be changed"):
        attempt(f"DELETE FROM fidelity_rating WHERE {mine}", world.reviewer.pk)


def test_one_who_has_left_the_service_sees_no_rating_any_more(world):
    handed_in(world)
    with as_owner():
        Membership.objects.filter(user=world.reviewer).update(ends_on=world.today.replace(year=world.today.year - 1))
    with seen_by(world.reviewer, world.today):
        assert not Rating.objects.exists()


def test_the_pages_show_the_own_ratings_alone_until_both_have_handed_in(world, sign_in):
    review = going_on(world)
    rated(review, world.reviewer, {"15": 2}, hand_in=True)
    rated(review, world.second, {"15": 5})
    second = sign_in(world.second)
    for name, args in (("rate", [review.pk]), ("rate_item", [review.pk, "15"]), ("review", [review.pk])):
        assert "Sett av Anne Vik" not in second.get(reverse(name, args=args)).content.decode()
    assert second.get(reverse("consensus", args=[review.pk])).status_code == 403
    assert second.get(reverse("consensus_item", args=[review.pk, "15"])).status_code == 403
    with as_owner():
        Reviewer.objects.filter(review=review, user=world.second).update(handed_in_at=timezone.now())
    page = second.get(reverse("consensus_item", args=[review.pk, "15"])).content.decode()
    assert "Sett av Anne Vik" in page
    assert "Sett av Per Foss" in page


def test_an_interview_note_is_the_writers_own_until_both_have_handed_in(world, sign_in):
    review = going_on(world)
    held = {"code": "INT", "role": "leader", "what": "Intervju med lederen", "on": world.today, "held": "on"}
    answer = sign_in(world.reviewer).post(
        reverse("source_add", args=[review.pk]), held | {"note": "Kjenner prinsippene.", "version": 1}
    )
    assert answer.status_code == 302
    with as_owner():
        source = review.sources.get()
    address = reverse("source", args=[source.pk])
    assert "Kjenner prinsippene." in sign_in(world.reviewer).get(address).content.decode()
    for other in (second_reviewer(world), world.supervisor):
        page = sign_in(other).get(address)
        assert page.status_code == 200
        assert "Kjenner prinsippene." not in page.content.decode()
    with as_owner():
        review.reviewers.update(handed_in_at=timezone.now())
    assert "Kjenner prinsippene." in sign_in(world.second).get(address).content.decode()
    assert "Kjenner prinsippene." not in sign_in(world.supervisor).get(address).content.decode()
