"""Which files are read: drawn with a seed that is kept, read after a yes in the days of the review, erased in time."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse

from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.caseload.models import Participant
from fotfeste_web.fidelity.models import Group, PersonNote, Review, SampledFile
from fotfeste_web.fidelity.sampling import draw, groups_of, next_after
from fotfeste_web.organisations.models import Membership
from fotfeste_web.retention import nightly
from fotfeste_web.rows.kept import backup_days
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner, leave
from tests.site.reviews import going_on, second_reviewer, sign, signed
from tests.site.world import participant

PEOPLE = [UUID(int=number) for number in range(60)]
GROUPS = {Group.SEEKING: PEOPLE[:30], Group.WORKING: PEOPLE[30:50], Group.ENDED: PEOPLE[50:]}


def test_ten_are_drawn_in_turn_from_each_group_and_the_same_seed_gives_the_same():
    drawn = draw(GROUPS, seed=11)
    assert len(drawn) == len({one for _, one in drawn}) == 10
    assert [group for group, _ in drawn[:4]] == [Group.SEEKING, Group.WORKING, Group.ENDED, Group.SEEKING]
    assert draw({group: people[::-1] for group, people in GROUPS.items()}, seed=11) == drawn
    assert draw(GROUPS, seed=12) != drawn


def test_a_group_that_is_empty_leaves_its_turns_to_the_others_and_few_are_all_drawn():
    drawn = draw({Group.SEEKING: PEOPLE[:30], Group.ENDED: PEOPLE[50:51]}, seed=3)
    assert [group for group, _ in drawn] == [Group.SEEKING, Group.ENDED, *[Group.SEEKING] * 8]
    assert len(draw({Group.WORKING: PEOPLE[:4]}, seed=3)) == 4


def test_one_who_comes_to_the_service_later_moves_nobody_in_the_order():
    before = [one for _, one in draw({Group.SEEKING: PEOPLE[:20]}, seed=5, size=20)]
    after = [one for _, one in draw({Group.SEEKING: PEOPLE[:21]}, seed=5, size=21)]
    assert [one for one in after if one != PEOPLE[20]] == before


def test_every_participant_is_drawn_about_as_often_over_many_seeds():
    """Of 60, ten are drawn: each of 20 in work is one of three or four a draw. 3 SD of a binomial with p = 1/6."""
    times = dict.fromkeys(GROUPS[Group.WORKING], 0)
    for seed in range(600):
        for group, one in draw(GROUPS, seed):
            if group is Group.WORKING:
                times[one] += 1
    expected = 600 * 3 / 20
    assert all(abs(n - expected) < 4 * (expected * (1 - 3 / 20)) ** 0.5 for n in times.values())


def test_after_a_no_the_next_of_the_same_group_comes_and_then_of_any():
    drawn = [one for _, one in draw(GROUPS, seed=11)]
    group, one = next_after(GROUPS, 11, group=Group.ENDED, drawn=drawn)
    assert group is Group.ENDED
    assert one not in drawn
    taken = [*drawn, *PEOPLE[50:]]
    in_turn = [pick for pick in draw(GROUPS, seed=11, size=60) if pick[1] not in taken]
    assert next_after(GROUPS, 11, group=Group.ENDED, drawn=taken) == in_turn[0]
    assert next_after(GROUPS, 11, group=Group.ENDED, drawn=PEOPLE) is None


def drawn_review(world, sign_in, **fields) -> Review:
    review = going_on(world, **fields)
    assert sign_in(world.supervisor).post(reverse("review_files", args=[review.pk])).status_code == 302
    with as_owner():
        review.refresh_from_db()
    return review


def file_of(review: Review, person: Participant) -> SampledFile:
    with as_owner():
        return SampledFile.objects.get(review=review, participant=person)


def answers(sign_in, world, file: SampledFile, answer: str):
    return sign_in(world.supervisor).post(reverse("file_answer", args=[file.pk]), {"answer": answer})


def test_the_draw_is_kept_with_its_seed_and_made_once(world, sign_in):
    review = drawn_review(world, sign_in)
    with as_owner():
        stored = list(review.files.order_by("place").values_list("group", "participant_id"))
        assert stored == draw(groups_of(world.bodo.pk, review.drawn_on), review.seed)
        assert {one for _, one in stored} == {world.vakker.pk, world.stille.pk}
        (event,) = WriteEvent.objects.filter(action="review.files_drawn")
        assert event.details["seed"] == review.seed
    again = sign_in(world.supervisor).post(reverse("review_files", args=[review.pk]))
    assert again.status_code == 422
    assert "Trekningen er gjort fra før." in again.content.decode()
    assert sign_in(world.reviewer).post(reverse("review_files", args=[review.pk])).status_code == 403


def test_a_reviewer_from_outside_sees_a_drawn_person_after_a_yes_and_each_reading_is_logged(world, sign_in):
    review = drawn_review(world, sign_in)
    file, anne = file_of(review, world.vakker), sign_in(world.reviewer)
    list_, page = reverse("review_files", args=[review.pk]), reverse("participant", args=[world.vakker.pk])
    assert "Vakker" not in anne.get(list_).content.decode()
    assert anne.get(page).status_code == 404
    assert answers(sign_in, world, file, "yes").status_code == 302
    assert "Vakker" in anne.get(list_).content.decode()
    assert anne.get(page).status_code == 200
    assert anne.get(reverse("participant", args=[world.stille.pk])).status_code == 404
    assert anne.get(reverse("looks", args=[world.vakker.pk])).status_code == 403
    assert anne.post(reverse("wishes", args=[world.vakker.pk]), {}).status_code == 403
    with as_owner():
        looks = ReadEvent.objects.filter(user=world.reviewer, participant_id=world.vakker.pk)
        assert [(look.page, look.ground) for look in looks] == [("participant", "review")]
    said = sign_in(world.specialist).get(reverse("looks", args=[world.vakker.pk])).content.decode()
    assert "vurderer kvaliteten, etter ja fra deltakeren" in said
    answers(sign_in, world, file, "no")
    assert anne.get(page).status_code == 404


@pytest.mark.parametrize(("starts", "ends", "status"), [(0, 1, 200), (-5, 0, 404), (1, 3, 404)])
def test_a_file_is_read_in_the_days_of_the_review_alone(world, sign_in, starts, ends, status):
    days = {"starts_on": world.today + timedelta(starts), "ends_on": world.today + timedelta(ends)}
    review = drawn_review(world, sign_in, period_ends_on=days["starts_on"], **days)
    answers(sign_in, world, file_of(review, world.vakker), "yes")
    assert sign_in(world.reviewer).get(reverse("participant", args=[world.vakker.pk])).status_code == status


def test_a_yes_opens_nothing_to_others_nor_when_it_is_signed_or_the_role_has_ended(world, sign_in):
    review = drawn_review(world, sign_in)
    answers(sign_in, world, file_of(review, world.vakker), "yes")
    page = reverse("participant", args=[world.vakker.pk])
    for other in (world.leader, world.outside_reviewer, world.researcher):
        assert sign_in(other).get(page).status_code in (403, 404)
    with as_owner():
        Membership.objects.filter(user=world.second).update(ends_on=world.today - timedelta(1))
    assert sign_in(world.second).get(page).status_code in (403, 404)
    sign(review)
    assert sign_in(world.reviewer).get(page).status_code == 404


def test_after_a_no_the_next_is_drawn_and_of_nobody_left_none(world, sign_in):
    with as_owner():
        for number in range(11):
            participant(f"Person{number}", "Fjell", world.bodo, world.specialist, world.today - timedelta(40))
    review = drawn_review(world, sign_in)
    with as_owner():
        first = review.files.get(place=1)
        assert review.files.count() == 10
    answers(sign_in, world, first, "no")
    with as_owner():
        assert review.files.count() == 11
        last = review.files.get(place=11)
        everybody = groups_of(world.bodo.pk, review.drawn_on)
        before = review.files.exclude(place=11).values_list("participant_id", flat=True)
        expected = next_after(everybody, review.seed, group=first.group, drawn=before)
        assert (last.group, last.participant_id) == expected
    for place in range(2, 14):
        with as_owner():
            file = review.files.get(place=place)
        answers(sign_in, world, file, "no")
    with as_owner():
        assert review.files.count() == 13  # all there are


FORM = {"profile": "yes", "openness": "unclear", "text": "Ført over tre samtaler."}


def test_the_service_fills_the_form_without_a_name_and_the_reviewers_read_it(world, sign_in):
    review = drawn_review(world, sign_in)
    file = file_of(review, world.vakker)
    answers(sign_in, world, file, "form")
    address = reverse("review_file", args=[file.pk])
    assert sign_in(world.reviewer).post(address, FORM).status_code == 403
    assert sign_in(world.supervisor).post(address, FORM).status_code == 302
    page = sign_in(world.reviewer).get(address).content.decode()
    assert "Ført over tre samtaler." in page
    assert "Vakker" not in page
    assert sign_in(world.reviewer).get(reverse("participant", args=[world.vakker.pk])).status_code == 404
    with as_owner():
        assert WriteEvent.objects.filter(action="review.file_noted", participant_id=None).count() == 1


def test_a_reviewer_notes_a_file_that_was_read_and_the_page_says_when_it_is_erased(world, sign_in):
    review = drawn_review(world, sign_in)
    file = file_of(review, world.vakker)
    address = reverse("review_file", args=[file.pk])
    assert sign_in(world.reviewer).post(address, FORM).status_code == 403  # no yes yet
    answers(sign_in, world, file, "yes")
    page = sign_in(world.reviewer).get(address).content.decode()
    assert "Slettes her 14 dager etter at vurderingen er signert, historikken med" in page
    assert f"Sikkerhetskopier har det i {backup_days()} dager til." in page
    assert sign_in(world.reviewer).post(address, FORM | {"profile": "perhaps"}).status_code == 422
    assert sign_in(world.reviewer).post(address, FORM).status_code == 302
    with as_owner():
        note = PersonNote.objects.get()
        assert (note.answers, note.text) == ({"profile": "yes", "openness": "unclear"}, "Ført over tre samtaler.")
    for other in (world.second, world.supervisor):
        with seen_by(other, world.today):
            assert not PersonNote.objects.exists()


def night(world, days: int) -> None:
    leave()
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE fotfeste_worker")
        nightly.erase_old(world.today + timedelta(days))
        cursor.execute("SET ROLE fotfeste_web")
    leave()


def left() -> dict[str, int]:
    counts = {}
    with as_owner(), connection.cursor() as cursor:
        for table in ("sampledfile", "sampledfileevent", "personnote", "personnoteevent"):
            cursor.execute(f"SELECT count(*) FROM fidelity_{table}")
            counts[table] = cursor.fetchone()[0]
    return counts


def test_what_is_about_persons_is_gone_two_weeks_after_signing_with_its_history_and_the_rest_stays(world, sign_in):
    review = drawn_review(world, sign_in)
    file = file_of(review, world.vakker)
    answers(sign_in, world, file, "yes")
    for text in ("Først.", "Så."):
        assert (
            sign_in(world.reviewer).post(reverse("review_file", args=[file.pk]), FORM | {"text": text}).status_code
            == 302
        )
    sign(review)
    before = left()
    assert before["personnoteevent"] >= 2
    night(world, 14)
    assert left() == before
    night(world, 15)
    assert set(left().values()) == {0}
    with as_owner():
        kept = Review.objects.get(pk=review.pk)
        assert kept.locked_at is not None
        assert kept.seed == review.seed
        assert not WriteEvent.objects.filter(subject_type__in=("fidelity.sampledfile", "fidelity.personnote")).exists()
    assert (
        "Trekningen er borte"
        in sign_in(world.supervisor).get(reverse("review_files", args=[review.pk])).content.decode()
    )


def test_a_review_that_nobody_signs_keeps_nothing_about_persons_for_ever(world, sign_in):
    """Six weeks after its last day it would have been signed, and two weeks after that it is gone."""
    review = drawn_review(world, sign_in)
    last = (review.ends_on - world.today).days + 42 + 14
    night(world, last)
    assert left()["sampledfile"] == 2
    night(world, last + 1)
    assert left()["sampledfile"] == 0


def test_moving_the_days_moves_what_is_kept_with_them(world, sign_in):
    review = drawn_review(world, sign_in)
    with as_owner():
        Review.objects.filter(pk=review.pk).update(ends_on=review.ends_on + timedelta(30))
        assert set(review.files.values_list("closes_on", flat=True)) == {review.ends_on + timedelta(30 + 42)}


def test_of_a_signed_review_no_more_answers_are_taken(world, sign_in):
    second_reviewer(world)
    review = signed(world, seed=4, drawn_on=world.today)
    with as_owner():
        file = SampledFile.objects.create(
            review=review, participant=world.vakker, group="seeking", place=1, closes_on=world.today
        )
    answer = answers(sign_in, world, file, "yes")
    assert answer.status_code == 422
    assert "Ingen leser noe mer." in answer.content.decode()
