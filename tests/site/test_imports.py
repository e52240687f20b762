"""A spreadsheet on its way in: checked without a trace, stored whole or not at all, and never twice."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from fotfeste.norway.identity import make_synthetic, parse_identity
from fotfeste.norway.organisation import make_synthetic_organisation
from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.background.kinds import CannotDo
from fotfeste_web.background.models import Work
from fotfeste_web.caseload.identity import hash_in_service
from fotfeste_web.caseload.models import (
    Assignment,
    Contact,
    ContactParticipant,
    Employer,
    Job,
    Participant,
    Period,
    Referral,
    Term,
)
from fotfeste_web.caseload.status import Status, facts_of, status_on
from fotfeste_web.imports.files import fetch
from fotfeste_web.imports.models import FileOfImport, Import, ImportFile
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner, leave
from tests.site.spreadsheets import as_csv, as_xlsx, brought, checked, now, stored, work, wrong

NUMBER = parse_identity(make_synthetic(date(1990, 1, 1), random.Random(7)))
ORGANISATION = make_synthetic_organisation(random.Random(7))
DOMAIN = (Participant, Referral, Assignment, Period, Contact, ContactParticipant, Employer, Job, Term)
WISH = "Vil stelle dyr."


@pytest.fixture
def days(world):
    """A day so many days ago, as people write it."""
    return lambda ago: f"{world.today - timedelta(days=ago):%d.%m.%Y}"


@pytest.fixture
def people(days):
    """Three who came on different days: one waits, one is with Kari, one has ended."""
    head = ("Fornavn", "Etternavn", "Fødselsår", "Fødselsnummer", "Telefon", "Behandlingsteam", "Henvist dato",
            "Henvist av", "Ønske om jobb", "Jobbspesialist", "Oppstart", "I jobb ved oppstart", "Avsluttet",
            "Avslutningsgrunn")  # fmt: skip
    return [
        head,
        (
            "Ny",
            "Morgen",
            "1990",
            NUMBER.digits,
            "90000001",
            "FACT Bodø",
            days(5),
            "Behandler",
            WISH,
            "",
            "",
            "",
            "",
            "",
        ),
        ("Rolig", "Elv", "1985", "", "", "", days(40), "selv", WISH, "Kari Nilsen", days(30), "nei", "", ""),
        ("Gammel", "Furu", "", "", "", "", days(400), "NAV", WISH, "Ola Berg", days(390), "ja", days(90), "Flyttet"),
    ]


def rows_there_are() -> dict[str, int]:
    with as_owner():
        return {model.__name__: model.objects.count() for model in DOMAIN}


def test_a_check_finds_what_is_new_and_stores_none_of_it(world, people):
    before = rows_there_are()
    one = checked(world, "participants", as_csv(people))
    assert (one.state, one.counts) == (
        "checked", {"rows": 3, "bad": 0, "doubtful": 0, "new": 3, "already": 0, "twice": 0}
    )  # fmt: skip
    assert rows_there_are() == before


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_participants_come_in_as_the_sites_own_actions_make_them(world, people, write):
    one = stored(world, "participants", write(people))
    with as_owner():
        new, with_kari, ended = (Participant.objects.get(first_name=name) for name in ("Ny", "Rolig", "Gammel"))
        assert (new.birth_year, new.phone, new.treatment_team) == (1990, "90000001", world.fact)
        assert bytes(new.identity_hash) == hash_in_service(NUMBER, world.bodo.pk)
        facts = facts_of([new.pk, with_kari.pk, ended.pk])
        days = [status_on(facts[person.pk], world.today) for person in (new, with_kari, ended)]
        assert days == [Status.REFERRED, Status.MAPPING, Status.ENDED]
        referral = new.referrals.get()
        assert (referral.outcome, referral.source, referral.wish, referral.short_name) == (
            "", "therapist", WISH, "Ny M."
        )  # fmt: skip
        assert with_kari.assignments.get().specialist == world.specialist
        meeting = with_kari.contacts.get().contact
        assert (meeting.kind, meeting.status, meeting.specialist) == ("start_up", "held", world.specialist)
        period, assignment = ended.periods.get(), ended.assignments.get()
        assert (period.end_reason, period.in_work_at_start) == ("moved", True)
        assert assignment.ends_on == period.ends_on == world.today - timedelta(days=90)
        assert one.counts["made"]["caseload_participant"] == 3


def test_each_participant_has_it_in_the_log_the_import_leaves_one_event_and_history_names_who_did_it(world, people):
    one = stored(world, "participants", as_csv(people))
    with as_owner():
        made = set(Participant.objects.filter(first_name__in=["Ny", "Rolig", "Gammel"]).values_list("pk", flat=True))
        told = WriteEvent.objects.filter(action="imports.stored")
        assert {event.participant_id for event in told} == made
        assert {event.user_id for event in told} == {world.supervisor.pk}
        event = WriteEvent.objects.get(action="imports.confirmed")
        assert (event.subject_id, event.details) == (str(one.pk), {"kind": "participants", "rows": 3})
        version = Participant.pgh_event_model.objects.get(pgh_obj_id=min(made))
        assert version.pgh_context.metadata["user"] == world.supervisor.pk


def test_the_file_is_unreadable_where_it_lies_and_gone_when_it_is_stored(world, people):
    one = checked(world, "participants", as_csv(people))
    with as_owner():
        assert ImportFile.objects.exists()
        assert not any(b"Morgen" in bytes(file.content) for file in ImportFile.objects.all())
    work(world, "store", one)
    with as_owner():
        assert not ImportFile.objects.exists()


def test_the_same_file_twice_makes_nothing_twice(world, people):
    stored(world, "participants", as_csv(people))
    before = rows_there_are()
    again = checked(world, "participants", as_xlsx(people))
    assert (again.counts["new"], again.counts["already"]) == (0, 3)
    work(world, "store", again)
    assert rows_there_are() == before


def test_the_same_row_twice_in_a_file_is_one_and_with_other_words_it_is_refused(world, people):
    head, *rows = people
    one = checked(world, "participants", as_csv([head, rows[0], rows[0]]))
    assert (one.counts["new"], one.counts["twice"]) == (1, 1)
    other = (*rows[0][:4], "90000002", *rows[0][5:])
    one = checked(world, "participants", as_csv([head, rows[0], other]))
    assert [(row, reason) for row, _, _, reason in wrong(world, one)] == [
        (3, "Samme person står på rad 2 med andre opplysninger. Slå dem sammen.")
    ]


def test_whether_a_namesake_is_the_same_person_is_not_guessed(world, people):
    """Vakker Blomst of 1995 is there: another year is another person, no year could be the same."""
    head, row, *_ = people
    named = [("Vakker", "Blomst", year, "", *row[4:]) for year in ("1995", "1960", "")]
    one = checked(world, "participants", as_csv([head, *named]))
    assert (one.counts["already"], one.counts["new"], one.counts["bad"]) == (1, 1, 1)
    (row, _, _, reason), *others = wrong(world, one)
    assert (row, others) == (4, [])
    assert reason.startswith("En deltaker med samme navn står i tjenesten.")


# What is refused, cell by cell: column, what stands there, a part of the reason.
WRONG = [
    ("Fødselsnummer", "12345678901", "ingen dato"),
    ("Fødselsår", "1895", "Året må være mellom"),
    ("Fødselsår", "2012", "under 18 år"),
    ("Telefon", "ring mor", "telefonnummer"),
    ("Behandlingsteam", "FACT Oslo", "Her er FACT Bodø."),
    ("Henvist dato", "31.02.2026", "finnes ikke"),
    ("Henvist dato", "1.1.2199", "etter i dag"),
    ("Henvist dato", "", "Mangler."),
    ("Henvist av", "naboen", "Bruk ett av ordene: Personen selv, Behandler"),
    ("Ønske om jobb", f"Nummeret er {NUMBER.digits}", "fødselsnummer"),
    ("Ønske om jobb", "#REF!", "feil fra regnearket"),
    ("Jobbspesialist", "Eva Sund", "Fant ingen jobbspesialist"),  # she works in the other service
    ("I jobb ved oppstart", "", "Skriv ja eller nei"),
    ("Oppstart", "1.1.2001", "før henvisningen"),
    ("Avsluttet", "1.1.2002", "før oppstarten"),
    ("Avslutningsgrunn", "", "mangler"),
    ("Etternavn", "", "både fornavn og etternavn"),
]


@pytest.mark.parametrize(("column", "cell", "reason"), WRONG)
def test_a_cell_that_cannot_be_stored_is_told_with_its_row_its_column_and_its_reason(
    world, people, column, cell, reason
):
    head, _, _, row = people
    cells = list(row)
    cells[head.index(column)] = cell
    one = checked(world, "participants", as_csv([head, cells]))
    assert one.counts["bad"] == 1
    assert any(
        (number, value) == (2, cell) and told == column and reason in why
        for number, told, value, why in wrong(world, one)
    ), wrong(world, one)


def test_one_with_a_protected_address_is_refused(world, people):
    head, row, *_ = people
    one = checked(world, "participants", as_csv([(*head, "Kode 6/7"), (*row, "ja")]))
    assert [reason for *_, reason in wrong(world, one)] == [
        "Personer med adressesperre skal ikke stå i Fotfeste. Ta bort raden."
    ]


def test_with_one_bad_row_none_is_stored(world, people, sign_in):
    people[2] = ("", *people[2][1:])
    one, before = checked(world, "participants", as_csv(people)), rows_there_are()
    response = sign_in(world.supervisor).post(reverse("import_confirm", args=[one.pk]))
    assert response["Location"] == reverse("import_one", args=[one.pk])
    work(world, "store", one)
    assert (rows_there_are(), now(one).state) == (before, "checked")


def test_what_the_database_refuses_half_way_leaves_nothing(world, people):
    one, before = checked(world, "participants", as_csv(people)), rows_there_are()
    with as_owner(), connection.cursor() as cursor:  # the periods come last, after all the others are stored
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE caseload_period ADD CONSTRAINT never CHECK (end_reason <> 'moved')")
    with pytest.raises(CannotDo, match="endret siden kontrollen"):
        work(world, "store", one)
    assert (rows_there_are(), now(one).state) == (before, "checked")
    with as_owner():
        assert not WriteEvent.objects.filter(action__in=["imports.stored", "imports.confirmed"]).exists()


def test_what_somebody_registered_since_the_check_is_shown_before_anything_is_stored(world, people):
    one = checked(world, "participants", as_csv(people))
    with as_owner():
        Participant.objects.create(service=world.bodo, first_name="Rolig", last_name="Elv", birth_year=1985)
    before = rows_there_are()
    assert "endret siden kontrollen" in work(world, "store", one).sentence
    assert (rows_there_are(), now(one).counts["already"]) == (before, 1)


def test_the_file_to_correct_has_every_row_and_what_is_wrong_with_it_and_comes_back(world, people):
    people[2] = ("@SUM(A1)", *people[2][1:6], "i fjor", *people[2][7:])
    for write in (as_csv, as_xlsx):
        one = checked(world, "participants", write(people))
        with seen_by(world.supervisor, world.today):
            back = fetch(one, FileOfImport.MARKED)
        leave()
        again = checked(world, "participants", back)
        assert (again.counts["rows"], again.counts["new"], again.counts["bad"]) == (3, 2, 1)
        assert wrong(world, again) == wrong(world, one)
    assert "'@SUM(A1)" in checked_file(world, people)  # no program runs it
    assert "Henvist dato: Skriv datoen som dag, måned og år" in checked_file(world, people)


def checked_file(world, lines) -> str:
    one = checked(world, "participants", as_csv(lines))
    with seen_by(world.supervisor, world.today):
        content = fetch(one, FileOfImport.MARKED)
    leave()
    return content.decode("utf-8-sig")


def test_a_word_of_illness_is_asked_about_and_can_be_kept(world, people, sign_in):
    head, row, *_ = people
    one = checked(world, "participants", as_csv([head, (*row[:8], "Har F32.1 og vil jobbe.", *row[9:])]))
    assert (one.counts["bad"], one.counts["doubtful"], one.counts["new"]) == (0, 1, 1)
    browser = sign_in(world.supervisor)
    assert browser.post(reverse("import_confirm", args=[one.pk])).status_code == 422
    assert browser.post(reverse("import_confirm", args=[one.pk]), {"looked": "on"}).status_code == 302


def test_employers_are_found_by_their_number_or_their_name(world):
    with as_owner():
        Employer.objects.create(service=world.bodo, name="Brygga", organisation_number=ORGANISATION)
    lines = [
        ("Bedrift", "Org.nr", "Kommune", "Behov"),
        ("Brygga AS", ORGANISATION, "", ""),  # the same number, however it is called
        ("mørkved  dagligvare", "", "", ""),  # the same name, however it is spaced
        ("Kaffebaren", "", "Bodø", "Noen som liker folk."),
        ("Kaffebaren", "", "Bodø", "Noen som liker folk."),
    ]
    one = stored(world, "employers", as_csv(lines))
    assert [one.counts[name] for name in ("new", "already", "twice")] == [1, 2, 1]
    with as_owner():
        made = Employer.objects.get(name="Kaffebaren")
        assert (made.municipality, made.needs, made.created_by) == ("1804", "Noen som liker folk.", world.supervisor)


def test_a_meeting_with_one_employer_for_two_people_is_one_meeting(world, days):
    head = ("Dato", "Kl", "Type", "Jobbspesialist", "Navn", "Arbeidsgiver", "Hvordan", "Varighet", "Sted", "Notat")
    meeting = (days(3), "09.30", "Møte med arbeidsgiver", "Kari Nilsen")
    with_employer = ("Mørkved Dagligvare", "fysisk", "45", "Hos arbeidsgiver")
    lines = [
        head,
        (*meeting, "Blomst, Vakker", *with_employer, "Likte lukta."),
        (*meeting, "Stille Skog", *with_employer, "Ville se lageret."),
        (days(2), "", "NAV", "kari.nilsen@fotfeste.example", "Vakker Blomst", "", "tlf", "15", "", ""),
    ]
    stored(world, "meetings", as_csv(lines))
    with as_owner():
        both = Contact.objects.get(on=world.today - timedelta(days=3))
        assert (both.employer, both.minutes, both.place, both.specialist) == (
            world.employer, 45, "employer", world.specialist
        )  # fmt: skip
        notes = dict(both.for_participants.values_list("participant", "note"))
        assert notes == {world.vakker.pk: "Likte lukta.", world.stille.pk: "Ville se lageret."}
        assert Contact.objects.get(on=world.today - timedelta(days=2)).channel == "phone"
        looked = ReadEvent.objects.get(page="import")
        assert set(looked.participants) == {world.vakker.pk, world.stille.pk}
    again = checked(world, "meetings", as_csv(lines))
    assert (again.counts["new"], again.counts["already"]) == (0, 3)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Navn": "Rask Fjell"}, "Fant ingen deltaker i tjenesten"),  # he is in the other service
        ({"Navn": ""}, "hvilken deltaker"),
        ({"Dato": "1.1.2199"}, "fram i tid"),
        ({"Type": "Møte med arbeidsgiver"}, "hvilken arbeidsgiver"),
        ({"Type": "Oppstartsmøte"}, "Bruk ett av ordene"),
        ({"Hvordan": ""}, "Mangler."),
    ],
)
def test_a_meeting_that_cannot_have_been_is_refused(world, days, cells, reason):
    row = {"Dato": days(1), "Type": "Møte med deltaker", "Jobbspesialist": "Kari Nilsen", "Navn": "Vakker Blomst",
           "Arbeidsgiver": "", "Hvordan": "Telefon"}  # fmt: skip
    row |= cells
    one = checked(world, "meetings", as_csv([list(row), list(row.values())]))
    assert any(reason in why for *_, why in wrong(world, one)), wrong(world, one)


JOB = {
    "Fornavn": "Vakker", "Etternavn": "Blomst", "Bedrift": "Kaffebaren", "Yrke": "7512", "Startdato": "",
    "Begynt": "ja", "Siste dag": "", "Hvem avsluttet": "", "Timer i uka": "18,75", "Ansettelse": "Fast",
    "Støtte fra NAV": "Mentor, VTA", "Hvordan jobben ble funnet": "Nettverk",
}  # fmt: skip


def test_a_job_comes_with_its_terms_and_an_employer_that_nobody_had_named(world, days):
    row = JOB | {"Startdato": days(60), "Siste dag": days(10), "Hvem avsluttet": "Deltakeren"}
    content = as_xlsx([list(row), list(row.values())])
    one = stored(world, "jobs", content)
    with as_owner():
        job, terms = Job.objects.get(), Term.objects.get()
        assert (job.employer.name, job.participant, job.begun) == ("Kaffebaren", world.vakker, True)
        assert job.ends_on == terms.ends_on == world.today - timedelta(days=9)  # the first day that is not worked
        assert (terms.hours_per_week, terms.form, terms.support) == (
            Decimal("18.75"), "permanent", ["mentor", "set_aside"]
        )  # fmt: skip
        assert one.counts["made"]["caseload_employer"] == 1
    assert checked(world, "jobs", content).counts["already"] == 1


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Startdato": "1.1.2199"}, "kan ikke ha start fram i tid"),
        ({"Siste dag": "1.1.2001", "Hvem avsluttet": "Deltakeren"}, "før første dag"),
        ({"Hvem avsluttet": "Deltakeren"}, "ikke når"),
        ({"Timer i uka": "80"}, "mellom 0 og 60"),
        ({"Yrke": "sjef for alt"}, "Fant ikke yrket"),
        ({"Etternavn": "Fjell", "Fornavn": "Rask"}, "Fant ingen deltaker"),
    ],
)
def test_a_job_that_cannot_be_is_refused(world, days, cells, reason):
    row = JOB | {"Startdato": days(60)} | cells
    one = checked(world, "jobs", as_csv([list(row), list(row.values())]))
    assert any(reason in why for *_, why in wrong(world, one)), wrong(world, one)


def test_what_is_locked_takes_nothing_more(world, days):
    with as_owner():
        Participant.objects.filter(pk=world.vakker.pk).update(locked_on=world.today)
    row = JOB | {"Startdato": days(60)}
    one = checked(world, "jobs", as_csv([list(row), list(row.values())]))
    assert "låst" in wrong(world, one)[0][3]


def test_another_services_supervisor_sees_no_import_and_does_nothing_with_it(world, people, sign_in):
    one = checked(world, "participants", as_csv(people))
    stranger = sign_in(world.outside_supervisor)
    for name in ("import_one", "import_columns", "import_marked"):
        assert stranger.get(reverse(name, args=[one.pk])).status_code == 404
    for name in ("import_confirm", "import_undo", "import_discard", "import_file", "import_columns"):
        assert stranger.post(reverse(name, args=[one.pk])).status_code == 404
    with pytest.raises(CannotDo):
        work(world, "store", one, by=world.outside_supervisor)
    assert now(one).state == "checked"


def test_no_import_goes_to_a_service_that_is_anothers(world, people, sign_in):
    browser = sign_in(world.outside_supervisor)
    browser.post(reverse("imports"), sent(as_csv(people), service=world.bodo.pk))
    with as_owner():
        assert Import.objects.get().service == world.drammen  # the only one that is hers to choose


def sent(content: bytes, **more):
    file = SimpleUploadedFile("liste.csv", content)
    return {"kind": "participants", "nobody_protected": "on", "file": file} | more


def test_a_file_goes_from_the_form_by_the_columns_to_the_check(world, people, sign_in):
    browser = sign_in(world.supervisor)
    people[0] = ("Fornavn", "Etternavn", "Fødselsår", "Nummeret", *people[0][4:])
    response = browser.post(reverse("imports"), sent(as_csv(people)))
    page = browser.get(response["Location"])
    assert page.context["page"].unmatched == ("Nummeret",)
    assert "Rolig" in page.content.decode()  # the first rows are shown
    fields = {name: field.initial for name, field in page.context["form"].fields.items()} | {"column_3": "identity"}
    response = browser.post(response["Location"], fields)
    with as_owner():
        asked = Work.objects.get()
        assert (asked.kind, response["Location"]) == ("import_check", reverse("work", args=[asked.pk]))
        one = Import.objects.get()
    assert asked.about == {"import": str(one.pk)}
    work(world, "check", one)
    assert now(one).counts["new"] == 3


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"file": ""}, "Velg en fil."),
        ({"nobody_protected": ""}, "Bekreft dette først."),
        ({"kind": ""}, "Velg hva som er i filen."),
    ],
)
def test_a_form_that_lacks_something_is_refused_and_nothing_is_kept(world, people, sign_in, fields, sentence):
    response = sign_in(world.supervisor).post(reverse("imports"), sent(as_csv(people)) | fields)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    with as_owner():
        assert not Import.objects.exists()


def test_a_file_that_is_no_spreadsheet_or_too_large_is_refused_at_the_form(world, sign_in):
    browser = sign_in(world.supervisor)
    for content, sentence in ((b"", "Filen er tom"), (b"\0\1", "verken CSV"), (b"a" * 10_000_001, "større enn 10 MB")):
        response = browser.post(reverse("imports"), sent(content))
        assert (response.status_code, sentence in response.content.decode()) == (422, True)


def test_two_columns_of_one_meaning_and_a_column_that_lacks_are_refused(world, people, sign_in):
    one = brought(world, "participants", as_csv(people))
    page = sign_in(world.supervisor).get(reverse("import_columns", args=[one.pk]))
    fields = {name: field.initial for name, field in page.context["form"].fields.items()}
    response = sign_in(world.supervisor).post(
        reverse("import_columns", args=[one.pk]), fields | {"column_4": "birth_year"}
    )
    assert "To kolonner er valgt som Fødselsår." in response.content.decode()
    response = sign_in(world.supervisor).post(reverse("import_columns", args=[one.pk]), fields | {"column_8": "none"})
    assert "Disse kolonnene må være med: Ønske om jobb." in response.content.decode()


def test_a_file_that_is_thrown_away_is_gone_and_leaves_its_event(world, people, sign_in):
    one = checked(world, "participants", as_csv(people))
    sign_in(world.supervisor).post(reverse("import_discard", args=[one.pk]))
    with as_owner():
        assert not ImportFile.objects.exists()
        assert WriteEvent.objects.filter(action="imports.discarded", subject_id=str(one.pk)).count() == 1
    with pytest.raises(CannotDo, match="kastet"):
        work(world, "store", one)


def test_a_corrected_file_takes_the_place_of_the_one_before_and_its_columns(world, people, sign_in):
    people[0] = (*people[0][:3], "Nummeret", *people[0][4:])
    one = checked(world, "participants", as_csv([people[0], ("", *people[1][1:])]))
    with as_owner():
        Import.objects.update(columns=[*one.columns[:3], "identity", *one.columns[4:]])
    corrected = as_csv([("Feil", *people[0]), *(("", *row) for row in people[1:])])
    response = sign_in(world.supervisor).post(reverse("import_file", args=[one.pk]), sent(corrected))
    assert response["Location"] == reverse("import_columns", args=[one.pk])
    with as_owner():
        assert [file.what for file in ImportFile.objects.all()] == ["uploaded"]
    assert (now(one).state, now(one).counts) == ("uploaded", {})
    assert now(one).columns[:5] == ["", "first_name", "last_name", "birth_year", "identity"]


def test_to_store_twice_is_to_store_once(world, people):
    one = stored(world, "participants", as_csv(people))
    before = rows_there_are()
    with pytest.raises(CannotDo, match="allerede hentet inn"):
        work(world, "store", one)
    assert rows_there_are() == before


@pytest.mark.parametrize(("kind", "form"), [("deltakere", "csv"), ("moter", "xlsx"), ("x", "csv"), ("jobber", "exe")])
def test_a_template_is_fetched_by_its_kind_and_form(world, sign_in, kind, form):
    response = sign_in(world.supervisor).get(reverse("import_template"), {"hva": kind, "som": form})
    known = kind != "x" and form != "exe"
    assert response.status_code == (200 if known else 404)
    if known:
        assert response["Content-Disposition"] == f'attachment; filename="mal-{kind}.{form}"'


@pytest.mark.parametrize("many", [3, 300])
def test_how_often_the_database_is_asked_does_not_follow_the_number_of_rows(
    world, people, django_assert_max_num_queries, many
):
    head, row, *_ = people
    lines = [head, *((f"Ny{n}", *row[1:3], "", *row[4:]) for n in range(many))]
    one = checked(world, "participants", as_csv(lines))
    with django_assert_max_num_queries(60):
        work(world, "store", one)
    assert now(one).counts["new"] == many
