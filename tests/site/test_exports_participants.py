"""The participant file for registers: pseudonyms in one file, whose they are in another that is locked."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from random import Random
from zipfile import ZipFile

import pytest
from django.urls import reverse

from fotfeste.norway.identity import make_synthetic, parse_identity
from fotfeste.register.delivered import read_folder
from fotfeste.register.key_file import unlock
from fotfeste_web.background.doing import do
from fotfeste_web.background.files import decrypt
from fotfeste_web.background.models import Work
from fotfeste_web.caseload.identity import encrypt, hash_in_service
from fotfeste_web.caseload.models import Participant, Period
from fotfeste_web.exports.models import Extract
from tests.database import as_owner, leave

NUMBER = make_synthetic(date(1995, 3, 1), Random(4))


@pytest.fixture
def known(world):
    """Vakker has a number, Stille has none, and Lun was referred and has not begun."""
    with as_owner():
        identity = parse_identity(NUMBER)
        Participant.objects.filter(pk=world.vakker.pk).update(
            identity_encrypted=encrypt(identity, world.vakker.pk),
            identity_hash=hash_in_service(identity, world.bodo.pk),
        )
        Participant.objects.create(service=world.bodo, first_name="Lun", last_name="Morgen")
    return world


def asked(world, sign_in):
    """Ask for the file on the page; give the code that it showed, and the files."""
    form = {"what": "participants", "purpose": "Kobling til a-meldingen"}
    answer = sign_in(world.supervisor).post(reverse("service_export"), form)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    with as_owner():
        work = Work.objects.get()
    leave()
    do(work.pk, work.asked_by_id)
    leave()
    with as_owner():
        work.refresh_from_db()
    with ZipFile(BytesIO(decrypt(work.file, work.pk))) as files:
        return answer.context["code"], work, {name: files.read(name) for name in files.namelist()}


def rows(content):
    return list(csv.DictReader(StringIO(content.decode())))


def test_the_file_has_those_who_have_begun_and_no_number(known, sign_in):
    _, _, files = asked(known, sign_in)
    people = rows(files["participants.csv"])
    with as_owner():
        begun = {str(one.starts_on) for one in Period.objects.filter(participant__service=known.bodo)}
    assert {row["inclusion_date"] for row in people} == begun
    assert sorted(row["birth_year"] for row in people) == ["", "1995"]
    assert len({row["person_id"] for row in people}) == 2
    assert not any(secret in content for content in files.values() for secret in (NUMBER.encode(), b"Vakker"))


def test_the_code_that_was_shown_opens_the_key_and_the_site_has_it_nowhere(known, sign_in):
    code, work, files = asked(known, sign_in)
    (key,) = rows(unlock(files["nokkel.last"], code))
    (vakker,) = [row for row in rows(files["participants.csv"]) if row["birth_year"] == "1995"]
    assert key == {"person_id": vakker["person_id"], "fodselsnummer": NUMBER}
    assert "for de 1 som har det ført" in files["LESMEG.txt"].decode()
    assert code.replace("-", "") not in str(work.about).replace("-", "")
    shown_again = sign_in(known.supervisor).get(reverse("work", args=[work.pk])).content.decode()
    assert code not in shown_again


def test_the_registers_read_it_with_the_other_files_beside_it(known, sign_in, tmp_path):
    _, _, files = asked(known, sign_in)
    (tmp_path / "participants.csv").write_bytes(files["participants.csv"])
    begun = known.today - timedelta(days=60)
    (tmp_path / "jobs.csv").write_text(
        "person_id,job_id,type,establishment_org,start,end,percent,fulltime_hours\n"
        f"{rows(files['participants.csv'])[0]['person_id']},j1,ordinary,300000000,{begun},,50,37.5\n"
    )
    read = read_folder(tmp_path)
    for file in read.values():
        file.verify()
        file.verify_key()
    assert read["participants"].frame.collect().height == 2


def test_one_who_came_back_is_one_person_who_began_the_first_time(known, sign_in):
    with as_owner():
        period = Period.objects.get(participant=known.vakker)
        first = period.starts_on
        Period.objects.filter(pk=period.pk).update(ends_on=first + timedelta(days=5), end_reason="job", starts_on=first)
        referral = period.referral
        referral.pk = None
        referral.received_on = first + timedelta(days=10)
        referral.concluded_on = first + timedelta(days=20)
        referral.save()
        Period.objects.create(participant=known.vakker, referral=referral, starts_on=first + timedelta(days=20))
    _, _, files = asked(known, sign_in)
    assert [row["inclusion_date"] for row in rows(files["participants.csv"]) if row["birth_year"]] == [str(first)]


def test_it_is_kept_who_took_it_out_and_what_for(known, sign_in):
    asked(known, sign_in)
    with as_owner():
        extract = Extract.objects.get()
    assert (extract.what, extract.purpose, extract.asked_by) == (
        "participants",
        "Kobling til a-meldingen",
        known.supervisor,
    )
