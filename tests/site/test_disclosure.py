"""Text ready to copy: made from the records, read before it is given, and kept as it was given."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from fotfeste.norway.identity import make_synthetic
from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.models import NextStep, Openness, Wishes
from fotfeste_web.followup.models import BenefitsAdvice, Note
from fotfeste_web.organisations.models import Body, Membership
from fotfeste_web.plans.models import CareerProfile, SupportMeasure, SupportPlan
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.sharing.models import Disclosure
from tests.database import as_owner
from tests.site.test_shared import share_with


@pytest.fixture
def records(world):
    with as_owner():
        trust = Body.objects.create(kind="health_trust", name="Nordlandssykehuset")
        Membership.objects.filter(user=world.therapist).update(body=trust)
        Wishes.objects.create(participant=world.vakker, goal="Jeg vil bake brød.", updated_by=world.specialist)
        Openness.objects.create(
            participant=world.vakker,
            may_contact="yes",
            may_tell="Trenger rolige morgener",
            agreed_on=world.today,
            updated_by=world.therapist,
        )
        NextStep.objects.create(
            participant=world.vakker,
            text="Avklare frikort",
            due_on=world.today,
            asked_of="nav",
            created_by=world.therapist,
        )


def preview(client, world, **chosen):
    values = {
        "til": "nav_file",
        "om": ["basis", "plan"],
        "fra": world.today - timedelta(days=90),
        "til_og_med": world.today,
    } | chosen
    return client.get(reverse("disclose", args=[world.vakker.pk]), values).context["page"]


def given(world, **changed):
    return {
        "destination": "nav_file",
        "kinds": ["plan"],
        "starts_on": world.today,
        "ends_on": world.today,
        "text": "Mål: bake brød.",
        "receiver": "NAV Bodø",
        "ground": "nav_7",
        "purpose": "Oppfølging",
        "told_how": "Lest sammen i møtet",
    } | changed


def test_each_record_has_the_home_of_those_who_employ_its_author(world, sign_in, records):
    page = preview(sign_in(world.specialist), world, om=["plan", "openness"])
    assert {line.key.partition("-")[0]: (line.home, line.ticked) for line in page.lines} == {
        "wishes": ("nav", True),  # by the job specialist, whom NAV employs
        "step": ("health", False),  # by the therapist, whom the health trust employs
        "openness": ("health", False),
    }


def test_the_choice_of_records_follows_who_receives(world, sign_in, records):
    page = preview(sign_in(world.specialist), world, til="patient_record")
    assert [line.heading for line in page.lines if line.ticked] == ["Avtalt"]
    assert "Avklare frikort (NAV, innen" in page.proposal["text"]
    assert "bake brød" not in page.proposal["text"]


def test_a_record_of_the_other_side_is_given_by_ticking_it(world, sign_in, records):
    client = sign_in(world.specialist)
    keys = [line.key for line in preview(client, world, til="patient_record").lines]
    page = preview(client, world, til="patient_record", vist_for="patient_record", vist=keys, valgt=["wishes"])
    assert "Jeg vil bake brød." in page.proposal["text"]
    assert "frikort" not in page.proposal["text"]


@pytest.mark.parametrize(("kinds", "told"), [(["plan"], False), (["contacts"], True)])
def test_only_the_chosen_kinds_are_in_the_text(world, sign_in, records, kinds, told):
    text = preview(sign_in(world.specialist), world, om=kinds).proposal["text"]
    assert ("Møte med arbeidsgiver, Mørkved Dagligvare. Første besøk." in text) is told
    assert ("bake brød" in text) is not told


def test_a_meeting_outside_the_period_is_left_out(world, sign_in, records):
    page = preview(sign_in(world.specialist), world, om=["contacts"], fra=world.today)
    assert page.lines == ()


def test_what_is_given_is_kept_word_for_word_and_logged_without_words(world, sign_in):
    client = sign_in(world.specialist)
    assert client.post(reverse("disclose", args=[world.vakker.pk]), given(world)).status_code == 302
    with as_owner():
        kept = Disclosure.objects.get()
        event = WriteEvent.objects.get(action="sharing.disclosed")
    assert (kept.text, kept.ground, kept.given_by) == ("Mål: bake brød.", "nav_7", world.specialist)
    assert event.details == {"ground": "nav_7", "destination": "nav_file", "kinds": "plan"}
    assert event.participant_id == world.vakker.pk
    assert "Mål: bake brød." in client.get(reverse("disclosures", args=[world.vakker.pk])).content.decode()
    assert "Tekst gitt til NAV Bodø" in client.get(reverse("participant", args=[world.vakker.pk])).content.decode()


@pytest.mark.parametrize("wrong", [{"text": ""}, {"receiver": ""}, {"ground": "guess"}, {"kinds": []}])
def test_a_refused_text_is_not_kept_and_is_still_there_to_mend(world, sign_in, wrong):
    answer = sign_in(world.specialist).post(reverse("disclose", args=[world.vakker.pk]), given(world, **wrong))
    assert answer.status_code == 422
    assert wrong.keys() <= answer.context["form"].errors.keys()
    assert "Oppfølging" in answer.content.decode()
    with as_owner():
        assert not Disclosure.objects.exists()


def test_an_identity_number_does_not_go_out(world, sign_in):
    values = given(world, text=f"Gjelder {make_synthetic(date(1991, 4, 2), 13)} i dag")
    answer = sign_in(world.specialist).post(reverse("disclose", args=[world.vakker.pk]), values)
    assert answer.status_code == 422


def test_the_person_reads_what_was_given_and_those_it_is_shared_with_do_not(world, sign_in):
    sign_in(world.specialist).post(reverse("disclose", args=[world.vakker.pk]), given(world))
    for who, sees in (("participant", True), ("supervisor", True), ("therapist", False), ("colleague", False)):
        with seen_by(world.people[who], world.today):
            assert Disclosure.objects.exists() is sees, who


def test_what_was_given_can_not_be_changed(world):
    with seen_by(world.specialist, world.today):
        made = Disclosure.objects.create(
            participant=world.vakker, given_by=world.specialist, **given(world, text="Mål")
        )
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Disclosure.objects.filter(pk=made.pk).update(text="Noe annet")


def test_the_database_refuses_a_text_about_nothing(world):
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.create(participant=world.vakker, given_by=world.specialist, **given(world, kinds=[]))


def advised(world, **changed):
    about = {"participant": world.vakker, "on": world.today, "adviser": "Ida Økonom", "trained": True}
    with as_owner():
        return BenefitsAdvice.objects.create(**about, occasion="before_start", benefits=["disability"], **changed)


def test_advice_notes_profile_and_support_are_in_the_text_and_a_draft_is_not(world, sign_in):
    advised(world, effect="Uføretrygden settes ned fra mars.", created_by=world.specialist)
    by = {"participant": world.vakker, "author": world.specialist, "on": world.today}
    with as_owner():
        Note.objects.create(**by, text="Ringte om turnus.", state="service")
        Note.objects.create(**by, text="Bare tenkt høyt.", state="draft")
        CareerProfile.objects.create(participant=world.vakker, strengths="Stødig hånd", updated_by=world.specialist)
        plan = {"participant": world.vakker, "updated_by": world.specialist}
        SupportPlan.objects.create(**plan, early_signs="Sover lite", early_signs_then="Ringe Kari")
        SupportMeasure.objects.create(
            participant=world.vakker, what="Korte økter", moment="first_week", by_whom="employer", from_version=1
        )
    page = preview(sign_in(world.specialist), world, om=["plan", "work", "contacts", "economy"])
    text = page.proposal["text"]
    for told in ("Uføretrygden settes ned fra mars.", "Ringte om turnus.", "Stødig hånd", "Korte økter", "Ringe Kari"):
        assert told in text, told
    assert "tenkt høyt" not in text
    assert not [line.key for line in page.lines if "Korte" in line.key or "Ringte" in line.key]  # keys are in addresses


def test_the_nav_adviser_reads_the_advice_where_money_is_shared_and_the_person_in_the_own_plan(world, sign_in):
    advised(world, effect="Uføretrygden settes ned fra mars.")
    share_with(world, world.adviser, Kind.PLAN, role="nav_veileder")
    assert "Uføretrygden" not in sign_in(world.adviser).get(reverse("shared")).content.decode()
    with as_owner():
        world.vakker.shares.filter(shared_with=world.adviser).update(kinds=["basis", "plan", "economy"])
    assert "Uføretrygden settes ned" in sign_in(world.adviser).get(reverse("shared")).content.decode()
    printed = sign_in(world.specialist).get(reverse("own_plan_print", args=[world.vakker.pk])).content.decode()
    assert "Uføretrygden settes ned" in printed
