"""The pages of those outside the caseload: what is shared with them, what is asked of them, and the person's own."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste_web.audit.models import ReadEvent
from fotfeste_web.caseload.models import NextStep, Openness, Participant, Referral, Wishes
from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.sharing.defaults import A_CONSENT_LASTS, defaults
from fotfeste_web.sharing.models import Share
from tests.database import as_owner


@pytest.fixture
def plan(world):
    with as_owner():
        Wishes.objects.create(participant=world.vakker, goal="Jeg vil bake brød.")
        for asked_of, text in (("nav", "Avklare frikort"), ("therapist", "Ringe om søvn"), ("person", "Gå innom")):
            NextStep.objects.create(
                participant=world.vakker, text=text, due_on=world.today - timedelta(days=1), asked_of=asked_of
            )


def share_with(world, user, *kinds, role="behandler") -> Share:
    with as_owner():
        return Share.objects.create(
            participant=world.vakker,
            shared_with=user,
            receiver_role=role,
            kinds=[Kind.BASIS, *kinds],
            ground="consent",
            purpose="Samarbeid",
            starts_on=world.today,
            ends_on=world.today + timedelta(days=30),
            told_how="I møte",
            shared_by=world.specialist,
        )


def test_a_therapist_reads_goal_plan_last_contact_and_whom_to_ring(world, sign_in, plan):
    share_with(world, world.therapist, Kind.PLAN, Kind.CONTACTS)
    with as_owner():
        world.specialist.phone = "90 00 00 01"
        world.specialist.save()
    page = sign_in(world.therapist).get(reverse("shared")).context["page"]
    (person,) = page.people
    assert person.goal == "Jeg vil bake brød."
    assert person.next_step.startswith("Avklare frikort")
    assert len(person.agreed) == 2
    assert person.last_contact != "ingen ennå"
    assert (person.specialist, person.specialist_phone) == ("Kari Nilsen", "90 00 00 01")


def test_what_is_not_shared_is_said_to_be_so_and_not_to_be_missing(world, sign_in, plan):
    share_with(world, world.therapist, Kind.WORK)
    client = sign_in(world.therapist)
    (person,) = client.get(reverse("shared")).context["page"].people
    assert (person.goal, person.next_step, person.last_contact) == ("", "ikke delt med deg", "ikke delt med deg")
    html = client.get(reverse("participant", args=[world.vakker.pk])).content.decode()
    assert "Ikke avtalt ennå" not in html
    assert "mål, ønsker og plan" in html
    assert "bake brød" not in html


@pytest.mark.parametrize(
    ("who", "asked"),
    [("therapist", "Ringe om søvn"), ("adviser", "Avklare frikort"), ("education_specialist", "Ringe om søvn")],
)
def test_each_is_shown_what_is_asked_of_them(world, sign_in, plan, who, asked):
    share_with(world, world.people[who], Kind.PLAN)
    card = sign_in(world.people[who]).get(reverse("shared")).context["page"].asked
    assert [line.text for line in card.lines] == [asked]


def test_one_who_referred_sees_that_it_waits_and_no_more(world, sign_in):
    with as_owner():
        waiting = Participant.objects.create(service=world.bodo, first_name="Lun", last_name="Morgen")
        Referral.objects.create(
            participant=waiting,
            service=world.bodo,
            received_on=world.today,
            source="therapist",
            wish="Vil kjøre buss.",
            short_name=waiting.short_name,
            registered_by=world.therapist,
        )
    answer = sign_in(world.therapist).get(reverse("shared"))
    assert [line.split(",")[0] for _, line in answer.context["page"].waiting] == ["Lun M."]
    assert "kjøre buss" not in answer.content.decode()
    with as_owner():
        assert ReadEvent.objects.get(page="shared").participants == [waiting.pk]


def test_the_page_asks_as_many_queries_for_many_as_for_one(world, sign_in, plan, django_assert_max_num_queries):
    share_with(world, world.therapist, Kind.PLAN)
    client = sign_in(world.therapist)
    client.get(reverse("shared"))
    with django_assert_max_num_queries(40) as few:
        client.get(reverse("shared"))
    with as_owner():
        for number in range(10):
            other = Participant.objects.create(service=world.bodo, first_name="Person", last_name=f"N{number}")
            given = Share.objects.first()
            given.pk, given.participant = None, other
            given.save()
    with django_assert_max_num_queries(len(few)):
        assert len(client.get(reverse("shared")).context["page"].people) == 11


@pytest.mark.parametrize(
    ("collaboration", "role", "ground", "for_a_time"),
    [
        ("consent", "behandler", "consent", True),
        ("consent", "nav_veileder", "consent", True),
        ("health_25", "behandler", "health_25", False),
        ("health_25", "nav_veileder", "nav_7", False),
        ("nav_alone", "nav_veileder", "nav_7", False),
        ("nav_alone", "behandler", "consent", True),
    ],
)  # docs/adr/0005: what each model assumes of the law
def test_the_share_form_proposes_what_the_services_model_says(world, sign_in, collaboration, role, ground, for_a_time):
    with as_owner():
        Service.objects.filter(pk=world.bodo.pk).update(collaboration=collaboration)
    answer = sign_in(world.specialist).get(reverse("share_add", args=[world.vakker.pk]), {"rolle": role})
    initial = answer.context["form"].initial
    assert initial["ground"] == ground
    assert initial["ends_on"] == (world.today + A_CONSENT_LASTS if for_a_time else None)
    assert (Kind.ECONOMY in initial["kinds"]) is (role == "nav_veileder")
    assert Kind.CONTACTS not in defaults(collaboration, role, world.today).kinds


def terms(world, **changed):
    return {
        "shared_with": world.therapist.pk,
        "kinds": ["plan", "work"],
        "ground": "consent",
        "given_by": "person",
        "purpose": "Samordne",
        "starts_on": world.today,
        "ends_on": world.today + timedelta(days=90),
        "told_how": "Avtalt i møte",
    } | changed


def test_a_share_keeps_who_receives_what_and_by_whose_statement(world, sign_in):
    client = sign_in(world.specialist)
    assert client.post(reverse("share_add", args=[world.vakker.pk]), terms(world)).status_code == 302
    with as_owner():
        share = Share.objects.select_related("receiver_body").get()
    assert share.kinds == ["basis", "plan", "work"]
    assert (share.receiver_role, share.receiver_body.name) == ("behandler", "NAV Bodø")
    assert (share.given_by, share.shared_by) == ("person", world.specialist)
    (line,) = client.get(reverse("shares", args=[world.vakker.pk])).context["page"].live
    assert line.what == "Hvem det er og hvor i løpet, Mål, ønsker og plan, Jobb og utdanning"


def test_for_one_under_18_a_guardian_says_yes(world, sign_in):
    with as_owner():
        Participant.objects.filter(pk=world.vakker.pk).update(birth_year=world.today.year - 17)
    client = sign_in(world.specialist)
    address = reverse("share_add", args=[world.vakker.pk])
    assert "given_by" in client.post(address, terms(world)).context["form"].errors
    assert "guardian" in client.post(address, terms(world, given_by="guardian")).context["form"].errors
    assert client.post(address, terms(world, given_by="guardian", guardian="Mor Blomst")).status_code == 302
    with as_owner():
        assert Share.objects.get().guardian == "Mor Blomst"


def test_a_share_by_law_is_by_the_statement_of_the_one_who_shares(world, sign_in):
    values = terms(world, ground="health_25", given_by="person", guardian="Mor", ends_on="")
    assert sign_in(world.specialist).post(reverse("share_add", args=[world.vakker.pk]), values).status_code == 302
    with as_owner():
        share = Share.objects.get()
    assert (share.given_by, share.guardian) == ("professional", "")


def test_a_share_is_withdrawn_with_or_without_a_reason_and_stays_to_be_read(world, sign_in):
    share = share_with(world, world.therapist, Kind.PLAN)
    client = sign_in(world.specialist)
    address = reverse("share_withdraw", args=[share.pk])
    assert client.post(address, {"why": "x" * 201}).status_code == 422
    assert client.post(address, {"why": "Ønsket det selv"}).status_code == 302
    page = client.get(reverse("shares", args=[world.vakker.pk])).context["page"]
    assert page.live == ()
    assert [one.ended_why for one in page.ended] == ["Ønsket det selv"]


def test_the_plan_is_printed_in_plain_words(world, sign_in, plan):
    share_with(world, world.therapist, Kind.PLAN)
    with as_owner():
        Openness.objects.create(
            participant=world.vakker, may_contact="yes", may_tell="Rolige morgener", agreed_on=world.today
        )
    html = sign_in(world.specialist).get(reverse("own_plan_print", args=[world.vakker.pk])).content.decode()
    for words in ("Jeg vil bake brød.", "Avklare frikort", "Rolige morgener", "Siri Moen (Behandler)"):
        assert words in html
    with as_owner():
        assert ReadEvent.objects.get(page="own_plan_print").participant_id == world.vakker.pk


def test_the_log_is_printed_with_who_role_employer_when_what_and_why(world, sign_in):
    sign_in(world.supervisor).get(reverse("participant", args=[world.vakker.pk]))
    html = sign_in(world.specialist).get(reverse("looks_print", args=[world.vakker.pk])).content.decode()
    assert "Marit Dahl (Metodeveileder, NAV Bodø). Så siden om deltakeren. Hvorfor: leder teamet." in html
