"""Cover, openings and shares: who else may see a participant, why, and until when. The database keeps it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.caseload.models import NextStep, Participant
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.sharing.models import Cover, Opening, Share
from tests.database import as_owner


def sees(user, participant, today) -> bool:
    with seen_by(user, today):
        return Participant.objects.filter(pk=participant.pk).exists()


def may_write(user, participant, today) -> bool:
    try:
        with seen_by(user, today):
            NextStep.objects.bulk_create([NextStep(participant=participant, text="Ringe", due_on=today)])
    except ProgrammingError:
        return False
    return True


def cover(world, **fields) -> Cover:
    with as_owner():
        return Cover.objects.create(
            **{
                "service": world.bodo,
                "absent": world.specialist,
                "covering": world.colleague,
                "starts_on": world.today,
                "ends_on": world.today,
            }
            | fields
        )


def share(world, **fields) -> Share:
    with as_owner():
        return Share.objects.create(
            **{
                "participant": world.vakker,
                "shared_with": world.therapist,
                "kinds": list(Kind),
                "ground": "consent",
                "purpose": "Samarbeid",
                "starts_on": world.today,
                "ends_on": world.today,
                "told_how": "I møte",
                "shared_by": world.specialist,
            }
            | fields
        )


def test_one_who_covers_reads_and_writes_on_the_days_of_the_cover(world):
    cover(world)
    assert sees(world.colleague, world.vakker, world.today)
    assert may_write(world.colleague, world.vakker, world.today)
    for day in (world.today - timedelta(days=1), world.today + timedelta(days=1)):
        assert not sees(world.colleague, world.vakker, day)


def test_a_cover_in_one_service_opens_nothing_in_another(world):
    cover(world, service=world.drammen)
    assert not sees(world.colleague, world.vakker, world.today)


def test_nobody_takes_cover_for_somebody_else(world):
    with pytest.raises(ProgrammingError, match="row-level security"), seen_by(world.colleague, world.today):
        Cover.objects.create(
            service=world.bodo,
            absent=world.specialist,
            covering=world.colleague,
            starts_on=world.today,
            ends_on=world.today,
        )


def test_a_job_specialist_gives_cover_for_herself_only(world, sign_in):
    values = {"covering": world.colleague.pk, "starts_on": world.today, "ends_on": world.today}
    client = sign_in(world.specialist)
    assert client.post(reverse("cover_add"), values | {"absent": world.supervisor.pk}).status_code == 422
    assert client.post(reverse("cover_add"), values | {"absent": world.specialist.pk}).status_code == 302
    with as_owner():
        assert Cover.objects.get().absent == world.specialist
        assert WriteEvent.objects.filter(action="sharing.cover_given").count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [({"ends_on": -1}, "ends_on"), ({"covering": "self"}, "covering"), ({"starts_on": ""}, "starts_on")],
)
def test_a_cover_that_cannot_be_leaves_nothing(world, sign_in, change, field):
    values = {"absent": world.specialist.pk, "covering": world.colleague.pk, "starts_on": world.today}
    values["ends_on"] = world.today + timedelta(days=change.pop("ends_on", 0))
    if change.get("covering") == "self":
        change["covering"] = world.specialist.pk
    response = sign_in(world.supervisor).post(reverse("cover_add"), values | change)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    with as_owner():
        assert not Cover.objects.exists()


def test_the_database_too_refuses_a_cover_that_ends_before_it_starts(world):
    with as_owner(), transaction.atomic(), pytest.raises(IntegrityError):
        Cover.objects.create(
            service=world.bodo,
            absent=world.specialist,
            covering=world.colleague,
            starts_on=world.today,
            ends_on=world.today - timedelta(days=1),
        )


def test_a_cover_is_ended_by_the_supervisor_and_not_by_the_one_who_covers(world, sign_in):
    given = cover(world, starts_on=world.today - timedelta(days=3), ends_on=world.today + timedelta(days=3))
    address = reverse("cover_end", args=[given.pk])
    assert sign_in(world.colleague).post(address).status_code == 403
    assert sign_in(world.supervisor).post(address).status_code == 302
    assert not sees(world.colleague, world.vakker, world.today)


@pytest.mark.parametrize(("reason", "writes"), [("cover", True), ("supervision", False), ("shared_employer", False)])
def test_a_colleagues_participant_opens_with_a_reason_for_a_day(world, sign_in, reason, writes):
    client = sign_in(world.colleague)
    assert client.get(reverse("participant", args=[world.vakker.pk])).status_code == 404
    response = client.post(reverse("open_colleague", args=[world.vakker.pk]), {"reason": reason})
    assert response["Location"] == reverse("participant", args=[world.vakker.pk])
    assert client.get(reverse("participant", args=[world.vakker.pk])).status_code == 200
    assert may_write(world.colleague, world.vakker, world.today) is writes
    with as_owner():
        assert WriteEvent.objects.get(action="sharing.colleagues_participant_opened").details == {"reason": reason}
        assert ReadEvent.objects.filter(page="participant", ground=f"opened:{reason}").count() == 1
        Opening.objects.update(ends_at=timezone.now() - timedelta(hours=1))
    assert client.get(reverse("participant", args=[world.vakker.pk])).status_code == 404


def test_no_reason_opens_nothing(world, sign_in):
    response = sign_in(world.colleague).post(reverse("open_colleague", args=[world.vakker.pk]), {})
    assert response.status_code == 422
    with as_owner():
        assert not Opening.objects.exists()


def test_another_services_participant_and_nobodys_answer_alike(world, sign_in):
    client = sign_in(world.colleague)
    for participant in (world.rask.pk, "00000000-0000-4000-8000-000000000001"):
        assert client.get(reverse("open_colleague", args=[participant])).status_code == 404
        assert client.post(reverse("open_colleague", args=[participant]), {"reason": "cover"}).status_code == 404


def test_the_database_opens_no_participant_of_another_service(world):
    with pytest.raises(ProgrammingError, match="row-level security"), seen_by(world.colleague, world.today):
        Opening.objects.create(
            participant_id=world.rask.pk,
            service=world.bodo,
            user=world.colleague,
            reason="cover",
            ends_at=timezone.now() + timedelta(hours=1),
        )


def test_openings_are_listed_for_the_supervisor(world, sign_in):
    sign_in(world.colleague).post(reverse("open_colleague", args=[world.vakker.pk]), {"reason": "supervision"})
    page = sign_in(world.supervisor).get(reverse("team")).context["page"]
    assert [(opening.user, opening.participant) for opening in page.openings] == [(world.colleague, world.vakker)]


def test_a_live_share_shows_and_lets_nobody_write(world, sign_in):
    share(world)
    assert sees(world.therapist, world.vakker, world.today)
    assert not may_write(world.therapist, world.vakker, world.today)
    assert sign_in(world.therapist).get(reverse("participant", args=[world.vakker.pk])).status_code == 200
    assert sign_in(world.therapist).post(reverse("wishes", args=[world.vakker.pk])).status_code == 403


@pytest.mark.parametrize(
    "dead",
    [
        {"starts_on": timedelta(days=1), "ends_on": timedelta(days=9)},
        {"starts_on": timedelta(days=-9), "ends_on": timedelta(days=-1)},
        {"withdrawn_at": True},
    ],
)
def test_a_share_that_is_not_live_shows_nothing(world, dead):
    dates = {name: world.today + days for name, days in dead.items() if isinstance(days, timedelta)}
    share(world, **(dates or {"withdrawn_at": timezone.now()}))
    assert not sees(world.therapist, world.vakker, world.today)


def test_a_share_ends_with_the_membership_of_the_one_it_was_with(world):
    share(world)
    with as_owner():
        world.therapist.memberships.update(ends_on=world.today - timedelta(days=1))
    assert not sees(world.therapist, world.vakker, world.today)


def test_nobody_shares_a_participant_with_herself(world):
    with pytest.raises(ProgrammingError, match="row-level security"), seen_by(world.therapist, world.today):
        Share.objects.create(
            participant=world.vakker,
            shared_with=world.therapist,
            ground="consent",
            purpose="",
            starts_on=world.today,
            told_how="",
            shared_by=world.therapist,
        )


def test_a_share_is_given_and_withdrawn_at_once(world, sign_in):
    client = sign_in(world.specialist)
    values = {
        "shared_with": world.therapist.pk,
        "ground": "consent",
        "purpose": "Samordne behandling og jobb",
        "starts_on": world.today,
        "ends_on": world.today + timedelta(days=90),
        "told_how": "Avtalt i møte",
    }
    assert client.post(reverse("share_add", args=[world.vakker.pk]), values).status_code == 302
    therapist = sign_in(world.therapist)
    assert therapist.get(reverse("shared")).context["page"].people[0].name == "Vakker Blomst"
    with as_owner():
        given = Share.objects.get()
    assert client.post(reverse("share_withdraw", args=[given.pk])).status_code == 302
    assert therapist.get(reverse("participant", args=[world.vakker.pk])).status_code == 404
    assert therapist.get(reverse("shared")).context["page"].people == []


def test_a_consent_is_for_a_time(world, sign_in):
    values = {
        "shared_with": world.therapist.pk,
        "ground": "consent",
        "purpose": "Samordne",
        "starts_on": world.today,
        "told_how": "I møte",
    }
    response = sign_in(world.specialist).post(reverse("share_add", args=[world.vakker.pk]), values)
    assert response.status_code == 422
    assert "Et samtykke gjelder for en tid" in response.content.decode()
    with as_owner():
        assert not Share.objects.exists()


def test_only_people_of_the_service_can_be_shared_with(world, sign_in):
    values = {
        "shared_with": world.outside_therapist.pk,
        "ground": "own",
        "purpose": "Samordne",
        "starts_on": world.today,
        "told_how": "I møte",
    }
    response = sign_in(world.specialist).post(reverse("share_add", args=[world.vakker.pk]), values)
    assert "shared_with" in response.context["form"].errors
