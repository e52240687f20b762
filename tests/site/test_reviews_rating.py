"""Rating alone on a phone, handing in, agreeing, signing; and a signed review that stays as it was."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from fotfeste import fidelity
from fotfeste.norway.identity import make_synthetic
from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.fidelity.models import Consensus, Rating, Review, Reviewer
from fotfeste_web.fidelity.pages.consensus import ConsensusPage
from fotfeste_web.fidelity.pages.review import ReviewPage
from fotfeste_web.fidelity.pages.reviews import ReviewsPage
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner
from tests.site.reviews import ITEMS, going_on, handed_in, rated, sign, signed


def events(*actions: str) -> int:
    with as_owner():
        return WriteEvent.objects.filter(action__in=actions).count()


def attempt(sql: str, *values) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def test_an_item_shows_its_anchors_in_own_words_with_the_mark_and_saving_goes_on_to_the_next(world, sign_in):
    review = going_on(world)
    client, address = sign_in(world.reviewer), reverse("rate_item", args=[review.pk, "1"])
    page = client.get(address).content.decode()
    assert "Egne ord, ikke skjemaets: ha det offisielle skjemaet ved siden av." in page
    for anchor in fidelity.scale("ips-25").item_by_id["1"].anchors:
        assert f"{anchor.rating}: {anchor.nb}" in page
    form = {"value": "4", "evidence": ["ADM", "INT"], "comment": "23 per stilling.", "version": 0}
    answer = client.post(address, form)
    assert answer["Location"] == reverse("rate_item", args=[review.pk, "2"])
    assert "1 av 25 punkter" in client.get(answer["Location"]).content.decode()
    with as_owner():
        stored = Rating.objects.get()
        assert (stored.rater, stored.item, stored.value, stored.evidence) == (world.reviewer, "1", 4, ["ADM", "INT"])
    assert events("review.item_rated") == 1


def test_the_progress_says_what_is_left_and_handing_in_waits_for_it(world, sign_in):
    review = going_on(world)
    rated(review, world.reviewer)
    with as_owner():
        Rating.objects.filter(item="25").update(value=None)
    client, address = sign_in(world.reviewer), reverse("rate", args=[review.pk])
    assert "24 av 25 punkter" in client.get(address).content.decode()
    answer = client.post(address, {"sure": "on"})
    assert answer.status_code == 422
    assert "24 av 25 punkter er vurdert" in answer.content.decode()
    assert client.post(address, {}).status_code == 422
    assert events("review.handed_in") == 0
    client.post(reverse("rate_item", args=[review.pk, "25"]), {"value": "3", "version": 1})
    assert client.post(address, {"sure": "on"}).status_code == 302
    assert events("review.handed_in") == 1
    again = client.post(address, {"sure": "on"})
    assert again.status_code == 422
    assert "kan ikke gjøres om" in again.content.decode()
    late = client.post(reverse("rate_item", args=[review.pk, "25"]), {"value": "5", "version": 2})
    assert late.status_code == 422
    assert "Du har levert." in late.content.decode()
    with as_owner():
        assert Rating.objects.get(item="25").value == 3


@pytest.mark.parametrize(
    "change", [{"value": "6"}, {"evidence": ["XYZ"]}, {"comment": f"Gjelder {make_synthetic(date(1991, 4, 2), 13)}"}]
)
def test_a_rating_that_cannot_be_right_is_refused_and_leaves_nothing(world, sign_in, change):
    review = going_on(world)
    form = {"value": "4", "comment": "Litt kort.", "version": 0} | change
    answer = sign_in(world.reviewer).post(reverse("rate_item", args=[review.pk, "1"]), form)
    assert answer.status_code == 422
    assert "Dette må rettes opp" in answer.content.decode()
    with as_owner():
        assert not Rating.objects.exists()


def test_an_item_that_the_scale_does_not_have_is_not_found(world, sign_in):
    review = going_on(world)
    assert sign_in(world.reviewer).get(reverse("rate_item", args=[review.pk, "26"])).status_code == 404


def test_the_same_item_in_two_windows_shows_both_texts(world, sign_in):
    review = going_on(world)
    client, address = sign_in(world.reviewer), reverse("rate_item", args=[review.pk, "1"])
    assert client.post(address, {"value": "4", "comment": "Først.", "version": 0}).status_code == 302
    answer = client.post(address, {"value": "2", "comment": "Så.", "version": 0})
    assert answer.status_code == 409
    assert "Først." in answer.content.decode()
    assert "Så." in answer.content.decode()


def test_what_differs_comes_first_the_widest_of_all_and_agreement_is_that_of_the_method(world):
    """Expected from fotfeste.fidelity.agreement, which is held to published tables in tests/method."""
    review = handed_in(world, {"3": 5, "17": 1}, {"3": 4, "17": 4})
    with seen_by(world.reviewer, world.today):
        page = ConsensusPage.of(review, world.reviewer)
    assert [(line.number, line.apart) for line in page.differ] == [(17, 3), (3, 1)]
    assert len(page.alike) == 23
    anne, per = ({**dict.fromkeys(ITEMS, 4), **own} for own in ({"3": 5, "17": 1}, {}))
    found = fidelity.agreement(anne, per, review.scale)
    assert (found.exact, found.within_one) == (0.92, 0.96)
    assert dict(page.agreement)["Helt enige"] == "92\u00a0%"
    assert dict(page.agreement)["Høyst ett trinn fra hverandre"] == "96\u00a0%"
    assert dict(page.agreement)["Vektet kappa (lineær)"] == f"{found.kappa_linear:.2f}".replace(".", ",")


def test_agreeing_takes_over_what_is_alike_then_the_rest_and_both_sign(world, sign_in):
    review = handed_in(world, {"17": 1}, {"17": 3})
    anne, per = sign_in(world.reviewer), sign_in(world.second)
    address = reverse("consensus", args=[review.pk])
    assert anne.post(reverse("consensus_alike", args=[review.pk])).status_code == 302
    seen = anne.get(address).context["page"].seen
    early = anne.post(address, {"seen": seen, "sure": "on"})
    assert early.status_code == 422
    assert "24 av 25 punkter har en felles vurdering" in early.content.decode()
    form = {"value": "2", "comment": "To i uka.", "recommendation": "Fire i uka innen våren.", "version": 0}
    assert per.post(reverse("consensus_item", args=[review.pk, "17"]), form).status_code == 302
    stale = anne.post(address, {"seen": seen, "sure": "on"})
    assert stale.status_code == 422
    assert "Noen har endret noe" in stale.content.decode()
    page = anne.get(address).context["page"]
    assert (page.total, page.band) == (98, "middels")  # 24 x 4 + 2; 74-99 (ips-25-2008.toml)
    assert anne.post(address, {"seen": page.seen, "sure": "on"}).status_code == 302
    with as_owner():
        assert Review.objects.get(pk=review.pk).locked_at is None
    changed = per.post(reverse("consensus_item", args=[review.pk, "17"]), form | {"version": 1, "value": "3"})
    assert changed.status_code == 422
    assert "Signaturen må trekkes" in changed.content.decode()
    assert per.post(address, {"seen": page.seen, "sure": "on"}).status_code == 302
    with as_owner():
        assert Review.objects.get(pk=review.pk).locked_at is not None
        assert Consensus.objects.get(review=review, item="17").value == 2
    assert events("review.alike_taken_over", "review.item_agreed") == 2
    assert events("review.signed") == 2


def test_a_signature_is_taken_back_while_the_other_has_not_signed_and_not_after(world, sign_in):
    review = handed_in(world)
    anne, address = sign_in(world.reviewer), reverse("consensus", args=[review.pk])
    anne.post(reverse("consensus_alike", args=[review.pk]))
    seen = anne.get(address).context["page"].seen
    anne.post(address, {"seen": seen, "sure": "on"})
    assert anne.post(reverse("signature_withdraw", args=[review.pk])).status_code == 302
    with as_owner():
        assert not Reviewer.objects.exclude(signed_at=None).exists()
    for client in (anne, sign_in(world.second)):
        assert client.post(address, {"seen": seen, "sure": "on"}).status_code == 302
    refused = anne.post(reverse("signature_withdraw", args=[review.pk]))
    assert refused.status_code == 422
    assert "kan ikke gjøres om" in refused.content.decode()
    with as_owner():
        assert Reviewer.objects.exclude(signed_at=None).count() == 2


def test_two_who_agree_on_the_same_item_see_both_texts(world, sign_in):
    review = handed_in(world)
    address = reverse("consensus_item", args=[review.pk, "3"])
    assert (
        sign_in(world.reviewer).post(address, {"value": "4", "comment": "Fem av seks.", "version": 0}).status_code
        == 302
    )
    answer = sign_in(world.second).post(address, {"value": "5", "comment": "Alle seks.", "version": 0})
    assert answer.status_code == 409
    assert "Fem av seks." in answer.content.decode()


CHANGES = (
    "UPDATE fidelity_consensus SET value = 5",
    "DELETE FROM fidelity_consensus",
    "UPDATE fidelity_review SET scale_version = 2",
    "UPDATE fidelity_review SET locked_at = NULL",
    "UPDATE fidelity_reviewer SET signed_at = NULL",
    "DELETE FROM fidelity_reviewer",
    "UPDATE fidelity_rating SET value = 1",
    "UPDATE fidelity_source SET what = 'Noe annet'",
    "DELETE FROM fidelity_source",
)


def test_a_signed_review_stays_as_it_was(world):
    """Whoever asks, by SQL: the rows are out of reach, the right is not there, or the database refuses."""
    review = going_on(world)
    rated(review, world.reviewer)
    with as_owner():
        review.sources.create(code="OBS", what="Gruppeveiledning", on=world.today, held=True)
        Consensus.objects.create(review=review, item="1", value=3, set_by=world.reviewer)
    sign(review)
    with as_owner():
        before = snapshot()
    for who in ("administrator", "installer", "supervisor", "reviewer", "second"):
        with seen_by(world.people[who], world.today):
            assert {sql: reached(sql) for sql in CHANGES} == dict.fromkeys(CHANGES, 0), who
    with as_owner():
        assert snapshot() == before


def reached(sql: str) -> int:
    try:
        return attempt(sql)
    except IntegrityError as error:
        return 0 if "cannot be changed" in str(error) else -1
    except ProgrammingError as error:  # not even the right to try
        return 0 if "permission denied" in str(error) else -1


def test_the_owner_too_is_refused(world):
    signed(world)
    with as_owner():
        for sql in (CHANGES[0], CHANGES[2], CHANGES[3], CHANGES[4]):
            with pytest.raises(IntegrityError, match="cannot be changed"):
                attempt(sql)


def test_nobody_locks_a_review_but_the_last_who_signs(world):
    handed_in(world)
    with seen_by(world.supervisor, world.today), pytest.raises(IntegrityError, match="cannot be changed"):
        attempt("UPDATE fidelity_review SET locked_at = now()")


def snapshot() -> list[str]:
    rows = []
    with connection.cursor() as cursor:
        for table in ("review", "reviewer", "consensus", "rating", "source"):
            cursor.execute(f"SELECT t::text FROM fidelity_{table} t ORDER BY id")
            rows += [row for (row,) in cursor.fetchall()]
    return rows


def test_the_result_is_compared_with_the_last_of_its_own_kind(world):
    before = world.today - timedelta(days=365)
    year_ago = {"starts_on": before, "ends_on": before + timedelta(days=2), "period_starts_on": before - timedelta(182),
                "period_ends_on": before}  # fmt: skip
    signed(world, {"15": 2}, **year_ago)
    signed(world, {"15": 1}, kind="self", **year_ago)
    review = signed(world, {"15": 5})
    with seen_by(world.leader, world.today):
        page = ReviewPage.of(Review.objects.get(pk=review.pk), world.leader, world.today)
    assert (page.total, page.band, page.change) == (101, "god", 3)  # 24 x 4 + 5, against 24 x 4 + 2
    (item,) = (one for section in page.sections for one in section.items if one.id == "15")
    assert (item.value, item.change) == (5, 3)
    assert page.scale_unchanged


def test_leaders_and_the_team_see_a_review_when_it_is_signed_and_without_what_is_about_persons(world, sign_in):
    review = going_on(world)
    with as_owner():
        review.sources.create(code="INT", role="participant", what="Tre deltakere", on=world.today)
    for who in (world.leader, world.specialist):
        assert sign_in(who).get(reverse("review", args=[review.pk])).status_code == 404
    done = signed(world)
    for who in (world.leader, world.specialist):
        page = sign_in(who).get(reverse("review", args=[done.pk]))
        assert page.status_code == 200
        assert "Som sist." in page.content.decode()
        assert "Intervjuer" not in page.content.decode()
        with seen_by(who, world.today):
            assert not done.sources.exists()
            assert not done.files.exists()
            assert not Rating.objects.exists()
    assert sign_in(world.researcher).get(reverse("review", args=[done.pk])).status_code == 403


def test_the_list_asks_as_often_for_many_as_for_one(world, django_assert_num_queries):
    signed(world)
    for _ in range(2):
        with seen_by(world.supervisor, world.today), django_assert_num_queries(3):
            assert ReviewsPage.of(world.bodo, world.today).rows
        signed(world)
