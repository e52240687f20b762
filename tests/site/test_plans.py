"""Kartlegging, åpenhet and next steps: what is written, by whom, and what stood there before."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.models import NextStep, Openness, WishedOccupation, Wishes
from tests.database import as_owner

OPEN = {"may_contact": "ask_first", "may_tell": "Trenger faste rutiner", "must_not_tell": "Diagnose", "version": "0"}


def address(world, name="wishes"):
    return reverse(name, args=[world.vakker.pk])


def test_the_first_wishes_are_saved_with_their_occupations_in_order(world, sign_in):
    answer = sign_in(world.specialist).post(
        address(world),
        {
            "goal": "Bruke hendene",
            "hours_per_week": "18,5",
            "occupation_1": "6113",
            "occupation_2": "5223 x",
            "version": 0,
        },
    )
    assert answer.url == reverse("participant", args=[world.vakker.pk])
    with as_owner():
        wishes = Wishes.objects.get(participant=world.vakker)
        wished = list(WishedOccupation.objects.filter(participant=world.vakker).values_list("styrk08", "version"))
        event = WriteEvent.objects.get()
    assert (wishes.goal, str(wishes.hours_per_week), wishes.version, wishes.updated_by_id) == (
        "Bruke hendene",
        "18.50",
        1,
        world.specialist.pk,
    )
    assert wished == [("6113", 1), ("5223", 1)]
    assert (event.action, event.details) == ("wishes.saved", {"version": 1, "occupations": 2})


def test_wishes_may_be_saved_on_the_way_with_nothing_but_one_field(world, sign_in):
    answer = sign_in(world.specialist).post(address(world), {"place": "Bodø sentrum", "version": 0, "stay": "1"})
    assert answer.url == address(world)
    with as_owner():
        assert Wishes.objects.get().place == "Bodø sentrum"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"hours_per_week": "80"}, "mindre enn eller lik 60"),
        ({"occupation_1": "romfarer"}, "Fant ikke yrket"),
        ({"goal": "Fikk diagnosen F20.0"}, "pasientjournal"),
    ],
)
def test_refused_wishes_are_still_in_the_form_and_nowhere_else(world, sign_in, typed, sentence):
    answer = sign_in(world.specialist).post(address(world), {"place": "Bodø", "version": 0} | typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert next(iter(typed.values())) in html
    with as_owner():
        assert not Wishes.objects.exists()
        assert not WriteEvent.objects.exists()


def test_of_two_who_write_at_once_the_second_sees_both_texts_chooses_and_both_are_in_the_history(world, sign_in):
    with as_owner():
        Wishes.objects.create(participant=world.vakker, goal="En jobb", updated_by=world.specialist)
    kari, marit = sign_in(world.specialist), sign_in(world.supervisor)
    opened = [browser.get(address(world)).context["form"]["version"].value() for browser in (kari, marit)]
    assert opened == [1, 1]
    assert kari.post(address(world), {"goal": "Ute, med hendene", "version": 1}).status_code == 302

    answer = marit.post(address(world), {"goal": "Med dyr", "version": 1})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Ute, med hendene" in html
    assert "Med dyr" in html
    with as_owner():
        assert Wishes.objects.get().goal == "Ute, med hendene"

    chosen = answer.context["form"]["version"].value()
    assert marit.post(address(world), {"goal": "Ute, med dyr", "version": chosen}).status_code == 302
    versions = marit.get(address(world)).context["versions"]
    assert [(v.number, v.who, v.parts[0].text) for v in versions] == [
        (3, "Marit Dahl", "Ute, med dyr"),
        (2, "Kari Nilsen", "Ute, med hendene"),
        (1, "Kari Nilsen", "En jobb"),
    ]


def test_of_two_who_begin_at_once_the_second_is_told(world, sign_in):
    kari, marit = sign_in(world.specialist), sign_in(world.supervisor)
    assert kari.post(address(world), {"goal": "Ute", "version": 0}).status_code == 302
    assert marit.post(address(world), {"goal": "Inne", "version": 0}).status_code == 409
    with as_owner():
        assert Wishes.objects.get().goal == "Ute"


def test_earlier_wishes_can_be_read_with_what_became_different_occupations_too(world, sign_in):
    client = sign_in(world.specialist)
    client.post(address(world), {"goal": "Ute", "place": "Bodø", "occupation_1": "6113", "version": 0})
    client.post(address(world), {"goal": "Ute", "place": "Fauske", "occupation_1": "5223", "version": 1})
    second, first = client.get(address(world)).context["versions"]
    changed = {part.label: (part.before, part.text) for part in second.parts if part.changed}
    assert changed == {
        "Sted og reisevei": ("Bodø", "Fauske"),
        "Yrker": ("Gartnere", "Butikkmedarbeidere"),  # STYRK-08 6113 and 5223, as SSB names them
    }
    assert first.first


def test_the_same_form_sent_twice_is_one_version(world, sign_in):
    client = sign_in(world.specialist)
    form = {"goal": "Ute", "version": 0, "form_key": "6f6f5a0e-0000-4000-8000-000000000001"}
    assert [client.post(address(world), form).status_code for _ in range(2)] == [302, 302]
    with as_owner():
        assert Wishes.objects.get().version == 1
        assert WriteEvent.objects.count() == 1


def test_what_may_be_told_is_kept_in_versions(world, sign_in):
    client = sign_in(world.specialist)
    form = OPEN | {"agreed_on": world.today.isoformat()}
    assert client.post(address(world, "openness"), form).status_code == 302
    assert client.post(address(world, "openness"), form | {"may_contact": "yes", "version": "1"}).status_code == 302
    with as_owner():
        openness = Openness.objects.get()
        events = list(WriteEvent.objects.order_by("pk").values_list("action", "details"))
    assert (openness.may_contact, openness.must_not_tell, openness.version) == ("yes", "Diagnose", 2)
    assert events == [("openness.saved", {"version": 1}), ("openness.saved", {"version": 2})]
    second, first = client.get(address(world, "openness")).context["versions"]
    assert [(p.before, p.text) for p in second.parts if p.changed] == [("Spør først hver gang", "Ja")]
    assert first.number == 1


@pytest.mark.parametrize("wrong", [{"may_contact": ""}, {"agreed_on": "2099-01-01"}, {"agreed_on": ""}])
def test_refused_openness_leaves_nothing(world, sign_in, wrong):
    form = OPEN | {"agreed_on": world.today.isoformat()} | wrong
    assert sign_in(world.specialist).post(address(world, "openness"), form).status_code == 422
    with as_owner():
        assert not Openness.objects.exists()
        assert not WriteEvent.objects.exists()


def test_a_next_step_is_added_and_done_once(world, sign_in):
    client = sign_in(world.specialist)
    due = world.today + timedelta(3)
    form = {"text": "Oppdatere CV", "due_on": due.isoformat(), "who": "Vakker og Kari"}
    assert client.post(address(world, "next_step_add"), form).status_code == 302
    with as_owner():
        step = NextStep.objects.get()
    assert (step.text, step.due_on, step.who, step.created_by_id) == (
        "Oppdatere CV",
        due,
        "Vakker og Kari",
        world.specialist.pk,
    )
    done = reverse("next_step_done", args=[step.pk])
    assert [client.post(done).status_code for _ in range(2)] == [302, 302]
    with as_owner():
        step.refresh_from_db()
        actions = list(WriteEvent.objects.order_by("pk").values_list("action", flat=True))
    assert step.done_on == world.today
    assert actions == ["next_step.added", "next_step.done"]


def test_a_next_step_without_a_day_is_refused(world, sign_in):
    answer = sign_in(world.specialist).post(address(world, "next_step_add"), {"text": "Oppdatere CV"})
    assert answer.status_code == 422
    assert "Velg en dag." in answer.content.decode()
    with as_owner():
        assert not NextStep.objects.exists()


@pytest.mark.parametrize("name", ["wishes", "openness", "next_step_add"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("outsider", 404), ("outside_supervisor", 404), ("colleague", 404), ("therapist", 403), ("leader", 403)],
)
def test_nobody_else_writes_a_plan(world, sign_in, name, who, status):
    client = sign_in(world.people[who])
    assert client.get(address(world, name)).status_code == status
    assert client.post(address(world, name), {"version": 0}).status_code == status


def test_anothers_next_step_cannot_be_marked_as_done(world, sign_in):
    with as_owner():
        step = NextStep.objects.create(participant=world.vakker, text="CV", due_on=world.today)
    assert sign_in(world.outsider).post(reverse("next_step_done", args=[step.pk])).status_code == 404
