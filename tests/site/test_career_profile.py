"""The career profile: written part by part, by several people, over sessions; and asked for again after each job."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.due import cases
from fotfeste_web.caseload.models import Job, Openness, Wishes
from fotfeste_web.plans.due import due_items
from fotfeste_web.plans.models import CareerProfile, HeldJob
from fotfeste_web.plans.progress import progress_of
from fotfeste_web.plans.sections import FIELDS, SECTIONS
from fotfeste_web.plans.words import Change, compare
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner


def address(world, name="profile", *more):
    return reverse(name, args=[world.vakker.pk, *more])


def section(client, world, key, version, **values):
    return client.post(address(world, "profile_section", key), {"version": version, **values})


def stored(world) -> CareerProfile:
    with as_owner():
        return CareerProfile.objects.get(participant=world.vakker)


def events() -> list[str]:
    with as_owner():
        return list(WriteEvent.objects.order_by("pk").values_list("action", flat=True))


def test_a_part_is_saved_by_itself_and_leads_back_to_its_place(world, sign_in):
    answer = section(sign_in(world.specialist), world, "styrker", 0, strengths="Holder avtaler")
    assert answer.url == address(world) + "#styrker"
    profile = stored(world)
    assert (profile.strengths, profile.version, profile.updated_by_id) == ("Holder avtaler", 1, world.specialist.pk)
    with as_owner():
        event = WriteEvent.objects.get()
    assert (event.action, event.details) == ("profile.section_saved", {"section": "styrker", "version": 1})


def test_a_part_that_a_script_sends_is_answered_with_its_version(world, sign_in):
    client = sign_in(world.specialist)
    send = {"path": address(world, "profile_section", "styrker"), "headers": {"Accept": "application/json"}}
    answer = client.post(data={"version": 0, "strengths": "Holder avtaler"}, **send)
    assert answer.json()["version"] == 1
    assert answer.json()["said"].startswith("Lagret kl. ")
    refused = client.post(data={"version": 1, "strengths": "Har F20.0"}, **send)
    assert refused.status_code == 422
    assert refused.json()["said"].startswith("Ikke lagret. Teksten ser ut til å nevne en diagnose")
    assert stored(world).strengths == "Holder avtaler"
    late = client.post(data={"version": 0, "strengths": "Er sterk"}, **send)
    assert late.status_code == 409
    assert "noen andre har skrevet her" in late.json()["said"]


def test_two_who_write_in_different_parts_are_in_nobodys_way(world, sign_in):
    kari, marit = sign_in(world.specialist), sign_in(world.supervisor)
    section(kari, world, "styrker", 0, strengths="Holder avtaler")
    assert section(marit, world, "nettverk", 0, network="En venn i butikk").status_code == 302
    profile = stored(world)
    assert (profile.strengths, profile.network, profile.version) == ("Holder avtaler", "En venn i butikk", 2)


def test_of_two_who_write_in_one_part_the_second_sees_both_texts_and_chooses(world, sign_in):
    kari, marit = sign_in(world.specialist), sign_in(world.supervisor)
    section(kari, world, "nettverk", 0, network="En venn i butikk")
    answer = section(marit, world, "nettverk", 0, network="Naboen")
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "En venn i butikk" in html
    assert "Naboen" in html
    assert stored(world).network == "En venn i butikk"
    chosen = answer.context["page"].refused["version"].value()
    assert section(marit, world, "nettverk", chosen, network="Naboen").status_code == 302
    assert stored(world).network == "Naboen"


def test_the_same_text_sent_by_script_and_by_button_is_no_conflict(world, sign_in):
    client = sign_in(world.specialist)
    for _ in range(2):  # the button is pressed before the script's answer has come with the new version
        assert section(client, world, "nettverk", 0, network="Naboen").status_code == 302
    assert stored(world).network == "Naboen"


def test_a_refused_part_is_still_in_its_form_and_nothing_is_stored(world, sign_in):
    answer = section(sign_in(world.specialist), world, "okonomi", 0, economy="Født 05910298382")
    assert answer.status_code == 422
    assert "fødselsnummer" in answer.content.decode()
    assert "05910298382" in answer.content.decode()
    with as_owner():
        assert not CareerProfile.objects.exists()
    assert events() == []


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [("outsider", 404, 404), ("colleague", 404, 404), ("therapist", 404, 403), ("leader", 403, 403)],
)
def test_nobody_else_reads_or_writes_the_profile(world, sign_in, who, reads, writes):
    client = sign_in(world.people[who])
    assert client.get(address(world)).status_code == reads
    assert client.get(address(world, "profile_versions")).status_code == reads
    assert section(client, world, "styrker", 0, strengths="x").status_code == writes


def test_the_profile_shows_the_wishes_and_does_not_ask_for_them(world, sign_in):
    with as_owner():
        Wishes.objects.create(participant=world.vakker, goal="Jeg vil bake brød.", helps_at_work="Faste tider")
    page = sign_in(world.specialist).get(address(world)).context["page"]
    assert ("Mål, med egne ord", "Jeg vil bake brød.") in page.wishes
    assert ("Hva hjelper på jobb", "Faste tider") in page.wishes
    asked = {name for part in page.parts for name in part.form.fields}
    assert asked & {"goal", "hours_per_week", "environment", "helps_at_work"} == set()


def test_the_profile_asks_nothing_of_health_culture_or_the_law():
    # practice.md 2.2 and 2.4: the kinds of question that are left out.
    left_out = ("health", "symptom", "medic", "cogni", "substance", "legal", "cultur", "diagnos")
    assert [name for name in FIELDS if any(word in name for word in left_out)] == []


def test_sessions_are_days_and_the_profile_is_complete_when_every_needed_part_has_something(world):
    """By hand: parts on two days, a job held on a third, the last part on a fourth. Three days until complete."""
    start = world.today - timedelta(days=20)
    needed = [part for part in SECTIONS.values() if part.needed]
    with as_owner():
        profile = CareerProfile.objects.create(participant=world.vakker, version=0)
        for version, (days, parts) in enumerate([(0, needed[:4]), (0, needed[4:6]), (7, needed[6:-1]), (14, [])], 1):
            for part in parts:
                setattr(profile, part.fields[0], "noe")
            profile.version = version
            profile.save()
            date_last(CareerProfile, version, start + timedelta(days=days))
        assert progress_of([world.vakker.pk])[world.vakker.pk].complete_on is None
        setattr(profile, needed[-1].fields[0], "noe")
        profile.version = 5
        profile.save()
        date_last(CareerProfile, 5, start + timedelta(days=15))
    with as_owner():
        progress = progress_of([world.vakker.pk])[world.vakker.pk]
    # On day 14 the profile was looked over with nothing new: saved, and no session.
    assert [(day - start).days for day in progress.sessions] == [0, 7, 15]
    assert [(day - start).days for day in progress.saved] == [0, 7, 14, 15]
    assert (progress.complete_on, progress.sessions_until_complete) == (start + timedelta(days=15), 3)


def date_last(model, version, day):
    at = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    model.pgh_event_model.objects.filter(version=version).update(pgh_created_at=at)


def test_two_versions_are_compared_field_by_field_with_the_words_that_came_and_went(world, sign_in):
    client = sign_in(world.specialist)
    section(client, world, "styrker", 0, strengths="Holder avtaler", interests="Fiske")
    section(client, world, "styrker", 1, strengths="Holder alltid avtaler", interests="Fiske")
    section(client, world, "nettverk", 2, network="Naboen")
    page = client.get(address(world, "profile_versions"), {"fra": "1", "til": "2"}).context["page"]
    assert [(field.label, [(p.change.value, p.text) for p in field.pieces]) for field in page.changed] == [
        ("Styrker", [("kept", "Holder "), ("added", "alltid "), ("kept", "avtaler")])
    ]
    assert page.same == (("Interesser", "Fiske"),)
    last = client.get(address(world, "profile_versions")).context["page"]
    assert (last.older.number, last.newer.number) == (2, 3)
    assert [field.label for field in last.changed] == ["Nettverk"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "Ny tekst"), ("Borte nå", ""), ("en to tre", "en fire tre"), ("linje\nto", "linje\n\nto og tre"), ("a", "a")],
)
def test_what_is_kept_and_added_is_the_later_text(before, after):
    pieces = compare(before, after)
    assert "".join(p.text for p in pieces if p.change is not Change.REMOVED) == after
    kept_and_removed = "".join(p.text for p in pieces if p.change is not Change.ADDED)
    assert kept_and_removed.split() == before.split()


def test_versions_of_openness_tell_who_wrote_what(world, sign_in):
    form = {"may_contact": "yes", "agreed_on": world.today.isoformat(), "advantages": "Slipper å late som"}
    sign_in(world.specialist).post(address(world, "openness"), form | {"version": 0})
    marit = sign_in(world.supervisor)
    marit.post(address(world, "openness"), form | {"version": 1, "drawbacks": "Redd for snakk"})
    page = marit.get(address(world, "openness_versions")).context["page"]
    assert [(version.number, version.who) for version in page.versions] == [(2, "Marit Dahl"), (1, "Kari Nilsen")]
    assert [field.label for field in page.changed] == ["Ulemper ved å være åpen"]
    with as_owner():
        assert Openness.objects.get().advantages == "Slipper å late som"


def held(world, **more):
    return {"title": "Baker", "started": "mars 2015", "ended": "2017", "hours_per_week": "37,5", "version": 0} | more


def test_a_job_held_is_kept_with_the_months_that_are_remembered(world, sign_in):
    client = sign_in(world.specialist)
    assert client.post(address(world, "held_job_add"), held(world)).status_code == 302
    with as_owner():
        job = HeldJob.objects.get()
    assert (job.title, job.started, job.ended, str(job.hours_per_week)) == ("Baker", "2015-03", "2017", "37.50")
    edit = reverse("held_job_edit", args=[job.pk])
    assert client.get(edit).context["form"]["started"].value() == "mars 2015"
    assert client.post(edit, held(world, version=1, liked="Kollegene")).status_code == 302
    assert client.post(edit, held(world, version=1, liked="Sjefen")).status_code == 409
    with as_owner():
        assert HeldJob.objects.get().liked == "Kollegene"
    assert events() == ["profile.held_job_added", "profile.held_job_changed"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ended": "2014"}, "Jobben kan ikke slutte før den begynte."),
        ({"ended": "februar 2015"}, "Jobben kan ikke slutte før den begynte."),
        ({"started": "i fjor"}, "Skriv et år"),
        ({"title": ""}, "Skriv hva jobben var."),
    ],
)
def test_a_job_held_that_cannot_be_right_is_refused(world, sign_in, wrong, sentence):
    answer = sign_in(world.specialist).post(address(world, "held_job_add"), held(world, **wrong))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with as_owner():
        assert not HeldJob.objects.exists()


@pytest.mark.parametrize(("started", "ended", "taken"), [("2015-03", "2015", True), ("2015", "2014-12", False)])
def test_the_database_knows_the_order_of_years_and_months(world, started, ended, taken):
    with as_owner():
        try:
            with transaction.atomic():
                HeldJob.objects.create(participant=world.vakker, title="Baker", started=started, ended=ended)
        except IntegrityError:
            assert not taken
        else:
            assert taken


def asked(world) -> list[tuple[str, str]]:
    with seen_by(world.specialist, world.today) as scope:
        mine = cases(world.specialist, scope, world.today)
        return [(item.rule, item.reason) for item in due_items(mine, world.today)]


def test_an_update_is_asked_for_after_a_job_began_until_the_profile_is_saved(world, sign_in):
    assert asked(world) == []
    with as_owner():
        Job.objects.create(
            participant=world.vakker,
            employer=world.employer,
            styrk08="5223",
            starts_on=world.today - timedelta(days=3),
            begun=True,
            found_how="network",
        )
    [(rule, reason)] = asked(world)
    assert rule == "profile_update"
    assert reason.startswith("En jobb begynte ")
    client = sign_in(world.specialist)
    assert "En jobb begynte" in client.get(address(world)).content.decode()
    section(client, world, "erfaring", 0, experience="Formiddag er best")
    assert asked(world) == []
    assert client.get(address(world)).context["page"].update_asked == ""


def test_a_job_that_ended_before_the_period_asks_for_nothing(world):
    with as_owner():
        Job.objects.create(
            participant=world.vakker,
            employer=world.employer,
            styrk08="5223",
            starts_on=world.today - timedelta(days=300),
            ends_on=world.today - timedelta(days=200),
            begun=True,
            ended_by="person",
            found_how="network",
        )
    assert asked(world) == []
