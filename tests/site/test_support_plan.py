"""What helps at work, in versions; and an education, which counts in the status only while it goes on."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.models import Education
from fotfeste_web.caseload.status import Status, facts_of, status_on
from fotfeste_web.plans.models import CareerProfile, SupportMeasure, SupportPlan
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner

DOOR = {"what": "Følge til døra", "moment": "first_day", "by_whom": "specialist", "where": "På arbeidsstedet"}


def address(world, name):
    return reverse(name, args=[world.vakker.pk])


def events() -> list[str]:
    with as_owner():
        return list(WriteEvent.objects.order_by("pk").values_list("action", flat=True))


def test_measures_come_and_go_and_every_version_of_the_plan_can_be_read(world, sign_in):
    client = sign_in(world.specialist)
    client.post(address(world, "support_measure_add"), DOOR)
    with as_owner():
        first = SupportMeasure.objects.get()
    lunch = DOOR | {"what": "Spise lunsj sammen", "moment": "first_week"}
    client.post(address(world, "support_measure_add"), lunch)
    assert (
        client.post(reverse("support_measure_edit", args=[first.pk]), DOOR | {"by_whom": "family"}).status_code == 302
    )
    with as_owner():
        changed = SupportMeasure.objects.get(by_whom="family")
    client.post(reverse("support_measure_end", args=[changed.pk]))
    with as_owner():
        assert SupportPlan.objects.get().version == 4
    page = client.get(address(world, "support_plan")).context["page"]
    assert [(moment, [line.what for line in lines]) for moment, lines in page.measures] == [
        ("Første uke", ["Spise lunsj sammen"])
    ]
    versions = client.get(address(world, "support_plan_versions")).context["page"].versions
    on_first_day = {v.number: p.text for v in versions for p in v.parts if p.label == "Første dag"}
    assert on_first_day == {
        1: "Jobbspesialist: Følge til døra, På arbeidsstedet",
        2: "Jobbspesialist: Følge til døra, På arbeidsstedet",
        3: "Familie: Følge til døra, På arbeidsstedet",
        4: "",
    }
    assert events() == ["support_plan.measure_added"] * 2 + [
        "support_plan.measure_changed",
        "support_plan.measure_ended",
    ]


def test_a_measure_that_somebody_else_has_changed_can_be_added_beside_theirs(world, sign_in):
    kari, marit = sign_in(world.specialist), sign_in(world.supervisor)
    kari.post(address(world, "support_measure_add"), DOOR)
    with as_owner():
        edit = reverse("support_measure_edit", args=[SupportMeasure.objects.get().pk])
    kari.post(edit, DOOR | {"how_often": "Hver dag"})
    answer = marit.post(edit, DOOR | {"how_often": "Én gang"})
    assert answer.status_code == 409
    assert "Én gang" in answer.content.decode()
    assert answer.context["send_to"] == address(world, "support_measure_add")
    with as_owner():
        assert [m.how_often for m in SupportMeasure.objects.filter(until_version=None)] == ["Hver dag"]
        assert SupportPlan.objects.get().version == 2


def test_the_plan_begins_with_the_signs_of_the_profile_and_is_saved_in_versions(world, sign_in):
    with as_owner():
        CareerProfile.objects.create(participant=world.vakker, early_signs="«Jeg blir stille»")
    client = sign_in(world.specialist)
    form = client.get(address(world, "support_plan")).context["form"]
    assert form["early_signs"].value() == "«Jeg blir stille»"
    sent = {"early_signs": "«Jeg blir stille»", "employer_support_wished": "True", "version": 0}
    assert client.post(address(world, "support_plan"), sent).status_code == 302
    assert client.post(address(world, "support_plan"), sent).status_code == 409
    with as_owner():
        plan = SupportPlan.objects.get()
    assert (plan.early_signs, plan.employer_support_wished, plan.version) == ("«Jeg blir stille»", True, 1)
    assert events() == ["support_plan.saved"]


@pytest.mark.parametrize("wrong", [{"what": ""}, {"moment": ""}, {"by_whom": "nobody"}, {"what": "Ta med 05910298382"}])
def test_a_measure_that_cannot_be_right_leaves_nothing(world, sign_in, wrong):
    answer = sign_in(world.specialist).post(address(world, "support_measure_add"), DOOR | wrong)
    assert answer.status_code == 422
    with as_owner():
        assert not SupportMeasure.objects.exists()
        assert not SupportPlan.objects.exists()


@pytest.mark.parametrize("name", ["support_plan", "support_measure_add"])
@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("colleague", 404), ("leader", 403)])
def test_nobody_else_writes_the_plan(world, sign_in, name, who, status):
    assert sign_in(world.people[who]).post(address(world, name), DOOR | {"version": 0}).status_code == status


def status_with(world, **education) -> Status | None:
    with as_owner():
        Education.objects.create(participant=world.vakker, place="Fagskolen", programme="Baker", **education)
    with seen_by(world.specialist, world.today):
        return status_on(facts_of([world.vakker.pk])[world.vakker.pk], world.today)


@pytest.mark.parametrize(
    ("state", "ended", "expected"),
    [
        ("applied", False, Status.JOB_DEVELOPMENT),
        ("planned", False, Status.JOB_DEVELOPMENT),
        ("going_on", False, Status.IN_EDUCATION),
        ("completed", True, Status.JOB_DEVELOPMENT),
        ("broken_off", True, Status.JOB_DEVELOPMENT),
    ],
)
def test_only_an_education_that_goes_on_counts(world, state, ended, expected):
    day = world.today - timedelta(days=10)
    assert status_with(world, state=state, starts_on=day, ends_on=world.today if ended else None) == expected


def test_a_completed_education_was_one_while_it_lasted(world):
    status_with(world, state="completed", starts_on=world.today - timedelta(10), ends_on=world.today)
    with seen_by(world.specialist, world.today):
        facts = facts_of([world.vakker.pk])[world.vakker.pk]
    assert status_on(facts, world.today - timedelta(days=1)) == Status.IN_EDUCATION


def study(world, **more):
    return {
        "place": "Fagskolen",
        "programme": "Baker",
        "state": "going_on",
        "level": "vocational",
        "form": "part_time",
        "starts_on": (world.today - timedelta(days=5)).isoformat(),
        "support": "Lesehjelp på torsdager",
        "version": 1,
    } | more


@pytest.fixture
def planned(world) -> Education:
    with as_owner():
        return Education.objects.create(
            participant=world.vakker, place="Fagskolen", programme="Baker", starts_on=world.today, state="planned"
        )


def test_an_education_is_mended_with_level_form_state_and_support(world, sign_in, planned):
    client, edit = sign_in(world.specialist), reverse("education_edit", args=[planned.pk])
    assert client.post(edit, study(world)).status_code == 302
    assert client.post(edit, study(world, support="Noe annet")).status_code == 409
    with as_owner():
        planned.refresh_from_db()
    assert (planned.state, planned.level, planned.form, planned.support) == (
        "going_on",
        "vocational",
        "part_time",
        "Lesehjelp på torsdager",
    )
    assert events() == ["education.changed"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"starts_on": "AHEAD"}, "En utdanning som pågår, kan ikke ha start fram i tid."),
        ({"state": "completed"}, "Skriv dagen utdanningen sluttet."),
        ({"ends_on": "TODAY"}, "Den har en sluttdag."),
        ({"state": "broken_off", "ends_on": "BEFORE"}, "Utdanningen kan ikke slutte før den starter."),
        ({"state": "broken_off", "ends_on": "AHEAD"}, "Dagen kan ikke ligge fram i tid."),
    ],
)
def test_an_education_that_cannot_be_right_is_refused(world, sign_in, planned, more, sentence):
    said = {"AHEAD": world.today + timedelta(9), "TODAY": world.today, "BEFORE": world.today - timedelta(9)}
    more = {name: said.get(value, value) for name, value in more.items()}
    answer = sign_in(world.specialist).post(reverse("education_edit", args=[planned.pk]), study(world, **more))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with as_owner():
        planned.refresh_from_db()
    assert planned.state == "planned"


def test_an_education_added_with_a_start_ahead_is_planned(world, sign_in):
    form = {"place": "Fagskolen", "programme": "Baker", "starts_on": (world.today + timedelta(30)).isoformat()}
    assert sign_in(world.specialist).post(address(world, "education_add"), form).status_code == 302
    with as_owner():
        assert Education.objects.get().state == "planned"
