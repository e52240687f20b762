"""From a wish to work to a place in the service: who refers, who sees it, what is refused and what is never kept."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.norway.identity import make_synthetic, parse_identity
from fotfeste_web.audit.models import ReadEvent, SentForm, WriteEvent
from fotfeste_web.caseload.identity import decrypt, encrypt, hash_in_service
from fotfeste_web.caseload.models import Assignment, Participant, Period, Referral
from fotfeste_web.organisations.models import Membership, TreatmentTeam
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner
from tests.site.world import participant

NUMBER = make_synthetic(date(1995, 3, 4), 0)


@pytest.fixture
def form(world) -> dict[str, str]:
    """What is typed in a referral: the least that is asked for."""
    return {
        "protected": "no",
        "first_name": "Modig",
        "last_name": "Hest",
        "wish": "Jeg vil jobbe med dyr.",
        "source": "therapist",
        "received_on": world.today.isoformat(),
    }


@pytest.fixture
def waiting(world):
    """Refer somebody so many days ago, and say how it went."""

    def refer(name: str, days: int, by="therapist", service=None, **fields) -> Referral:
        service = service or world.bodo
        with as_owner():
            made = Participant.objects.create(service=service, first_name=name, last_name="Hest")
            return Referral.objects.create(
                participant=made,
                service=service,
                received_on=world.today - timedelta(days=days),
                source="therapist",
                wish="Jeg vil jobbe med dyr.",
                short_name=made.short_name,
                registered_by=world.people[by],
                **fields,
            )

    return refer


def stored() -> tuple[int, int, int]:
    with as_owner():
        return Participant.objects.count(), Referral.objects.count(), WriteEvent.objects.count()


def post(client, form, query=""):
    return client.post(reverse("referral_add") + query, form)


def text(response) -> str:
    return response.content.decode()


# Referring


@pytest.mark.parametrize("who", ["specialist", "supervisor", "therapist", "education_specialist", "adviser"])
def test_those_who_refer_register_the_wish_in_one_step(world, sign_in, form, who):
    client = sign_in(world.people[who])
    response = post(client, form)
    with as_owner():
        referral = Referral.objects.get(short_name="Modig H.")
        event = WriteEvent.objects.get(participant_id=referral.participant_id)
    assert response.status_code == 302
    assert response["Location"] == reverse("referral", args=[referral.pk])
    assert referral.participant.service == world.bodo
    assert (referral.wish, referral.outcome, referral.registered_by) == (form["wish"], "", world.people[who])
    assert (event.action, event.user, event.subject_id) == ("referral.received", world.people[who], str(referral.pk))
    assert event.details == {"source": "therapist", "returning": False}
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("who", ["leader", "reviewer", "researcher", "participant", "administrator", "installer"])
def test_other_roles_cannot_refer(world, sign_in, form, who):
    before = stored()
    client = sign_in(world.people[who])
    assert client.get(reverse("referral_add")).status_code == 403
    assert post(client, form).status_code == 403
    assert stored() == before


def test_the_form_sent_twice_is_stored_once(world, sign_in, form):
    client = sign_in(world.therapist)
    form["form_key"] = str(uuid4())
    first, second = post(client, form), post(client, form)
    assert first["Location"] == second["Location"]
    with as_owner():
        assert Referral.objects.filter(short_name="Modig H.").count() == 1


def test_the_referrer_is_filled_in_for_a_therapist_and_not_for_a_job_specialist(world, sign_in):
    therapist, specialist = sign_in(world.therapist), sign_in(world.specialist)
    assert 'value="Siri Moen"' in text(therapist.get(reverse("referral_add")))
    assert 'value="Kari Nilsen"' not in text(specialist.get(reverse("referral_add")))


def test_the_wish_and_the_name_are_all_that_is_asked_of_the_person(world, sign_in):
    response = post(sign_in(world.therapist), {"form_key": str(uuid4())})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {
        "protected", "first_name", "last_name", "wish", "source", "received_on",
    }  # fmt: skip


def test_with_several_services_the_service_is_asked_for(world, sign_in, form):
    with as_owner():
        Membership.objects.create(user=world.therapist, service=world.drammen, role="behandler", starts_on=world.today)
    client = sign_in(world.therapist)
    assert "service" in post(client, form).context["form"].errors
    assert post(client, form | {"service": world.drammen.pk}).status_code == 302
    with as_owner():
        assert Referral.objects.get(short_name="Modig H.").service == world.drammen


def test_a_service_where_one_may_not_refer_cannot_be_named(world, sign_in, form):
    with as_owner():
        theirs = TreatmentTeam.objects.create(service=world.drammen, name="FACT Drammen")
    response = post(sign_in(world.therapist), form | {"service": world.drammen.pk, "treatment_team": theirs.pk})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"treatment_team"}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("received_on", "9.9.2099", "Henvisningen kan ikke være kommet etter i dag."),
        ("received_on", "31.2.2026", "Skriv datoen som dag, måned og år"),
        ("birth_year", "nittifem", "Skriv året med fire sifre"),
        ("birth_year", "2999", "Året må være mellom"),
        ("birth_year", "-1", "Året må være mellom"),
        ("phone", "ring mor", "Skriv telefonnummeret med sifre"),
        ("identity", "12345678901", "Se etter en tastefeil."),
        ("identity", "04039512345", "Se etter en tastefeil."),
        ("first_name", "x" * 81, "80"),
        ("source", "boss", "Velg et gyldig valg"),
        ("wish", f"Hen har nummer {NUMBER}", "Ta det ut før du lagrer."),
        ("referrer", f"Siri {NUMBER}", "Ta det ut før du lagrer."),
        ("last_name", NUMBER, "Ta det ut før du lagrer."),
        ("phone", NUMBER, "Ta det ut før du lagrer."),
        ("wish", "Jobbe, tross F20.0", "Lagre likevel"),
    ],
)
def test_bad_input_gets_a_sentence_at_the_field_and_leaves_nothing(world, sign_in, form, field, typed, sentence):
    before = stored()
    response = post(sign_in(world.therapist), form | {field: typed})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert sentence in text(response)
    assert "Dette må rettes opp" in text(response)
    assert 'value="Modig"' in text(response) or field == "first_name"
    assert stored() == before


def test_a_diagnosis_in_the_wish_can_be_saved_when_the_writer_says_so(world, sign_in, form):
    form |= {"wish": "Jobbe, tross F20.0", "wish_anyway": "on"}
    assert post(sign_in(world.therapist), form).status_code == 302


# Protected address


def test_a_protected_address_is_refused_with_what_to_do(world, sign_in, form):
    response = post(sign_in(world.therapist), form | {"protected": "yes"})
    assert response.status_code == 422
    assert "Personer med adressesperre registreres ikke her" in text(response)
    assert "metodeveilederen i tjenesten på den sikre veien" in text(response)


def test_a_protected_address_leaves_nothing_anywhere(world, sign_in, form, caplog, capfd):
    before = stored()
    with as_owner():
        read_before = ReadEvent.objects.count()
    form |= {"protected": "yes", "identity": NUMBER, "first_name": "Skjult", "form_key": str(uuid4())}
    response = post(sign_in(world.therapist), form)
    assert stored() == before
    with as_owner():
        assert (ReadEvent.objects.count(), SentForm.objects.count()) == (read_before, 0)
    printed = capfd.readouterr()
    for trace in (text(response), caplog.text, printed.out, printed.err):
        assert NUMBER not in trace
        assert "Skjult" not in trace


def test_a_protected_address_is_looked_at_before_anything_else_is_wrong(world, sign_in):
    response = post(sign_in(world.therapist), {"protected": "yes", "identity": "123"})
    assert "adressesperre registreres ikke her" in text(response)


# Under 18


def test_under_18_needs_who_consented_to_what_until_when(world, sign_in, form):
    client = sign_in(world.therapist)
    form |= {"under_18": "on", "birth_year": str(world.today.year - 17)}
    assert set(post(client, form).context["form"].errors) == {"consent_by", "consent_to", "consent_until"}
    form |= {"consent_by": "Mor", "consent_to": "IPS", "consent_until": (world.today + timedelta(days=90)).isoformat()}
    assert post(client, form).status_code == 302
    with as_owner():
        referral = Referral.objects.get(short_name="Modig H.")
    assert (referral.consent_by, referral.consent_to) == ("Mor", "IPS")
    assert referral.consent_until == world.today + timedelta(days=90)


def test_a_birth_year_under_18_asks_for_the_consent(world, sign_in, form):
    response = post(sign_in(world.therapist), form | {"birth_year": str(world.today.year - 16)})
    assert set(response.context["form"].errors) == {"under_18"}


def test_a_consent_that_has_run_out_is_refused(world, sign_in, form):
    form |= {"under_18": "on", "consent_by": "Mor", "consent_to": "IPS"}
    response = post(sign_in(world.therapist), form | {"consent_until": (world.today - timedelta(days=1)).isoformat()})
    assert set(response.context["form"].errors) == {"consent_until"}


def test_a_consent_typed_without_the_tick_is_not_lost_in_silence(world, sign_in, form):
    response = post(sign_in(world.therapist), form | {"consent_by": "Mor"})
    assert set(response.context["form"].errors) == {"under_18"}


# The identity number


def test_the_number_is_stored_encrypted_and_shown_nowhere(world, sign_in, form):
    client = sign_in(world.supervisor)
    response = post(client, form | {"identity": NUMBER})
    with as_owner():
        made = Participant.objects.get(first_name="Modig")
    assert NUMBER.encode() not in bytes(made.identity_encrypted)
    assert NUMBER.encode() not in bytes(made.identity_hash)
    assert decrypt(made.identity_encrypted, made.pk) == NUMBER
    for url in (response["Location"], reverse("referrals")):
        page = text(client.get(url))
        assert "Modig Hest" in page
        assert NUMBER not in page


def test_encrypted_twice_a_number_looks_different_and_cannot_be_read_as_anothers(world):
    identity, one, other = parse_identity(NUMBER), uuid4(), uuid4()
    assert encrypt(identity, one) != encrypt(identity, one)
    with pytest.raises(InvalidTag):
        decrypt(encrypt(identity, one), other)


def test_the_hash_of_a_number_is_another_in_another_service_and_with_another_key(world, settings):
    identity = parse_identity(NUMBER)
    first = hash_in_service(identity, world.bodo.pk)
    assert first == hash_in_service(identity, world.bodo.pk)
    assert first != hash_in_service(identity, world.drammen.pk)
    settings.FOTFESTE_IDENTITY_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
    assert first != hash_in_service(identity, world.bodo.pk)


def known(world, service, specialist, identity=NUMBER) -> Participant:
    with as_owner():
        made = participant("Kjent", "Person", service, specialist, world.today - timedelta(days=90))
        parsed = parse_identity(identity)
        made.identity_encrypted = encrypt(parsed, made.pk)
        made.identity_hash = hash_in_service(parsed, service.pk)
        made.save()
    return made


@pytest.mark.parametrize("who", ["therapist", "supervisor"])
def test_a_person_of_another_service_is_never_revealed(world, sign_in, form, who):
    known(world, world.drammen, world.outsider)
    assert post(sign_in(world.people[who]), form | {"identity": NUMBER}).status_code == 302


@pytest.mark.parametrize("who", ["therapist", "colleague", "adviser"])
def test_a_duplicate_tells_nothing_to_those_who_do_not_see_the_person(world, sign_in, form, who):
    made = known(world, world.bodo, world.specialist)
    before = stored()
    response = post(sign_in(world.people[who]), form | {"identity": NUMBER})
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "identity": ["Henvisningen kan ikke lagres med dette nummeret. Send den uten nummer."]
    }
    for trace in ("Kjent", str(made.pk), "fra før", "registrert i tjenesten"):
        assert trace not in text(response)
    assert stored() == before


def test_a_duplicate_leads_the_supervisor_to_the_person(world, sign_in, form):
    made = known(world, world.bodo, world.specialist)
    page = text(post(sign_in(world.supervisor), form | {"identity": NUMBER}))
    assert "Personen er registrert i tjenesten fra før." in page
    assert f"{reverse('referral_add')}?deltaker={made.pk}" in page
    assert "Kjent" not in page


def test_a_duplicate_says_to_the_own_job_specialist_that_the_person_is_known(world, sign_in, form):
    known(world, world.bodo, world.specialist)
    page = text(post(sign_in(world.specialist), form | {"identity": NUMBER}))
    assert "Du følger denne personen fra før." in page


# A return


@pytest.fixture
def returning(world) -> Participant:
    """Vakker has ended, and wants to come back."""
    with as_owner():
        Period.objects.filter(participant=world.vakker).update(ends_on=world.today, end_reason="own_wish")
        Assignment.objects.filter(participant=world.vakker).update(ends_on=world.today)
    return world.vakker


def test_a_supervisor_registers_a_return_on_the_same_history(world, sign_in, form, returning):
    client, query = sign_in(world.supervisor), f"?deltaker={returning.pk}"
    page = client.get(reverse("referral_add") + query)
    assert page.status_code == 200
    assert "first_name" not in page.context["form"].fields
    assert post(client, form, query).status_code == 302
    with as_owner():
        referrals = Referral.objects.filter(participant=returning)
        event = WriteEvent.objects.get(action="referral.received")
        assert (referrals.count(), referrals.filter(outcome="").count()) == (2, 1)
        assert event.details["returning"] is True
        assert ReadEvent.objects.filter(participant_id=returning.pk, page="referral_add").exists()


def test_a_second_open_referral_is_refused(world, sign_in, form, returning):
    client, query = sign_in(world.supervisor), f"?deltaker={returning.pk}"
    post(client, form, query)
    response = post(client, form, query)
    assert response.status_code == 422
    assert "Personen har en åpen henvisning fra før." in text(response)


def test_a_return_during_a_period_is_refused(world, sign_in, form):
    response = post(sign_in(world.supervisor), form, f"?deltaker={world.vakker.pk}")
    assert response.status_code == 422
    assert "Avslutt perioden før du registrerer en ny" in text(response)


def test_a_return_with_protected_address_is_refused(world, sign_in, form, returning):
    before = stored()
    response = post(sign_in(world.supervisor), form | {"protected": "yes"}, f"?deltaker={returning.pk}")
    assert response.status_code == 422
    assert stored() == before


@pytest.mark.parametrize(
    ("who", "status"), [("specialist", 403), ("therapist", 404), ("outsider", 404), ("outside_supervisor", 404)]
)
def test_others_cannot_register_a_return(world, sign_in, form, who, status):
    client, query = sign_in(world.people[who]), f"?deltaker={world.vakker.pk}"
    assert client.get(reverse("referral_add") + query).status_code == status
    assert post(client, form, query).status_code == status


def test_a_return_of_something_that_is_no_key_is_not_found(world, sign_in):
    assert sign_in(world.supervisor).get(reverse("referral_add") + "?deltaker=1").status_code == 404


# Following the referral


def test_the_one_who_referred_gets_a_receipt_and_no_more(world, sign_in, waiting):
    referral = waiting("Modig", 12)
    client = sign_in(world.therapist)
    page = text(client.get(reverse("referral", args=[referral.pk])))
    assert "Modig H." in page
    assert "12 dager" in page
    assert "Hest" not in page
    assert "jobbe med dyr" not in page
    with seen_by(world.therapist, world.today):
        assert not Participant.objects.filter(pk=referral.participant_id).exists()
    with as_owner():
        assert ReadEvent.objects.filter(participants=[referral.participant_id], page="referral_receipt").exists()


def test_the_one_who_referred_sees_how_it_went(world, sign_in, waiting):
    waiting("Modig", 12)
    waiting("Glad", 40, outcome="not_offered", not_offered_reason="full", concluded_on=world.today)
    rows = sign_in(world.therapist).get(reverse("referrals")).context["own"]
    assert [(row.name, row.days, row.outcome) for row in rows] == [
        ("Modig H.", 12, ""),
        ("Glad H.", 40, "Fikk ikke tilbud"),
    ]


def test_a_job_specialist_sees_the_referrals_that_she_registered(world, sign_in, waiting):
    waiting("Modig", 12, by="specialist")
    waiting("Glad", 3, by="colleague")
    context = sign_in(world.specialist).get(reverse("referrals")).context
    assert [row.name for row in context["own"]] == ["Modig H."]
    assert context["team"] is None


@pytest.mark.parametrize("who", ["adviser", "colleague", "outsider", "outside_supervisor"])
def test_a_referral_of_somebody_else_is_not_found(world, sign_in, waiting, who):
    referral = waiting("Modig", 12)
    assert sign_in(world.people[who]).get(reverse("referral", args=[referral.pk])).status_code == 404


def test_the_waiting_list_has_the_longest_wait_first_and_marks_the_unassigned(world, sign_in, waiting):
    waiting("Modig", 12)
    assigned = waiting("Glad", 40)
    waiting("Lun", 90, outcome="moved", concluded_on=world.today - timedelta(days=60))
    waiting("Fremmed", 99, service=world.drammen)
    with as_owner():
        Assignment.objects.create(participant=assigned.participant, specialist=world.specialist, starts_on=world.today)
    client = sign_in(world.supervisor)
    team = client.get(reverse("referrals")).context["team"]
    assert [(row.name, row.days, row.specialist) for row in team.rows] == [
        ("Glad Hest", 40, "Kari Nilsen"),
        ("Modig Hest", 12, ""),
    ]
    # Two referrals that led to a start stand in the world from before.
    assert [(f.label, f.count) for f in team.filters] == [
        ("Venter", 2), ("Tildelt, ikke startet", 1), ("Avsluttet", 3),
    ]  # fmt: skip
    assert [row.name for row in client.get("?".join((reverse("referrals"), "vis=tildelt"))).context["team"].rows] == [
        "Glad Hest"
    ]
    ended = client.get(reverse("referrals") + "?vis=avsluttet").context["team"].rows
    assert {(row.name, row.days) for row in ended} >= {("Lun Hest", 30)}
    assert "Ikke tildelt" in text(client.get(reverse("referrals")))
    with as_owner():
        event = ReadEvent.objects.filter(page="referrals").earliest("pk")
    assert event.participants == [row.participant_id for row in team.rows]


def test_the_waiting_list_takes_as_many_queries_for_many_as_for_one(world, sign_in, waiting):
    client = sign_in(world.supervisor)
    waiting("Modig", 1)
    client.get(reverse("referrals"))  # the first page of a session has work of its own
    with CaptureQueriesContext(connection) as for_one:
        client.get(reverse("referrals"))
    for day in range(20):
        waiting("Flere", day)
    with CaptureQueriesContext(connection) as for_many:
        assert len(client.get(reverse("referrals")).context["team"].rows) == 21
    assert len(for_many) == len(for_one)


@pytest.mark.parametrize("number", ["0", "-3", "x", "9999999999999999999999"])
def test_a_page_number_that_is_none_gives_a_page(world, sign_in, number):
    client = sign_in(world.supervisor)
    assert client.get(reverse("referrals"), {"side": number, "vis": number}).status_code == 200
    assert client.get(reverse("not_offered"), {"side": number, "grunn": number}).status_code == 200


def test_the_supervisor_sees_the_whole_referral_and_leaves_a_read_event(world, sign_in, waiting):
    referral = waiting("Modig", 12)
    page = text(sign_in(world.supervisor).get(reverse("referral", args=[referral.pk])))
    assert "Modig Hest" in page
    assert "Jeg vil jobbe med dyr." in page
    with as_owner():
        assert ReadEvent.objects.filter(participant_id=referral.participant_id, page="referral").count() == 1


# Concluding


def conclude(client, referral, **form):
    return client.post(reverse("referral_conclude", args=[referral.pk]), form)


def test_a_referral_that_gets_no_offer_ends_with_a_reason_and_ends_the_assignment(world, sign_in, waiting):
    referral = waiting("Modig", 12)
    with as_owner():
        Assignment.objects.create(
            participant=referral.participant, specialist=world.specialist, starts_on=world.today - timedelta(days=5)
        )
    response = conclude(sign_in(world.supervisor), referral, on=world.today, outcome="not_offered", reason="full")
    assert response.status_code == 302
    with as_owner():
        referral.refresh_from_db()
        event = WriteEvent.objects.get(action="referral.concluded")
        assert Assignment.objects.get(participant=referral.participant).ends_on == world.today
    assert (referral.outcome, referral.not_offered_reason) == ("not_offered", "full")
    assert referral.concluded_on == world.today
    assert event.details == {"outcome": "not_offered", "reason": "full"}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"outcome": "not_offered"}, "reason"),
        ({"outcome": "moved", "reason": "full"}, "reason"),
        ({}, "outcome"),
        ({"outcome": "started"}, "outcome"),
        ({"outcome": "moved", "on": "1.1.2001"}, "on"),
        ({"outcome": "moved", "on": "1.1.2099"}, "on"),
        ({"outcome": "moved", "on": ""}, "on"),
        ({"outcome": "moved", "note": NUMBER}, "note"),
    ],
)
def test_a_conclusion_that_cannot_be_is_refused_and_leaves_nothing(world, sign_in, waiting, typed, field):
    referral = waiting("Modig", 12)
    before = stored()
    response = conclude(sign_in(world.supervisor), referral, **({"on": world.today.isoformat()} | typed))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert stored() == before
    with as_owner():
        referral.refresh_from_db()
    assert referral.outcome == ""


def test_a_referral_is_concluded_once(world, sign_in, waiting):
    referral, client = waiting("Modig", 12), sign_in(world.supervisor)
    conclude(client, referral, on=world.today, outcome="moved")
    response = conclude(client, referral, on=world.today, outcome="withdrawn")
    assert response.status_code == 422
    assert "Noen andre har nettopp registrert dette" in text(response)
    with as_owner():
        referral.refresh_from_db()
    assert referral.outcome == "moved"


@pytest.mark.parametrize(
    ("who", "status"), [("specialist", 403), ("therapist", 403), ("leader", 403), ("outside_supervisor", 404)]
)
def test_others_cannot_conclude(world, sign_in, waiting, who, status):
    referral, client = waiting("Modig", 12), sign_in(world.people[who])
    assert client.get(reverse("referral_conclude", args=[referral.pk])).status_code == status
    assert conclude(client, referral, on=world.today, outcome="moved").status_code == status


# Zero exclusion


def test_those_who_got_no_offer_stand_with_reason_source_and_time_waited(world, sign_in, waiting):
    day = world.today - timedelta(days=2)
    waiting("Modig", 12, outcome="not_offered", not_offered_reason="full", concluded_on=day)
    waiting("Glad", 40, outcome="not_offered", not_offered_reason="judged_not_ready", concluded_on=world.today)
    waiting("Lun", 40, outcome="moved", concluded_on=world.today)
    waiting(
        "Fremmed", 9, service=world.drammen, outcome="not_offered", not_offered_reason="full", concluded_on=world.today
    )
    client = sign_in(world.supervisor)
    page = client.get(reverse("not_offered")).context["page"]
    assert [(row.name, row.reason, row.source, row.days) for row in page.rows] == [
        ("Glad Hest", "Vurdert som ikke klar", "Behandler", 40),
        ("Modig Hest", "Ingen ledig plass", "Behandler", 10),
    ]
    assert {f.label: f.count for f in page.reasons if f.count} == {
        "Alle": 2, "Ingen ledig plass": 1, "Vurdert som ikke klar": 1,
    }  # fmt: skip
    assert page.sources == [("Behandler", 2)]
    chosen = client.get(reverse("not_offered") + "?grunn=full").context["page"]
    assert [row.name for row in chosen.rows] == ["Modig Hest"]
    with as_owner():
        assert ReadEvent.objects.filter(page="not_offered").count() == 2


@pytest.mark.parametrize("who", ["specialist", "therapist", "leader", "administrator"])
def test_the_list_is_for_those_who_lead(world, sign_in, who):
    assert sign_in(world.people[who]).get(reverse("not_offered")).status_code == 403
