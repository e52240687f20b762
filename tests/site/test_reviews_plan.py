"""Planning a review, its dated tasks and its sources; the action plan, what is overdue, and what became of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste import fidelity
from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.fidelity.due import due_items
from fotfeste_web.fidelity.lists import questions, tasks
from fotfeste_web.fidelity.models import Improvement, Review, ReviewTask, Source
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.ui.rooms import rooms
from tests.database import as_owner
from tests.site.reviews import going_on, rated, second_reviewer, signed
from tests.site.world import person


def plan(world, *people, **change) -> dict[str, object]:
    return {
        "starts_on": world.today + timedelta(70),
        "last_day": world.today + timedelta(71),
        "period_starts_on": world.today - timedelta(100),
        "period_last_day": world.today + timedelta(69),
        "reviewers": [user.pk for user in people],
        "version": 1,
    } | change


def address(world, kind: str) -> str:
    return f"{reverse('review_plan')}?type={kind}"


def events(action: str) -> int:
    with as_owner():
        return WriteEvent.objects.filter(action=action).count()


def test_planning_keeps_the_scale_with_its_version_and_hash_and_makes_the_dated_tasks(world, sign_in):
    form = plan(world, world.reviewer, second_reviewer(world))
    answer = sign_in(world.supervisor).post(address(world, "independent"), form)
    assert answer.status_code == 302
    with as_owner():
        review = Review.objects.get()
        scale = fidelity.scale("ips-25")
        assert (review.scale_id, review.scale_version, review.scale_sha256) == (scale.id, scale.version, scale.sha256)
        assert (review.kind, review.ends_on) == ("independent", world.today + timedelta(72))
        assert set(review.reviewers.values_list("user", flat=True)) == {world.reviewer.pk, world.second.pk}
        due = dict(review.tasks.values_list("what", "due_on"))
    assert len(due) == len(tasks())
    # Two months before the first day, and six weeks after the last (the brief of the review's time line).
    assert min(due.values()) == review.starts_on - timedelta(60)
    assert max(due.values()) == review.ends_on + timedelta(42)
    assert events("review.planned") == 1
    page = sign_in(world.supervisor).get(answer["Location"]).content.decode()
    assert all(what in page for what in due)


def test_an_independent_review_is_rated_by_two_from_outside_and_a_self_assessment_by_the_services_own(world, sign_in):
    client = sign_in(world.supervisor)
    assert client.post(address(world, "independent"), plan(world, world.reviewer)).status_code == 422
    wrong = plan(world, world.reviewer, world.specialist)
    assert client.post(address(world, "independent"), wrong).status_code == 422
    assert client.post(address(world, "self"), plan(world, world.reviewer)).status_code == 422
    assert client.post(address(world, "self"), plan(world, world.supervisor)).status_code == 302
    page = client.get(reverse("reviews")).content.decode()
    assert "Egenvurdering" in page
    with as_owner():
        assert list(Review.objects.values_list("kind", flat=True)) == ["self"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"last_day": 60}, "Siste dag kan ikke være før første dag."),
        ({"period_last_day": -101}, "Perioden kan ikke slutte før den begynner."),
        ({"period_last_day": 90}, "Perioden kan ikke slutte etter vurderingens siste dag."),
        ({"starts_on": 999}, "mer enn to år unna"),
        ({"reviewers": []}, ""),
    ],
)
def test_a_plan_that_cannot_be_right_is_refused_and_leaves_nothing(world, sign_in, change, sentence):
    days = {name: world.today + timedelta(value) if isinstance(value, int) else value for name, value in change.items()}
    form = plan(world, world.reviewer, second_reviewer(world), **days)
    answer = sign_in(world.supervisor).post(address(world, "independent"), form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with as_owner():
        assert not Review.objects.exists()
        assert not ReviewTask.objects.exists()


def test_moving_a_review_moves_what_is_still_to_be_done_and_two_who_edit_see_both(world, sign_in):
    client = sign_in(world.supervisor)
    client.post(address(world, "independent"), form := plan(world, world.reviewer, second_reviewer(world)))
    with as_owner():
        review = Review.objects.get()
        early = review.tasks.order_by("due_on").first()
    client.post(reverse("review_task", args=[early.pk]), {"due_on": early.due_on, "done_on": world.today, "version": 1})
    moved = form | {"starts_on": world.today + timedelta(77), "last_day": world.today + timedelta(80)}
    edit = reverse("review_edit", args=[review.pk])
    assert client.post(edit, moved).status_code == 302
    with as_owner():
        review.refresh_from_db()
        due = list(review.tasks.order_by("due_on").values_list("due_on", "done_on"))
        assert due[0] == (early.due_on, world.today)  # done, and stays
        assert due[1][0] == review.starts_on - timedelta(56)
        assert due[-1][0] == review.ends_on + timedelta(42)
    answer = client.post(edit, form)
    assert answer.status_code == 409
    assert "Begge tekstene" in answer.content.decode()
    assert events("review.changed") == 1


def test_who_rates_is_not_changed_after_the_first_rating(world, sign_in):
    review = going_on(world, world.reviewer, second_reviewer(world))
    rated(review, world.reviewer)
    with as_owner():
        other = person("Lise Lund", "kvalitetsvurderer", world.bodo, world.today - timedelta(9))
    answer = sign_in(world.supervisor).post(reverse("review_edit", args=[review.pk]), plan(world, world.second, other))
    assert answer.status_code == 422
    assert "Noen har begynt å vurdere." in answer.content.decode()


def test_a_task_is_moved_and_done_by_either_side(world, sign_in):
    review = going_on(world)
    with as_owner():
        task = review.tasks.create(what="Send timeplan", party="both", due_on=world.today - timedelta(3))
    where = reverse("review_task", args=[task.pk])
    assert "Over fristen" in sign_in(world.supervisor).get(reverse("review", args=[review.pk])).content.decode()
    later = {"due_on": world.today + timedelta(5), "done_on": "", "version": 1}
    assert sign_in(world.reviewer).post(where, later).status_code == 302
    ahead = later | {"done_on": world.today + timedelta(1), "version": 2}
    assert sign_in(world.reviewer).post(where, ahead).status_code == 422
    assert sign_in(world.supervisor).post(where, later | {"done_on": world.today, "version": 1}).status_code == 409
    assert sign_in(world.supervisor).post(where, later | {"done_on": world.today, "version": 2}).status_code == 302
    assert (events("review.task_moved"), events("review.task_done")) == (1, 1)
    for other in (world.specialist, world.leader, world.outside_supervisor):
        assert sign_in(other).get(where).status_code in (403, 404)


def test_an_interview_is_planned_by_role_then_held_and_the_plan_without_a_note(world, sign_in):
    review = going_on(world)
    add = reverse("source_add", args=[review.pk])
    form = {"code": "INT", "role": "participant", "what": "Tre deltakere", "on": "", "version": 1}
    page = sign_in(world.supervisor).get(add).content.decode()
    assert "Aldri navn på deltakere." in page
    assert 'name="note"' not in page  # who plans and does not rate writes no note
    assert sign_in(world.supervisor).post(add, form).status_code == 302
    with as_owner():
        source = Source.objects.get()
    where = reverse("source", args=[source.pk])
    without_day = sign_in(world.reviewer).post(where, form | {"held": "on"})
    assert "Si hvilken dag det var." in without_day.content.decode()
    held = form | {"held": "on", "on": world.today}
    assert sign_in(world.reviewer).post(where, held).status_code == 302
    assert sign_in(world.supervisor).post(where, form).status_code == 409
    assert events("review.source_saved") == 2
    assert sign_in(world.specialist).get(where).status_code in (403, 404)


def test_the_questions_about_a_file_are_tied_to_items_of_the_scale():
    items = fidelity.scale("ips-25").item_by_id
    assert {question.item for question in questions()} <= set(items)
    assert len({question.id for question in questions()}) == len(questions())


def measure(world, **change) -> dict[str, object]:
    return {
        "item": "15",
        "what": "Møte en arbeidsgiver den første måneden",
        "owner": world.specialist.pk,
        "due_on": world.today + timedelta(30),
        "version": 1,
    } | change


def lines(world, user) -> list[str]:
    with seen_by(user, world.today) as scope:
        return [item.reason for item in due_items(user, scope, world.today)]


def test_a_measure_is_tied_to_an_item_and_an_owner_and_becomes_overdue_on_the_page_of_the_day(world, sign_in):
    review = signed(world)
    client = sign_in(world.supervisor)
    assert client.post(reverse("improvement_add", args=[review.pk]), measure(world)).status_code == 302
    assert "Møte en arbeidsgiver" in sign_in(world.leader).get(reverse("improvements")).content.decode()
    assert lines(world, world.supervisor) == []
    with as_owner():
        Improvement.objects.update(due_on=world.today)
    assert lines(world, world.supervisor) == []
    with as_owner():
        Improvement.objects.update(due_on=world.today - timedelta(1))
    for asked in (world.supervisor, world.specialist):
        (reason,) = lines(world, asked)
        assert "punkt 15" in reason
    assert lines(world, world.colleague) == lines(world, world.outside_supervisor) == []
    page = client.get(reverse("today")).content.decode()
    assert "Tiltak over fristen" in page
    with as_owner():
        improvement = Improvement.objects.get()
    done = measure(world, state="done", reason="", due_on=world.today - timedelta(1))
    assert client.post(reverse("improvement", args=[improvement.pk]), done).status_code == 302
    assert lines(world, world.supervisor) == []
    assert (events("improvement.added"), events("improvement.changed")) == (1, 1)


def test_a_dropped_measure_says_why_and_the_next_review_shows_what_became_of_it(world, sign_in):
    before = signed(world)
    with as_owner():
        improvement = Improvement.objects.create(
            service=world.bodo, review=before, item="15", what="Flere besøk", owner=world.specialist,
            due_on=world.today, created_by=world.supervisor,
        )  # fmt: skip
    where, client = reverse("improvement", args=[improvement.pk]), sign_in(world.supervisor)
    dropped = measure(world, what="Flere besøk", state="dropped", reason="")
    answer = client.post(where, dropped)
    assert answer.status_code == 422
    assert "Si hvorfor tiltaket droppes." in answer.content.decode()
    assert client.post(where, dropped | {"reason": "Ingen ledige timer."}).status_code == 302
    again = client.post(where, measure(world, what="Andre besøk", state="open"))
    assert again.status_code == 409
    after = going_on(world, second_reviewer(world), world.reviewer)
    for address in (reverse("review", args=[after.pk]), reverse("rate_item", args=[after.pk, "15"])):
        page = sign_in(world.reviewer).get(address).content.decode()
        assert "Flere besøk" in page
        assert "Ingen ledige timer." in page
        assert "Droppet" in page


@pytest.mark.parametrize(
    "change", [{"item": "26"}, {"what": ""}, {"owner": ""}, {"due_on": -1}, {"due_on": 9999}, {"owner": "reviewer"}]
)
def test_a_measure_that_cannot_be_right_is_refused_and_leaves_nothing(world, sign_in, change):
    review = signed(world)
    given = {
        name: world.today + timedelta(value) if isinstance(value, int) else world.reviewer.pk if value else value
        for name, value in change.items()
        if name != "item"
    }
    form = measure(world, **({"item": "26"} if "item" in change else {}), **given)
    assert sign_in(world.supervisor).post(reverse("improvement_add", args=[review.pk]), form).status_code == 422
    with as_owner():
        assert not Improvement.objects.exists()


def test_no_measure_is_tied_to_a_review_that_is_not_signed(world, sign_in):
    review = going_on(world)
    assert (
        sign_in(world.supervisor).post(reverse("improvement_add", args=[review.pk]), measure(world)).status_code == 404
    )


def test_what_is_overdue_is_asked_with_one_query(world, django_assert_num_queries):
    review = signed(world)
    with as_owner():
        for number in range(3):
            Improvement.objects.create(
                service=world.bodo, review=review, item="15", what=f"Besøk {number}", owner=world.specialist,
                due_on=world.today - timedelta(3), created_by=world.supervisor,
            )  # fmt: skip
    with seen_by(world.supervisor, world.today) as scope, django_assert_num_queries(1):
        assert len(list(due_items(world.supervisor, scope, world.today))) == 3
    assert any(room.label == "fidelity" for room in rooms())


def test_the_same_form_sent_twice_is_stored_once(world, sign_in):
    review = signed(world)
    form = measure(world, form_key="5b0b8b9e-54ac-4f0e-8f83-9a7f4a3d2c11")
    client = sign_in(world.supervisor)
    for _ in range(2):
        assert client.post(reverse("improvement_add", args=[review.pk]), form).status_code == 302
    with as_owner():
        assert Improvement.objects.count() == 1
