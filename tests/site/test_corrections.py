"""What was written wrongly is corrected: the new stands, the old is kept, and nobody writes over what was not seen."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.models import (
    Assignment,
    Contact,
    ContactParticipant,
    NextStep,
    Pause,
    Period,
    Referral,
    StepDown,
    Term,
)
from fotfeste_web.caseload.views.corrections import CORRECTABLE
from tests.database import as_owner
from tests.site.filled_in import forms
from tests.site.one_of_each import one_of_each

# A field of each record, and what is written over it.
MENDED = {
    "henvisning": (Referral, "wish", "Vil jobbe ute."),
    "oppstart": (Period, "in_work_at_start", True),
    "jobbspesialist": (Assignment, "starts_on", None),  # the day before
    "pause": (Pause, "reason", "Ville vente til etter ferien."),
    "nedtrapping": (StepDown, "taker", "Turid Sand"),
    "steg": (NextStep, "text", "Ringe Havgløtt"),
    "vilkar": (Term, "hours_per_week", 15),
}


@pytest.fixture
def rows(world):
    with as_owner():
        made = one_of_each(world, of="bodo")
        of_vakker = {"participant": world.vakker}
        for model in (Referral, Period, Assignment):
            made[model] = model.objects.get(**of_vakker)
    return made


def opened(client, what, row) -> dict[str, str]:
    """The form as it comes."""
    page = client.get(reverse("correct", args=[what, row.pk])).content.decode()
    return {name: field.value for name, field in forms(page)[-1].fields.items() if field.value}


def send(client, what, row, **values):
    return client.post(reverse("correct", args=[what, row.pk]), opened(client, what, row) | values)


def events() -> list[str]:
    with as_owner():
        written = WriteEvent.objects.filter(action__endswith=".corrected").order_by("pk")
        return list(written.values_list("action", flat=True))


def test_everything_that_can_be_corrected_is_tried():
    assert MENDED.keys() == CORRECTABLE.keys()


@pytest.mark.parametrize("what", MENDED)
def test_the_new_stands_and_the_old_is_kept(world, sign_in, rows, what):
    model, field, value = MENDED[what]
    row = rows[model]
    old, value = getattr(row, field), value if value is not None else row.starts_on - timedelta(days=1)
    assert old != value
    response = send(sign_in(world.supervisor), what, row, **{field: "on" if value is True else str(value)})
    assert response.status_code == 302
    with as_owner():
        stored = model.objects.get(pk=row.pk)
        assert (getattr(stored, field), stored.version) == (value, row.version + 1)
        kept = model.pgh_event_model.objects.filter(pgh_obj_id=row.pk).values_list(field, flat=True)
        assert old in kept
        # The event is among those of the person.
        assert WriteEvent.objects.get(action__endswith=".corrected").participant_id == world.vakker.pk
    assert events() == [f"{model._meta.model_name}.corrected"]


@pytest.mark.parametrize("what", MENDED)
def test_it_is_out_of_reach_in_another_service(world, sign_in, rows, what):
    address = reverse("correct", args=[what, rows[MENDED[what][0]].pk])
    client = sign_in(world.outside_supervisor)
    assert client.get(address).status_code == 404
    assert client.post(address, {"version": "1"}).status_code == 404
    assert events() == []


def test_who_is_the_job_specialist_is_corrected_by_a_supervisor_alone(world, sign_in, rows):
    address = reverse("correct", args=["jobbspesialist", rows[Assignment].pk])
    assert sign_in(world.specialist).get(address).status_code == 403
    assert sign_in(world.supervisor).get(address).status_code == 200


def test_what_is_unknown_is_not_found(world, sign_in, rows):
    assert sign_in(world.supervisor).get(reverse("correct", args=["lonn", 1])).status_code == 404


def test_a_start_that_moves_takes_its_meeting_and_the_end_of_the_referral_with_it(world, sign_in, rows):
    started, client = rows[Period].starts_on, sign_in(world.specialist)
    with as_owner():
        meeting = Contact.objects.create(
            service=world.bodo, specialist=world.specialist, kind="start_up", status="held", on=started
        )
        ContactParticipant.objects.create(contact=meeting, participant=world.vakker)
    earlier = started - timedelta(days=3)
    assert send(client, "oppstart", rows[Period], starts_on=earlier.isoformat()).status_code == 302
    with as_owner():
        assert Period.objects.get(pk=rows[Period].pk).starts_on == earlier
        assert Referral.objects.get(pk=rows[Referral].pk).concluded_on == earlier
        assert Contact.objects.get(pk=meeting.pk).on == earlier


@pytest.mark.parametrize(
    ("what", "field", "days", "sentence"),
    [
        ("oppstart", "starts_on", -11, "Oppstarten kan ikke være før det."),
        ("oppstart", "starts_on", 61, "Datoen kan ikke være etter i dag."),
        ("henvisning", "received_on", 1, "Den kan ikke være kommet etter det."),
        ("pause", "ends_on", -100, "Dagen kan ikke være før starten."),
        ("nedtrapping", "ends_on", -100, "Dagen kan ikke være før starten."),
    ],
)
def test_days_that_cannot_be_right_are_refused_with_the_reason(world, sign_in, rows, what, field, days, sentence):
    row = rows[MENDED[what][0]]
    began = row.starts_on if hasattr(row, "starts_on") else rows[Period].starts_on
    response = send(sign_in(world.specialist), what, row, **{field: (began + timedelta(days=days)).isoformat()})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert events() == []


def test_a_job_specialist_is_not_put_where_another_is(world, sign_in, rows):
    with as_owner():
        Assignment.objects.filter(pk=rows[Assignment].pk).update(ends_on=world.today)
        next_one = Assignment.objects.create(
            participant=world.vakker, specialist=world.colleague, starts_on=world.today
        )
    yesterday = (world.today - timedelta(days=1)).isoformat()
    response = send(sign_in(world.supervisor), "jobbspesialist", next_one, starts_on=yesterday)
    assert response.status_code == 422
    assert "Personen har en annen jobbspesialist i den tida." in response.content.decode()


def test_the_second_of_two_sees_both_texts(world, sign_in, rows):
    step, first, second = rows[NextStep], sign_in(world.specialist), sign_in(world.supervisor)
    seen = opened(second, "steg", step)
    assert send(first, "steg", step, text="Ringe Havgløtt").status_code == 302
    response = second.post(reverse("correct", args=["steg", step.pk]), seen | {"text": "Skrive til Havgløtt"})
    assert response.status_code == 409
    assert "Ringe Havgløtt" in response.content.decode()
    assert "Skrive til Havgløtt" in response.content.decode()


def test_what_was_marked_as_done_by_mistake_is_open_again(world, sign_in, rows):
    step, client = rows[NextStep], sign_in(world.specialist)
    client.post(reverse("next_step_done", args=[step.pk]))
    assert send(client, "steg", step, done_on="").status_code == 302
    with as_owner():
        assert NextStep.objects.get(pk=step.pk).done_on is None
