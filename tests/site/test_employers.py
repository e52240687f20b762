"""Employers: shared in the service, and no participant named to those who may not see the person."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.http import QueryDict
from django.urls import reverse

from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.caseload.actions import employers as actions
from fotfeste_web.caseload.models import Contact, ContactParticipant, Employer, Job
from fotfeste_web.caseload.pages.employers import EmployerPage, EmployersPage, cup_of_tea
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner

NUMBER = "974760673"  # Brønnøysundregistrene's own, the example on its page about organisation numbers


def visit(world, employer, *, days_ago, **changes):
    facts = {"service": employer.service, "specialist": world.specialist, "kind": "employer", "status": "held"}
    on = world.today - timedelta(days=days_ago)
    return Contact.objects.create(**{**facts, "on": on, "place": "employer", "employer": employer, **changes})


def typed(**changes):
    return {"name": "Saltvern Hagesenter", "organisation_number": "", "version": "1", **changes}


def stored(world, **having):
    with seen_by(world.specialist, world.today):
        return list(Employer.objects.filter(**having))


class TestList:
    def listed(self, world, sign_in, query=""):
        return sign_in(world.specialist).get(reverse("employers") + query).context["page"]

    def test_shows_those_of_the_service_in_norwegian_order(self, world, sign_in):
        with as_owner():
            for name in ("Ørnes Bakeri", "Ås Bil", "Ærlig Kaffe", "Abels Verksted"):
                Employer.objects.create(service=world.bodo, name=name)
            Employer.objects.create(service=world.drammen, name="Union Bruk")
        names = [row.name for row in self.listed(world, sign_in).rows]
        assert names == ["Abels Verksted", "Mørkved Dagligvare", "Ærlig Kaffe", "Ørnes Bakeri", "Ås Bil"]

    def test_counts_the_visits_in_person_and_dates_the_last(self, world, sign_in):
        with as_owner():
            visit(world, world.employer, days_ago=5)
            visit(world, world.employer, days_ago=1, channel="phone")
            visit(world, world.employer, days_ago=2, made_by="participant")
            visit(world, world.employer, days_ago=3, status="cancelled")
        (row,) = self.listed(world, sign_in).rows
        assert (row.visits, row.last_visit) == (2, world.today - timedelta(days=5))  # one is there from before

    def test_filters_say_how_many_and_stay_with_the_search(self, world, sign_in):
        with as_owner():
            for days_ago in (30, 40):
                visit(world, world.employer, days_ago=days_ago)
            Employer.objects.create(service=world.bodo, name="Saltvern Hagesenter", organisation_number=NUMBER)
        page = self.listed(world, sign_in)
        assert [(f.label, f.count) for f in page.filters] == [
            ("Alle", 2), ("Besøkt siste 30 dager", 1), ("Mangler organisasjonsnummer", 1), ("Tre besøk eller flere", 1),
        ]  # fmt: skip
        for code in ("siste30", "uten-nummer", "tre"):
            assert [row.name for row in self.listed(world, sign_in, f"?vis={code}").rows] == ["Mørkved Dagligvare"]
        page = self.listed(world, sign_in, "?vis=tre&q=hage")
        assert (page.rows, page.filters[0].href) == ([], "?vis=&q=hage")
        assert [row.name for row in self.listed(world, sign_in, "?q=974 760 673").rows] == ["Saltvern Hagesenter"]

    def test_asks_the_database_as_often_however_many_there_are(self, world, django_assert_max_num_queries):
        for number in (1, 60):
            with as_owner():
                for i in range(number):
                    visit(world, Employer.objects.create(service=world.bodo, name=f"Sted {number}.{i}"), days_ago=i)
            with seen_by(world.specialist, world.today), django_assert_max_num_queries(3):
                page = EmployersPage.of([world.bodo.pk], QueryDict(), today=world.today)
                assert page.found >= number


class TestPage:
    def shown(self, client, employer):
        return client.get(reverse("employer", args=[employer.pk]))

    def test_tells_the_visits_in_order_as_cups_of_tea(self, world, sign_in):
        with as_owner():
            visit(world, world.employer, days_ago=3)
            visit(world, world.employer, days_ago=1)
        page = self.shown(sign_in(world.specialist), world.employer).context["page"]
        assert [v.cup for v in page.visits] == ["Tredje kopp te", "Andre kopp te", "Første kopp te"]
        assert [v.on for v in page.visits] == sorted((v.on for v in page.visits), reverse=True)
        assert cup_of_tea(4) == "4. besøk"

    def test_names_a_participant_only_to_those_who_may_see_the_person(self, world, sign_in):
        with as_owner():
            Job.objects.create(
                participant=world.vakker, employer=world.employer, styrk08="5223", starts_on=world.today,
                found_how="network",
            )  # fmt: skip
        mine, other = sign_in(world.specialist), sign_in(world.colleague)
        own = self.shown(mine, world.employer)
        assert [n.name for n in own.context["page"].visits[0].participants] == ["Vakker B."]
        assert [job.participant.name for job in own.context["page"].jobs] == ["Vakker B."]
        colleagues = self.shown(other, world.employer)
        assert len(colleagues.context["page"].visits) == 1
        assert colleagues.context["page"].jobs == []
        assert "Vakker" not in colleagues.content.decode()

    def test_leaves_a_read_event_for_those_it_names(self, world, sign_in):
        for client in [sign_in(world.specialist), sign_in(world.colleague)]:
            self.shown(client, world.employer)
        with as_owner():
            assert [(e.user, e.participants) for e in ReadEvent.objects.filter(page="employer")] == [
                (world.specialist, [world.vakker.pk])
            ]

    def test_asks_the_database_as_often_however_many_visits(self, world, django_assert_max_num_queries):
        for number in (1, 20):
            with as_owner():
                for i in range(number):
                    contact = visit(world, world.employer, days_ago=i)
                    ContactParticipant.objects.create(contact=contact, participant=world.vakker)
            with seen_by(world.specialist, world.today), django_assert_max_num_queries(5):
                EmployerPage.of(world.employer, today=world.today)

    def test_is_not_found_by_another_service(self, world, sign_in):
        client = sign_in(world.outsider)
        for name in ("employer", "employer_edit"):
            assert client.get(reverse(name, args=[world.employer.pk])).status_code == 404
        assert client.post(reverse("employer_edit", args=[world.employer.pk]), typed()).status_code == 404

    @pytest.mark.parametrize("role", ["therapist", "adviser", "leader", "researcher", "administrator", "participant"])
    def test_is_closed_to_those_who_do_not_work_with_employers(self, world, sign_in, role):
        client = sign_in(world.people[role])
        for address in (
            reverse("employers"),
            reverse("employer_add"),
            reverse("employer", args=[world.employer.pk]),
            reverse("employer_edit", args=[world.employer.pk]),
        ):
            assert client.get(address).status_code == 403


class TestForm:
    def test_a_new_employer_is_stored_with_one_event(self, world, sign_in):
        answer = sign_in(world.specialist).post(
            reverse("employer_add"), typed(organisation_number="974 760 673", municipality="Bodø")
        )
        (employer,) = stored(world, name="Saltvern Hagesenter")
        assert answer["Location"] == reverse("employer", args=[employer.pk])
        assert (employer.organisation_number, employer.municipality) == (NUMBER, "1804")  # SSB's number of Bodø
        assert employer.created_by == world.specialist
        with as_owner():
            assert WriteEvent.objects.get(action="employer.added").details == {"has_number": True}

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"name": ""}, "Skriv navnet på arbeidsstedet"),
            ({"organisation_number": "974760674"}, "Det siste sifferet stemmer ikke"),
            ({"municipality": "Atlantis"}, "Fant ikke kommunen"),
            ({"needs": "Passer for 13097248022"}, "fødselsnummer"),
        ],
    )
    def test_what_cannot_be_right_is_refused_and_what_was_typed_stays(self, world, sign_in, changes, sentence):
        data = typed(**{"trade": "Hage og planter", **changes})
        answer = sign_in(world.specialist).post(reverse("employer_add"), data)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert "Hage og planter" in answer.content.decode()
        assert stored(world, trade="Hage og planter") == []

    def test_a_number_that_another_employer_has_leads_there(self, world, sign_in):
        with as_owner():
            Employer.objects.filter(pk=world.employer.pk).update(organisation_number=NUMBER)
        answer = sign_in(world.specialist).post(reverse("employer_add"), typed(organisation_number=NUMBER))
        assert answer.status_code == 422
        assert "Nummeret står allerede på Mørkved Dagligvare." in answer.content.decode()
        assert reverse("employer", args=[world.employer.pk]) in answer.content.decode()

    def test_a_number_that_another_service_has_is_free(self, world, sign_in):
        with as_owner():
            Employer.objects.create(service=world.drammen, name="Union Bruk", organisation_number=NUMBER)
        answer = sign_in(world.specialist).post(reverse("employer_add"), typed(organisation_number=NUMBER))
        assert answer.status_code == 302

    def test_a_number_taken_at_the_same_moment_is_told_apart_from_other_faults(self, world):
        with as_owner():
            Employer.objects.filter(pk=world.employer.pk).update(organisation_number=NUMBER)
        facts = {"service": world.bodo, "by": world.specialist, "name": "Saltvern"}
        with pytest.raises(actions.OrganisationNumberTaken), seen_by(world.specialist, world.today):
            actions.add_employer(organisation_number=NUMBER, **facts)
        with pytest.raises(IntegrityError), seen_by(world.specialist, world.today):
            actions.add_employer(organisation_number="12", **facts)
        with as_owner():
            assert not WriteEvent.objects.filter(action="employer.added").exists()

    def test_edited_by_two_shows_the_second_both_texts(self, world, sign_in):
        client, address = sign_in(world.specialist), reverse("employer_edit", args=[world.employer.pk])
        assert client.post(address, typed(needs="Folk på formiddagen.")).status_code == 302
        answer = client.post(address, typed(needs="Folk på kvelden."))
        assert answer.status_code == 409
        assert [(d.mine, d.theirs) for d in answer.context["form"].differences] == [
            ("Folk på kvelden.", "Folk på formiddagen.")
        ]
        assert client.post(address, typed(needs="Folk på kvelden.", version="2")).status_code == 302
        with as_owner():
            needs = list(world.employer.events.order_by("pgh_id").values_list("needs", flat=True))
        assert needs == ["", "Folk på formiddagen.", "Folk på kvelden."]

    def test_says_that_nothing_about_a_person_belongs_there(self, world, sign_in):
        said = sign_in(world.specialist).get(reverse("employer_add")).content.decode()
        assert "Skriv bare om arbeidsstedet" in said
