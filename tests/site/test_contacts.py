"""Contacts: logged, planned, given a result, corrected; what they count for; who may see what of them."""

from datetime import date, time, timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.urls import reverse

from fotfeste.indicators import records
from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.caseload.actions import contacts as actions
from fotfeste_web.caseload.figures_of_contacts import contacts_of_week, counts, overlapping, week_of_contacts, why_not
from fotfeste_web.caseload.models import (
    Channel,
    Contact,
    ContactKind,
    ContactParticipant,
    ContactStatus,
    Employer,
    MadeBy,
    Purpose,
    Round,
)
from fotfeste_web.caseload.records import contact_record
from fotfeste_web.organisations.models import Membership
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.scope import seen_by
from fotfeste_web.sharing.models import Cover, Share
from tests.database import as_owner

HELD = {"status": "held", "channel": "in_person", "place": "employer", "minutes": "30", "purpose": "learn_needs"}


def typed(world, **changes):
    """What a browser sends for a walk-in that is logged as the form stands."""
    return {
        **HELD,
        "employer": "Mørkved Dagligvare",
        "on": world.today.isoformat(),
        "starts_at": "09:30",
        "travel": "0",
        "made_by": "specialist",
        "decision_maker": "",
        "version": "1",
        **changes,
    }


def planned(world, **changes):
    """A meeting that the job specialist has planned today, for Vakker."""
    facts = {
        "service": world.bodo,
        "specialist": world.specialist,
        "kind": "employer",
        "on": world.today,
        "starts_at": time(9, 30),
        "minutes": 30,
        "place": "employer",
        "employer": world.employer,
        "purpose": "learn_needs",
    }
    with as_owner():
        contact = Contact.objects.create(**{**facts, **changes})
        ContactParticipant.objects.create(contact=contact, participant=world.vakker)
    return contact


def stored(world, **having):
    with seen_by(world.specialist, world.today):
        return list(Contact.objects.filter(**having).order_by("pk"))


def events(world, action):
    with as_owner():
        return list(WriteEvent.objects.filter(action=action))


def log(client, data, query="?type=arbeidsgiver"):
    return client.post(reverse("contact_log") + query, data)


class TestWalkIn:
    def test_is_stored_with_its_defaults_and_leaves_one_event(self, world, sign_in):
        answer = log(sign_in(world.specialist), typed(world, travel="30"))
        assert answer.status_code == 302
        (contact,) = stored(world, on=world.today)
        assert (contact.status, contact.channel, contact.decision_maker) == ("held", "in_person", None)
        assert (contact.employer, contact.purpose, contact.minutes) == (world.employer, "learn_needs", 30)
        assert contact.round.travel_minutes == 30
        (event,) = events(world, "contact.logged")
        assert event.details == {"kind": "employer", "status": "held", "participants": 0}

    def test_shows_every_default_and_never_that_a_decision_maker_was_there(self, world, sign_in):
        form = sign_in(world.specialist).get(reverse("contact_log")).context["form"]
        assert [form[name].value() for name in ("status", "channel", "place", "minutes", "travel")] == [
            "held", "in_person", "employer", 30, "0",
        ]  # fmt: skip
        assert form["decision_maker"].value() is None
        assert form["on"].value() == world.today

    def test_at_an_employer_typed_by_name_adds_the_employer(self, world, sign_in):
        log(sign_in(world.specialist), typed(world, employer="Saltvern Hagesenter"))
        (contact,) = stored(world, on=world.today)
        assert contact.employer.name == "Saltvern Hagesenter"
        assert contact.employer.organisation_number is None
        assert len(events(world, "employer.added")) == 1

    def test_at_a_known_employer_adds_none_however_the_name_is_typed(self, world, sign_in):
        log(sign_in(world.specialist), typed(world, employer="  mørkved   dagligvare "))
        (contact,) = stored(world, on=world.today)
        assert contact.employer == world.employer

    def test_at_one_of_two_employers_with_one_name_asks_which(self, world, sign_in):
        with as_owner():
            other = Employer.objects.create(service=world.bodo, name="Mørkved Dagligvare", address="Torget 1")
        client = sign_in(world.specialist)
        answer = log(client, typed(world))
        assert answer.status_code == 422
        assert "Flere arbeidsgivere heter dette" in answer.content.decode()
        assert log(client, typed(world, employer="Mørkved Dagligvare, Torget 1")).status_code == 302
        assert stored(world, on=world.today)[0].employer == other

    def test_for_a_participant_keeps_the_line_about_the_person_apart_from_the_contact(self, world, sign_in):
        data = typed(world, participants=[str(world.vakker.pk)], summary="Trenger folk på formiddagen.")
        data[f"note_{world.vakker.pk}"] = "Vil prøve frukt og grønt."
        log(sign_in(world.specialist), data)
        (contact,) = stored(world, on=world.today)
        assert contact.summary == "Trenger folk på formiddagen."
        with seen_by(world.specialist, world.today):
            assert [(c.participant, c.note) for c in contact.for_participants.all()] == [
                (world.vakker, "Vil prøve frukt og grønt.")
            ]

    def test_cannot_be_for_a_colleagues_participant(self, world, sign_in):
        answer = log(sign_in(world.specialist), typed(world, participants=[str(world.stille.pk)]))
        assert answer.status_code == 422
        assert stored(world, on=world.today) == []

    def test_with_a_line_about_one_who_is_not_chosen_asks_rather_than_guesses(self, world, sign_in):
        answer = log(sign_in(world.specialist), typed(world, **{f"note_{world.vakker.pk}": "Ringte etterpå."}))
        assert answer.status_code == 422
        assert "Velg deltakeren også" in answer.content.decode()
        assert "Ringte etterpå." in answer.content.decode()

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"employer": ""}, "skriv navnet på en ny"),
            ({"purpose": ""}, "Velg formålet"),
            ({"place": ""}, "Velg hvor dere møttes"),
            ({"on": "2199-01-01"}, "Datoen ligger fram i tid"),
            ({"made_by": "participant"}, "Velg deltakeren som tok kontakten"),
            ({"summary": "Mørke 13097248022"}, "fødselsnummer"),  # Skatteetaten's example of a synthetic number
            ({"employer": "13097248022"}, "fødselsnummer"),
            ({"minutes": "31"}, "Velg et gyldig valg"),
            ({"travel": "r1"}, "Velg et gyldig valg"),
        ],
    )
    def test_that_cannot_be_right_is_refused_with_a_sentence_and_nothing_is_stored(
        self, world, sign_in, changes, sentence
    ):
        answer = log(sign_in(world.specialist), typed(world, **{"summary": "Kom igjen tirsdag.", **changes}))
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert changes.get("summary", "Kom igjen tirsdag.") in answer.content.decode()
        assert stored(world, on=world.today) == []
        assert events(world, "contact.logged") == []

    def test_sent_twice_is_stored_once(self, world, sign_in):
        client, data = sign_in(world.specialist), typed(world, form_key=str(uuid4()))
        assert [log(client, data).status_code for _ in range(2)] == [302, 302]
        assert len(stored(world, on=world.today)) == 1

    def test_by_phone_needs_no_place(self, world, sign_in):
        log(sign_in(world.specialist), typed(world, channel="phone", place=""))
        (contact,) = stored(world, on=world.today)
        assert (contact.channel, contact.place) == ("phone", "")

    def test_leaves_a_read_event_for_those_it_offers_to_choose(self, world, sign_in):
        sign_in(world.specialist).get(reverse("contact_log"))
        with as_owner():
            event = ReadEvent.objects.get(page="contact_log")
        assert event.participants == [world.vakker.pk]

    def test_offers_a_supervisor_the_team_with_nobody_else(self, world, sign_in):
        form = sign_in(world.supervisor).get(reverse("contact_log")).context["form"]
        assert [c.name for c in form.setting.candidates] == ["Stille S.", "Vakker B."]


class TestRound:
    def test_one_more_on_the_same_round_keeps_the_date_and_counts_the_travel_once(self, world, sign_in):
        client = sign_in(world.specialist)
        yesterday = world.today - timedelta(days=1)
        data = typed(world, travel="30", on=yesterday.isoformat(), then="round", starts_at="09:00")
        onwards = log(client, data)["Location"]
        form = client.get(onwards).context["form"]
        assert (form["on"].value(), form["travel"].value()) == (yesterday, "30")
        data = typed(world, employer="Saltvern Hagesenter", travel="45", on=yesterday.isoformat(), starts_at="10:00")
        client.post(onwards, data)
        first, second = stored(world, on=yesterday)
        assert first.round == second.round
        with seen_by(world.specialist, world.today):
            assert Round.objects.get().travel_minutes == 45
            # 30 + 30 minutes of meetings, and the travel of the round once.
            assert week_of_contacts(world.specialist, yesterday).field_minutes == 105

    def test_a_round_without_travel_is_begun_all_the_same(self, world, sign_in):
        onwards = log(sign_in(world.specialist), typed(world, then="round"))["Location"]
        assert "runde=" in onwards
        assert stored(world, on=world.today)[0].round.travel_minutes == 0

    def test_another_meeting_that_day_can_join_it(self, world, sign_in):
        client = sign_in(world.specialist)
        log(client, typed(world, travel="30"))
        round_id = stored(world, on=world.today)[0].round_id
        log(client, typed(world, employer="Saltvern Hagesenter", travel=f"r{round_id}"))
        assert {contact.round_id for contact in stored(world, on=world.today)} == {round_id}
        with seen_by(world.specialist, world.today):
            assert Round.objects.get().travel_minutes == 30

    def test_a_colleagues_round_cannot_be_joined(self, world, sign_in):
        with as_owner():
            theirs = Round.objects.create(service=world.bodo, specialist=world.colleague, on=world.today)
        client = sign_in(world.specialist)
        assert client.get(reverse("contact_log") + f"?runde={theirs.pk}").status_code == 404
        assert log(client, typed(world, travel=f"r{theirs.pk}")).status_code == 422


class TestResult:
    def send(self, client, contact, **changes):
        data = {**HELD, "decision_maker": "True", "travel": "20", "version": "1", **changes}
        return client.post(reverse("contact_result", args=[contact.pk]), data)

    def test_shows_each_default_and_leaves_the_decision_maker_unanswered(self, world, sign_in):
        form = sign_in(world.specialist).get(reverse("contact_result", args=[planned(world).pk])).context["form"]
        assert [form[name].value() for name in ("status", "channel", "purpose", "travel", "minutes", "place")] == [
            "held", "in_person", "learn_needs", "0", 30, "employer",
        ]  # fmt: skip
        assert form["decision_maker"].value() is None

    def test_takes_the_travel_of_the_last_time_as_default(self, world, sign_in):
        with as_owner():
            went = Round.objects.create(
                service=world.bodo, specialist=world.specialist, on=world.today - timedelta(days=9), travel_minutes=25
            )
            Contact.objects.filter(pk=world.extra["contact"].pk).update(round=went)
        form = sign_in(world.specialist).get(reverse("contact_result", args=[planned(world).pk])).context["form"]
        assert form["travel"].value() == "25"

    def test_is_stored_with_a_note_about_the_person(self, world, sign_in):
        contact = planned(world)
        assert self.send(sign_in(world.specialist), contact, **{f"note_{world.vakker.pk}": "Prøvedag mandag."})[
            "Location"
        ] == reverse("today")
        (contact,) = stored(world, pk=contact.pk)
        assert (contact.status, contact.decision_maker, contact.round.travel_minutes) == ("held", True, 20)
        assert contact.updated_by == world.specialist
        with seen_by(world.specialist, world.today):
            assert contact.for_participants.get().note == "Prøvedag mandag."
        assert len(events(world, "contact.result_given")) == 1

    def test_of_a_cancelled_meeting_has_no_travel(self, world, sign_in):
        contact = planned(world)
        self.send(sign_in(world.specialist), contact, status="cancelled")
        (contact,) = stored(world, pk=contact.pk)
        assert (contact.status, contact.round) == ("cancelled", None)

    def test_cannot_be_given_before_the_day(self, world, sign_in):
        contact = planned(world, on=world.today + timedelta(days=1))
        answer = self.send(sign_in(world.specialist), contact)
        assert answer.status_code == 422
        assert "Datoen ligger fram i tid" in answer.content.decode()
        assert self.send(sign_in(world.specialist), contact, status="cancelled").status_code == 302

    def test_given_by_two_shows_the_second_both(self, world, sign_in):
        contact = planned(world)
        client = sign_in(world.specialist)
        self.send(client, contact)
        answer = self.send(client, contact, decision_maker="False")
        assert answer.status_code == 409
        assert "Noen andre har lagret endringer" in answer.content.decode()
        assert ("Var en som bestemmer med?", "Nei", "Ja") in [
            (d.label, d.mine, d.theirs) for d in answer.context["form"].differences
        ]

    def test_by_one_who_stands_in_becomes_their_meeting(self, world, sign_in):
        contact = planned(world)
        with as_owner():
            Cover.objects.create(
                service=world.bodo,
                absent=world.specialist,
                covering=world.colleague,
                starts_on=world.today,
                ends_on=world.today,
            )
        self.send(sign_in(world.colleague), contact)
        assert stored(world, pk=contact.pk)[0].specialist == world.colleague

    def test_by_the_supervisor_stays_the_job_specialists(self, world, sign_in):
        contact = planned(world)
        self.send(sign_in(world.supervisor), contact)
        (contact,) = stored(world, pk=contact.pk)
        assert (contact.specialist, contact.updated_by) == (world.specialist, world.supervisor)

    def test_once_given_leads_to_the_contact(self, world, sign_in):
        contact = world.extra["contact"]
        answer = sign_in(world.specialist).get(reverse("contact_result", args=[contact.pk]))
        assert answer["Location"] == reverse("contact", args=[contact.pk])


class TestPlan:
    def test_with_a_participant_is_stored(self, world, sign_in):
        day = world.today + timedelta(days=3)
        data = {
            "on": day.isoformat(), "starts_at": "10:00", "minutes": "45", "channel": "in_person", "place": "cafe",
            "participants": [str(world.vakker.pk)], "version": "1",
        }  # fmt: skip
        client = sign_in(world.specialist)
        answer = client.post(reverse("contact_plan") + f"?deltaker={world.vakker.pk}", data)
        assert answer["Location"] == reverse("participant", args=[world.vakker.pk])
        (contact,) = stored(world, on=day)
        assert (contact.kind, contact.status, contact.starts_at) == ("participant", "planned", time(10))
        assert len(events(world, "contact.planned")) == 1

    def test_on_a_day_that_is_past_is_refused(self, world, sign_in):
        data = typed(world, on=(world.today - timedelta(days=1)).isoformat())
        answer = sign_in(world.specialist).post(reverse("contact_plan") + "?type=arbeidsgiver", data)
        assert answer.status_code == 422
        assert "Datoen er passert" in answer.content.decode()

    def test_suggests_the_purpose_of_the_next_cup_of_tea(self, world, sign_in):
        address = reverse("contact_plan") + f"?arbeidsgiver={world.employer.pk}"
        form = sign_in(world.specialist).get(address).context["form"]
        assert form["purpose"].value() == "learn_needs"  # one visit before: the second cup

    def test_overlapping_another_of_ones_own_is_stored_with_a_warning(self, world, sign_in):
        planned(world)
        answer = log(sign_in(world.specialist), typed(world, starts_at="09:45"))
        assert answer.status_code == 302
        (_, said) = [str(message) for message in answer.wsgi_request._messages]
        assert said == "Tiden overlapper med en annen kontakt samme dag, kl. 09.30. Tiden telles én gang."

    @pytest.mark.parametrize(("address", "status"), [("?deltaker=x", 404), ("?type=fest", 404), ("?runde=9", 404)])
    def test_from_an_address_that_names_nothing_is_not_found(self, world, sign_in, address, status):
        assert sign_in(world.specialist).get(reverse("contact_plan") + address).status_code == status


class TestEdit:
    def send(self, client, contact, world, **changes):
        data = typed(world, on=contact.on.isoformat(), **{"participants": [str(world.vakker.pk)], **changes})
        return client.post(reverse("contact_edit", args=[contact.pk]), data)

    @pytest.mark.django_db(transaction=True)  # each version has the moment of its own transaction
    def test_keeps_the_old_version_and_says_who(self, world, sign_in):
        contact, client = world.extra["contact"], sign_in(world.specialist)
        self.send(client, contact, world, decision_maker="False", **{f"note_{world.vakker.pk}": "Annet besøk."})
        page = client.get(reverse("contact", args=[contact.pk])).context["page"]
        latest, first = page.versions[0], page.versions[-1]
        assert latest.by == "Kari Nilsen"
        changes = [(c.label, c.before, c.after) for c in latest.changes]
        assert ("Beslutningstaker til stede", "Ja", "Nei") in changes
        assert ("Om Vakker B.", "Første besøk.", "Annet besøk.") in changes
        assert first.changes == []

    def test_can_cancel(self, world, sign_in):
        contact = planned(world)
        self.send(sign_in(world.specialist), contact, world, status="cancelled")
        assert stored(world, pk=contact.pk)[0].status == "cancelled"

    def test_opened_before_somebody_else_saved_shows_both(self, world, sign_in):
        contact, client = world.extra["contact"], sign_in(world.specialist)
        self.send(client, contact, world, summary="Den enes.")
        answer = self.send(client, contact, world, summary="Den andres.")
        assert answer.status_code == 409
        assert [(d.mine, d.theirs) for d in answer.context["form"].differences] == [("Den andres.", "Den enes.")]
        again = self.send(client, contact, world, summary="Den andres.", version="2")
        assert again.status_code == 302
        assert stored(world, pk=contact.pk)[0].summary == "Den andres."

    def test_leaves_alone_those_whom_one_may_not_write_for(self, world, sign_in):
        contact = world.extra["contact"]
        with as_owner():
            ContactParticipant.objects.create(contact=contact, participant=world.stille, note="Kollegaens linje.")
        self.send(sign_in(world.specialist), contact, world, participants=[])
        with as_owner():
            lines = list(contact.for_participants.values_list("participant_id", "note"))
        assert lines == [(world.stille.pk, "Kollegaens linje.")]

    def test_to_another_day_than_the_rest_of_its_round_gives_it_a_round_of_its_own(self, world, sign_in):
        client, earlier = sign_in(world.specialist), world.today - timedelta(days=2)
        onwards = log(client, typed(world, travel="30", then="round"))["Location"]
        client.post(onwards, typed(world, employer="Saltvern Hagesenter", travel="30"))
        first, second = stored(world, on=world.today)
        client.post(reverse("contact_edit", args=[second.pk]), typed(world, travel="30", on=earlier.isoformat()))
        (moved,) = stored(world, pk=second.pk)
        assert moved.round != first.round
        assert (moved.round.on, first.round.on) == (earlier, world.today)


class TestWhoSees:
    def test_a_colleague_sees_that_it_was_and_not_for_whom(self, world, sign_in):
        contact, client = world.extra["contact"], sign_in(world.colleague)
        answer = client.get(reverse("contact", args=[contact.pk]))
        assert answer.status_code == 200
        assert answer.context["page"].lines == []
        assert "Vakker" not in answer.content.decode()
        assert client.get(reverse("contact_edit", args=[contact.pk])).status_code == 403
        assert client.get(reverse("contact_result", args=[contact.pk])).status_code == 403

    @pytest.mark.parametrize("name", ["contact", "contact_result", "contact_edit"])
    def test_another_service_finds_nothing(self, world, sign_in, name):
        address = reverse(name, args=[world.extra["contact"].pk])
        assert sign_in(world.outsider).get(address).status_code == 404

    @pytest.mark.parametrize(
        ("role", "status"),  # a reviewer reads files in a review, and finds no other
        [("leader", 403), ("reviewer", 404), ("researcher", 403), ("administrator", 403), ("participant", 403)],
    )
    def test_roles_without_people_may_not(self, world, sign_in, role, status):
        client = sign_in(world.people[role])
        assert client.get(reverse("contact", args=[world.extra["contact"].pk])).status_code == status
        assert client.get(reverse("contact_log")).status_code == 403
        assert client.get(reverse("contact_plan")).status_code == 403

    def test_a_therapist_sees_it_with_a_live_share_and_changes_nothing(self, world, sign_in):
        contact = world.extra["contact"]
        client = sign_in(world.therapist)
        assert client.get(reverse("contact", args=[contact.pk])).status_code == 404
        with as_owner():
            Share.objects.create(
                participant=world.vakker, shared_with=world.therapist, ground="consent", purpose="Felles plan",
                starts_on=world.today, ends_on=world.today, told_how="I møte", shared_by=world.specialist,
                kinds=list(Kind),
            )  # fmt: skip
        answer = client.get(reverse("contact", args=[contact.pk]))
        assert answer.context["page"].lines[0].note == "Første besøk."
        assert not answer.context["page"].may_change
        assert client.get(reverse("contact_edit", args=[contact.pk])).status_code == 403

    def test_a_look_at_a_contact_leaves_a_read_event_for_the_person(self, world, sign_in):
        sign_in(world.specialist).get(reverse("contact", args=[world.extra["contact"].pk]))
        with as_owner():
            event = ReadEvent.objects.get(page="contact")
        assert (event.participant_id, event.ground) == (world.vakker.pk, "own")

    def test_a_contact_cannot_be_begun_for_a_colleagues_participant(self, world, sign_in):
        address = reverse("contact_log") + f"?deltaker={world.stille.pk}"
        assert sign_in(world.specialist).get(address).status_code == 404


class TestCounting:
    def test_the_reasons_are_silent_exactly_when_the_method_counts_it(self):
        employers = (Employer(pk=1, name="Mørkved Dagligvare"), None)
        kinds = product(ContactStatus, Channel, [*Purpose, ""], MadeBy, employers)
        for status, channel, purpose, made_by, employer in kinds:
            contact = Contact(
                pk=1, status=status, channel=channel, purpose=purpose, made_by=made_by, employer=employer,
                kind=ContactKind.EMPLOYER, on=date(2026, 11, 17),
            )  # fmt: skip
            assert counts(contact) is (why_not(contact) == [])

    def test_a_contact_the_participant_made_alone_counts_for_the_first_contact_only(self, world, sign_in):
        data = typed(world, made_by="participant", participants=[str(world.stille.pk)])
        log(sign_in(world.colleague), data)
        with seen_by(world.colleague, world.today):
            made = [contact_record(Contact.objects.get(for_participants__participant=world.stille))]
            assert week_of_contacts(world.colleague, world.today).employer_contacts == 0
        started = world.today - timedelta(days=60)
        assert records.days_to_first_employer_contact(started, made) == 60

    def test_the_week_is_counted_with_as_many_questions_however_many_contacts(
        self, world, django_assert_max_num_queries
    ):
        for number in (1, 12):
            with as_owner():
                for i in range(number):
                    went = Round.objects.create(service=world.bodo, specialist=world.specialist, on=world.today)
                    Contact.objects.create(
                        service=world.bodo, specialist=world.specialist, kind="employer", status="held",
                        on=world.today, starts_at=time(8 + i % 4), minutes=30, place="employer",
                        employer=world.employer, purpose="get_to_know", round=went,
                    )  # fmt: skip
            with seen_by(world.specialist, world.today), django_assert_max_num_queries(1):
                week_of_contacts(world.specialist, world.today)

    def test_meetings_at_the_same_time_count_their_time_once(self, world):
        first = planned(world, status="held")
        planned(world, status="held", starts_at=time(9, 45))
        with seen_by(world.specialist, world.today):
            assert week_of_contacts(world.specialist, world.today).field_minutes == 45  # 09.30 to 10.15
            (other,) = overlapping(first, contacts_of_week(world.specialist.pk, first.on))
            assert other.starts_at == time(9, 45)


def test_the_database_refuses_a_contact_held_tomorrow(world):
    contact = planned(world, on=world.today + timedelta(days=1))
    with pytest.raises(IntegrityError, match="cannot lie ahead"), seen_by(world.specialist, world.today):
        Contact.objects.filter(pk=contact.pk).update(status="held")


def test_who_works_in_two_services_logs_in_the_one_that_is_named(world, sign_in):
    with as_owner():
        Membership.objects.create(
            user=world.specialist, service=world.drammen, role="jobbspesialist", starts_on=world.today
        )
    client = sign_in(world.specialist)
    log(client, typed(world, employer="Union Bruk"), f"?type=arbeidsgiver&tjeneste={world.drammen.pk}")
    (contact,) = stored(world, on=world.today)
    assert contact.service == world.drammen
    assert contact.employer.service == world.drammen


def test_an_action_that_the_database_refuses_leaves_nothing(world):
    with pytest.raises(IntegrityError), seen_by(world.specialist, world.today):
        actions.log_contact(
            service=world.bodo,
            kind="employer",
            on=world.today,
            status="held",
            employer="Nytt sted",
            notes={},
            minutes=900,
            by=world.specialist,
        )
    assert stored(world, employer__name="Nytt sted") == []
    assert events(world, "contact.logged") == events(world, "employer.added") == []
