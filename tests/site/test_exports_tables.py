"""All tables of a service for analysis: with pseudonyms, without words, and with what each column means."""

import csv
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from fotfeste_web.audit.models import ReadEvent, WriteEvent
from fotfeste_web.background.doing import do
from fotfeste_web.background.files import decrypt
from fotfeste_web.background.models import Work
from fotfeste_web.caseload.models import Contact, Employer, Job, Participant
from fotfeste_web.exports.models import Extract
from fotfeste_web.exports.tables.chosen import LEFT_OUT, chosen_tables
from fotfeste_web.exports.tables.columns import Type, column_of
from fotfeste_web.organisations.models import Membership
from fotfeste_web.rows.install import models_with_rules
from tests.database import as_owner, leave
from tests.site.one_of_each import one_of_each

PSEUDONYM = re.compile(r"p[a-z2-7]{16}")
# Logs, accounts and what belongs to one account: they lead to no service.
OF_NO_SERVICE = {
    *("audit_writeevent", "audit_readevent", "audit_sentform", "background_work"),
    *("accounts_user", "accounts_recoveryrequest", "teamwork_calendarlink"),
}


@pytest.fixture
def full(world):
    with as_owner():
        one_of_each(world, of="bodo")
        one_of_each(world, of="drammen")
        Participant.objects.filter(pk=world.vakker.pk).update(phone="91 23 45 67", therapist="Siri Moen")
        Employer.objects.filter(service=world.bodo).update(municipality="1804", contact_phone="75 00 00 00")
    return world


def taken(world, sign_in, who="supervisor", what="tables", purpose="Evaluering av tjenesten"):
    """Ask for it on the page, have it made, and give the files by name."""
    form = {"what": what, "purpose": purpose}
    assert sign_in(world.people[who]).post(reverse("service_export"), form).status_code == 302
    with as_owner():
        work = Work.objects.latest("asked_at")
    leave()
    do(work.pk, work.asked_by_id)
    leave()
    with as_owner():
        work.refresh_from_db()
    with ZipFile(BytesIO(decrypt(work.file, work.pk))) as files:
        return {name: files.read(name).decode() for name in files.namelist()}


def rows(text):
    return list(csv.DictReader(StringIO(text)))


def test_every_table_is_taken_out_or_left_out_with_a_reason():
    chosen = {table.name for table in chosen_tables()}
    every = {model._meta.db_table for model in models_with_rules()}
    assert chosen | LEFT_OUT.keys() | OF_NO_SERVICE == every
    assert not chosen & (LEFT_OUT.keys() | OF_NO_SERVICE)


def test_no_column_that_somebody_writes_words_in_is_taken_out():
    """By the database's own types: text is told only where the model has a list of codes, or where it is named here."""
    coded = {"styrk08", "municipality", "item", "scale_id", "started", "ended"}
    for table in chosen_tables():
        for field in table.model._meta.concrete_fields:
            if field.get_internal_type() in ("CharField", "TextField", "BinaryField", "JSONField"):
                told = column_of(field).type is not Type.LEFT_OUT
                assert told == bool(field.choices or field.name in coded), (table.name, field.name)


def test_nobody_is_named_in_it(full, sign_in):
    files = taken(full, sign_in)
    data = "\n".join(text for name, text in files.items() if name not in ("LESMEG.txt", "dataordbok.csv"))
    with as_owner():
        keys = [str(one.pk) for one in Participant.objects.all()]
    for secret in (
        *("Vakker", "Blomst", "Stille", "Rask", "Fjell", "Bakeriet", "Mørkved", "Kari", "Nilsen", "Siri"),
        *("91 23 45 67", "75 00 00 00", "Gleder seg", "bake", "Første besøk", "@", *keys),
    ):
        assert secret not in data, secret
    assert "1995" in data
    assert "1804" in data


def test_a_pseudonym_is_the_same_in_every_file_and_another_in_the_next(full, sign_in):
    first, second = taken(full, sign_in), taken(full, sign_in)
    people = {row["id"] for row in rows(first["caseload_participant.csv"])}
    with as_owner():
        jobs = list(Job.objects.filter(participant__service=full.bodo))
        assert len(people) == Participant.objects.filter(service=full.bodo).count()
    told = rows(first["caseload_job.csv"])
    assert len(told) == len(jobs) > 0
    assert {row["participant"] for row in told} <= people
    assert {row["employer"] for row in told} <= {row["id"] for row in rows(first["caseload_employer.csv"])}
    assert {row["styrk08"] for row in told} == {"7512"}
    assert all(map(PSEUDONYM.fullmatch, people))
    assert not people & {row["id"] for row in rows(second["caseload_participant.csv"])}


def test_no_cell_is_run_by_a_spreadsheet(full, sign_in):
    with as_owner():
        Employer.objects.filter(pk=full.employer.pk).update(municipality="=A1")
    told = {row["municipality"] for row in rows(taken(full, sign_in)["caseload_employer.csv"])}
    assert told == {"1804", "'=A1"}


def test_there_is_nothing_of_another_service(full, sign_in):
    files = taken(full, sign_in)
    assert len(rows(files["organisations_service.csv"])) == 1
    with as_owner():
        ours = Contact.objects.filter(service=full.bodo).count()
        assert 0 < ours < Contact.objects.count()
    assert len(rows(files["caseload_contact.csv"])) == ours


def test_the_data_dictionary_has_every_column_with_its_meaning_and_codes(full, sign_in):
    files = taken(full, sign_in)
    told = {(row["tabell"], row["kolonne"]): row for row in rows(files["dataordbok.csv"])}
    for name, text in files.items():
        if name not in ("LESMEG.txt", "dataordbok.csv"):
            for column in next(csv.reader(StringIO(text))):
                row = told[name.removesuffix(".csv"), column]
                assert row["type"] != "utelatt"
                assert row["betydning"]
    contact = told["caseload_contact", "status"]
    assert (contact["type"], contact["betydning"]) == ("kode", "status")
    assert "held = " in contact["koder"]
    assert told["caseload_participant", "first_name"]["type"] == "utelatt"
    assert told["teamwork_supervisionnotes", ""]["betydning"] == "Det to har sagt mellom seg."


def test_the_first_thing_to_read_says_what_for_and_that_it_is_still_personal_data(full, sign_in):
    told = taken(full, sign_in, purpose="Masteroppgave ved Nord")["LESMEG.txt"]
    assert "Formål: Masteroppgave ved Nord" in told
    assert "personopplysninger" in told


def test_that_it_was_taken_out_stands_on_the_page_and_in_the_logs(full, sign_in):
    taken(full, sign_in, purpose="Masteroppgave ved Nord")
    page = sign_in(full.supervisor).get(reverse("service_export")).content.decode()
    assert "Masteroppgave ved Nord" in page
    assert "Marit Dahl" in page
    with as_owner():
        extract = Extract.objects.get(purpose="Masteroppgave ved Nord")
        event = WriteEvent.objects.get(action="service.extract_asked")
        assert (event.subject_id, event.service_id, event.details) == (
            str(extract.pk),
            full.bodo.pk,
            {"code": "tables"},
        )
        look = ReadEvent.objects.get(page="service_export")
        assert set(look.participants) == set(Participant.objects.filter(service=full.bodo).values_list("pk", flat=True))


def test_without_a_purpose_nothing_is_taken_out(world, sign_in):
    answer = sign_in(world.supervisor).post(reverse("service_export"), {"what": "tables", "purpose": ""})
    assert answer.status_code == 422
    with as_owner():
        assert not Work.objects.exists()
        assert not Extract.objects.exists()


def test_one_who_leads_no_longer_when_it_is_made_gets_nothing(world, sign_in):
    sign_in(world.supervisor).post(reverse("service_export"), {"what": "tables", "purpose": "Evaluering"})
    with as_owner():
        Membership.objects.filter(user=world.supervisor).update(role="jobbspesialist")
        work = Work.objects.get()
    leave()
    do(work.pk, world.supervisor.pk)
    leave()
    with as_owner():
        work.refresh_from_db()
        assert work.file is None
        assert not ReadEvent.objects.filter(page="service_export").exists()
