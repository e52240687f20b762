"""The page of one participant, who it is, and who has looked."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.caseload.models import (
    Contact,
    ContactParticipant,
    Employer,
    Job,
    NextStep,
    Openness,
    Participant,
    Pause,
    Referral,
    Term,
    Wishes,
)
from fotfeste_web.caseload.pages.participant import ParticipantPage, steps_of
from fotfeste_web.caseload.status import Facts
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.sharing.models import Opening, Share
from tests.database import as_owner

SYNTHETIC = "05910298382"  # a made-up identity number (month + 80), as in tests/method/norway/test_identity.py


def page_of(world, user, person=None, number="1") -> ParticipantPage:
    with seen_by(user, world.today) as scope:
        found = Participant.objects.select_related("service", "treatment_team", "nav_office").get(
            pk=(person or world.vakker).pk
        )
        return ParticipantPage.of(found, scope, number, today=world.today)


def share_with(world, user, **more):
    with as_owner():
        return Share.objects.create(
            participant=world.vakker,
            shared_with=user,
            kinds=list(Kind),
            ground="consent",
            purpose="plan og jobb",
            starts_on=world.today,
            told_how="Avtalt i møte",
            shared_by=world.specialist,
            **more,
        )


def test_the_page_tells_who_it_is_and_where_they_are(world, sign_in):
    response = sign_in(world.specialist).get(reverse("participant", args=[world.vakker.pk]))
    page = response.context["page"]
    assert page.sub.startswith(f"{world.today.year - 1995} år · FACT Bodø · jobbspesialist Kari Nilsen · oppstart ")
    assert [(step.label, step.done, step.current) for step in page.steps] == [
        ("Henvist", True, False),
        ("Kartlegging", True, False),
        ("Jobbutvikling", False, True),
        ("I jobb", False, False),
        ("Nedtrapping", False, False),
        ("Avsluttet", False, False),
    ]
    html = response.content.decode()
    assert f"{reverse('contact_log')}?deltaker={world.vakker.pk}" in html
    assert "Start kartlegging" in html


def test_the_page_leaves_a_read_event_with_its_ground(world, sign_in):
    sign_in(world.supervisor).get(reverse("participant", args=[world.vakker.pk]))
    with as_owner():
        event = ReadEvent.objects.get(participant_id=world.vakker.pk)
    assert (event.user_id, event.page, event.ground) == (world.supervisor.pk, "participant", "team")


def test_the_timeline_shows_the_employer_contact_that_counts_and_days_from_the_start(world):
    page = page_of(world, world.specialist)
    item = next(item for item in page.timeline if "Mørkved" in item.title)
    assert item.title == "Møte med arbeidsgiver: Mørkved Dagligvare"
    assert item.detail == "45 min, hos arbeidsgiver · første arbeidsgivermøte, 22 dager etter oppstart"
    assert (item.who, item.tag, item.lines, item.status) == (
        "Kari Nilsen",
        "Teller",
        ("Første besøk.",),
        "Jobbutvikling",
    )
    assert [item.title for item in page.timeline][-1] == "Henvist"
    assert [item.on for item in page.timeline] == sorted([item.on for item in page.timeline], reverse=True)


@pytest.mark.parametrize(
    ("change", "tag"),
    [
        ({"purpose": "job_support"}, ""),
        ({"channel": "phone"}, ""),
        ({"made_by": "participant"}, ""),
        ({"status": "participant_absent"}, "Teller"),
        ({"status": "cancelled"}, "Avlyst"),
        ({"status": "planned"}, "Mangler resultat"),
    ],
)
def test_only_some_employer_contacts_count(world, change, tag):
    """practice.md 1.2 item 17 and 1.5: in person, by the job specialist, to find work, held or participant absent."""
    with as_owner():
        Contact.objects.filter(pk=world.extra["contact"].pk).update(**change)
    assert next(item for item in page_of(world, world.specialist).timeline if "Mørkved" in item.title).tag == tag


def test_the_timeline_comes_thirty_at_a_time_and_older_ones_are_one_tap_away(world):
    with as_owner():
        for number in range(60):
            contact = Contact.objects.create(
                service=world.bodo, specialist=world.specialist, kind="participant", status="held", on=world.today
            )
            ContactParticipant.objects.create(contact=contact, participant=world.vakker, note=f"Nr. {number}")
    first, last = page_of(world, world.specialist), page_of(world, world.specialist, number="3")
    assert len(first.timeline.object_list) == 30
    assert first.timeline.has_next()
    assert last.timeline.object_list[-1].title == "Henvist"
    assert len(last.timeline.object_list) == 4  # 60 contacts, the employer, start, job specialist, referral


def test_the_page_asks_at_most_fifteen_times_however_many_contacts(world, django_assert_max_num_queries):
    with as_owner():
        for _ in range(40):
            contact = Contact.objects.create(
                service=world.bodo, specialist=world.specialist, kind="employer", status="held", on=world.today,
                employer=Employer.objects.create(service=world.bodo, name="Sted"),
            )  # fmt: skip
            ContactParticipant.objects.create(contact=contact, participant=world.vakker)
        job = Job.objects.create(
            participant=world.vakker, employer=world.employer, styrk08="5223", starts_on=world.today, begun=True,
            found_how="network",
        )  # fmt: skip
        Term.objects.create(job=job, starts_on=world.today, hours_per_week=20, form="permanent")
    with seen_by(world.specialist, world.today) as scope:
        found = Participant.objects.select_related("treatment_team", "nav_office").get(pk=world.vakker.pk)
        with django_assert_max_num_queries(15):
            ParticipantPage.of(found, scope, "1", today=world.today)


def test_planned_meetings_and_what_is_agreed_stand_as_next_steps_in_order(world):
    with as_owner():
        NextStep.objects.create(participant=world.vakker, text="Oppdatere CV", due_on=world.today + timedelta(2))
        NextStep.objects.create(participant=world.vakker, text="Ringe NAV", due_on=world.today - timedelta(2))
        contact = Contact.objects.create(
            service=world.bodo, specialist=world.specialist, kind="employer", status="planned", on=world.today,
            starts_at="09:30", employer=world.employer,
        )  # fmt: skip
        ContactParticipant.objects.create(contact=contact, participant=world.vakker)
    page = page_of(world, world.specialist)
    assert [(line.text, line.overdue) for line in page.next_lines] == [
        ("Ringe NAV", True),
        ("Møte med arbeidsgiver: Mørkved Dagligvare", False),
        ("Oppdatere CV", False),
    ]
    assert page.next_lines[1].when == "I dag 09.30"


def test_a_pause_is_marked_and_the_way_stays_where_it_was(world):
    with as_owner():
        Pause.objects.create(
            participant=world.vakker, starts_on=world.today, follow_up_on=world.today + timedelta(14), reason="Ferie"
        )
    page = page_of(world, world.specialist)
    assert page.status.label == "Pause"
    assert page.pause.startswith("Pause siden")
    assert [step.label for step in page.steps if step.current] == ["Jobbutvikling"]


def test_somebody_who_left_in_the_mapping_is_not_said_to_have_been_in_work():
    start, end = date(2026, 1, 5), date(2026, 2, 2)
    steps = steps_of(Facts(referred=[(date(2026, 1, 1), start)], periods=[(start, end)]), date(2026, 3, 1))
    assert [step.label for step in steps if step.done] == ["Henvist", "Kartlegging"]
    assert [step.label for step in steps if step.current] == ["Avsluttet"]


def test_somebody_who_never_started_is_not_said_to_have_ended():
    steps = steps_of(Facts(referred=[(date(2026, 1, 1), date(2026, 1, 9))]), date(2026, 3, 1))
    assert [step.label for step in steps if step.current] == ["Ikke startet"]


def test_the_one_it_is_shared_with_reads_and_finds_nothing_to_change(world, sign_in):
    share_with(world, world.therapist)
    with as_owner():
        Wishes.objects.create(participant=world.vakker, goal="Bruke hendene")
        Openness.objects.create(participant=world.vakker, may_contact="yes", agreed_on=world.today)
        NextStep.objects.create(participant=world.vakker, text="Oppdatere CV", due_on=world.today)
        Job.objects.create(
            participant=world.vakker,
            employer=world.employer,
            styrk08="5223",
            starts_on=world.today,
            found_how="network",
        )
    response = sign_in(world.therapist).get(reverse("participant", args=[world.vakker.pk]))
    html = response.content.decode()
    assert "Bruke hendene" in html
    assert "Butikkmedarbeidere hos Mørkved Dagligvare" in html  # STYRK-08 5223; where the person works is shared too
    for name in ("participant_edit", "wishes", "openness", "next_step_add", "job_add", "looks", "share_add"):
        assert f'"{reverse(name, args=[world.vakker.pk])}"' not in html
    assert "contact_log" not in html
    assert "/gjort/" not in html


def test_what_is_shared_stands_with_ground_and_until(world):
    share_with(world, world.therapist, ends_on=world.today + timedelta(30))
    share_with(world, world.adviser, withdrawn_at="2026-01-01T12:00Z")
    (share,) = page_of(world, world.specialist).shares
    assert (share.who, share.purpose) == ("Siri Moen", "plan og jobb")
    assert share.ground.startswith("Samtykke, til ")


@pytest.mark.parametrize("name", ["participant", "participant_edit", "looks"])
@pytest.mark.parametrize(
    ("who", "status"), [("outsider", 404), ("colleague", 404), ("leader", 403), ("participant", 403)]
)
def test_nobody_else_finds_the_person(world, sign_in, name, who, status):
    assert sign_in(world.people[who]).get(reverse(name, args=[world.vakker.pk])).status_code == status


# Who it is


def test_new_contact_details_are_saved_with_one_event(world, sign_in):
    client = sign_in(world.specialist)
    address = reverse("participant_edit", args=[world.vakker.pk])
    form = {
        "first_name": "Vakker",
        "last_name": "Blomst",
        "phone": "400 00 000",
        "therapist": "Siri Moen",
        "version": "1",
    }
    assert client.post(address, form).status_code == 302
    with as_owner():
        world.vakker.refresh_from_db()
        event = WriteEvent.objects.get(participant_id=world.vakker.pk)
    assert (world.vakker.phone, world.vakker.treatment_team, world.vakker.version) == ("400 00 000", None, 2)
    assert (event.action, event.user_id, event.details) == ("participant.changed", world.specialist.pk, {"version": 2})


def test_an_identity_number_in_a_field_is_refused_and_nothing_is_stored(world, sign_in):
    form = {"first_name": "Vakker", "last_name": "Blomst", "therapist": f"Siri {SYNTHETIC}", "version": "1"}
    response = sign_in(world.specialist).post(reverse("participant_edit", args=[world.vakker.pk]), form)
    assert response.status_code == 422
    assert SYNTHETIC in response.content.decode()  # what was typed is still there
    with as_owner():
        world.vakker.refresh_from_db()
        assert (world.vakker.therapist, world.vakker.version) == ("", 1)
        assert not WriteEvent.objects.exists()


def test_a_team_of_another_service_cannot_be_chosen(world, sign_in):
    with as_owner():
        other = world.drammen.teams.create(name="FACT Drammen")
    form = {"first_name": "Vakker", "last_name": "Blomst", "treatment_team": str(other.pk), "version": "1"}
    response = sign_in(world.specialist).post(reverse("participant_edit", args=[world.vakker.pk]), form)
    assert response.status_code == 422


def test_the_second_of_two_who_edit_sees_the_team_by_its_name(world, sign_in):
    address = reverse("participant_edit", args=[world.vakker.pk])
    form = {"first_name": "Vakker", "last_name": "Blomst", "version": "1"}
    first, second = sign_in(world.specialist), sign_in(world.supervisor)
    assert first.post(address, form | {"treatment_team": str(world.fact.pk)}).status_code == 302
    answer = second.post(address, form)
    assert answer.status_code == 409
    assert [(d.label, d.mine, d.theirs) for d in answer.context["form"].differences] == [
        ("Behandlingsteam", "Ingen", "FACT Bodø")
    ]


# Who has looked


def test_who_has_looked_says_who_in_which_role_and_why(world, sign_in):
    share_with(world, world.therapist)
    with as_owner():
        Opening.objects.create(
            participant=world.vakker, service=world.bodo, user=world.colleague, reason="shared_employer",
            ends_at="2099-01-01T12:00Z",
        )  # fmt: skip
    address = reverse("participant", args=[world.vakker.pk])
    own, *others = map(sign_in, (world.specialist, world.therapist, world.colleague, world.supervisor))
    assert [browser.get(address).status_code for browser in others] == [200, 200, 200]
    own.post(
        reverse("participant_edit", args=[world.vakker.pk]),
        {"first_name": "Vakker", "last_name": "Blom", "version": "1"},
    )
    looks = own.get(reverse("looks", args=[world.vakker.pk])).context["page"].looks
    seen = {(look.who, look.role, look.what, look.ground) for look in looks}
    assert seen == {
        ("Siri Moen", "Behandler", "Så siden om deltakeren", "deling: Samtykke"),
        ("Ola Berg", "Jobbspesialist", "Åpnet en kollegas deltaker", "Felles arbeidsgiver"),
        ("Ola Berg", "Jobbspesialist", "Så siden om deltakeren", "åpnet med grunn: Felles arbeidsgiver"),
        ("Marit Dahl", "Metodeveileder", "Så siden om deltakeren", "leder teamet"),
        ("Kari Nilsen", "Jobbspesialist", "Endret opplysningene", ""),
        ("Kari Nilsen", "Jobbspesialist", "Så hvem som har sett", "er jobbspesialist for deltakeren"),
    }


def test_who_has_looked_comes_fifty_at_a_time(world, sign_in):
    with as_owner():
        ReadEvent.objects.bulk_create(
            ReadEvent(user=world.supervisor, participant_id=world.vakker.pk, page="participant", ground="team")
            for _ in range(60)
        )
    client = sign_in(world.specialist)
    address = reverse("looks", args=[world.vakker.pk])
    assert len(client.get(address).context["page"].looks.object_list) == 50
    assert len(client.get(address, {"side": 2}).context["page"].looks.object_list) == 12  # and two looks at this page


def test_the_one_it_is_shared_with_does_not_see_who_has_looked(world, sign_in):
    share_with(world, world.therapist)
    assert sign_in(world.therapist).get(reverse("looks", args=[world.vakker.pk])).status_code == 403


def test_one_who_waits_has_a_page_too(world):
    with as_owner():
        waiting = Participant.objects.create(service=world.bodo, first_name="Venter", last_name="Vind")
        Referral.objects.create(
            participant=waiting, service=world.bodo, received_on=world.today, source="gp", wish="Jobb med dyr.",
            short_name="Venter V.",
        )  # fmt: skip
    page = page_of(world, world.supervisor, waiting)
    assert page.sub == "ingen jobbspesialist ennå · ikke startet ennå"
    assert [item.detail for item in page.timeline] == ["av fastlege"]
