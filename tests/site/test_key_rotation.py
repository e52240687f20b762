"""A new identity key takes over: everything reads the same before, half-way and after, and the site goes on."""

from datetime import date, timedelta
from itertools import chain

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt as read_secret
from allauth.mfa.utils import encrypt as store_secret
from django.apps import apps
from django.db import connection
from django.db.models import BinaryField
from django.urls import reverse

from fotfeste.norway.identity import make_synthetic, parse_identity
from fotfeste_web.background import files
from fotfeste_web.background.models import Work
from fotfeste_web.backup import rotation
from fotfeste_web.backup.errors import BackupError
from fotfeste_web.backup.rotation import everything, rotate
from fotfeste_web.caseload.identity import decrypt, encrypt, hash_in_service
from fotfeste_web.caseload.models import Participant
from fotfeste_web.config.installed import OtherKey, keep_key, refuse_other_key
from tests.database import as_owner
from tests.site.world import participant

NEW = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
NUMBERS = [make_synthetic(date(1990, 1, 1) + timedelta(days=day), 0) for day in range(10)]

HASHES_OF_LINKS = {"organisations_invitation", "teamwork_calendarlink"}  # without a key: the links are random


@pytest.fixture
def stored(world):
    """Ten people with numbers, somebody's second factor, and the file of a work, all by the first key."""
    with as_owner():
        keep_key()
        for at, digits in enumerate(NUMBERS):
            made = participant(f"Person{at}", "Hest", world.bodo, world.specialist, world.today - timedelta(days=90))
            number = parse_identity(digits)
            made.identity_encrypted = encrypt(number, made.pk)
            made.identity_hash = hash_in_service(number, world.bodo.pk)
            made.save()
        code, recovery = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
        Authenticator.objects.create(user=world.specialist, type=code, data={"secret": store_secret("JBSWY3DP")})
        data = {"seed": store_secret("frø"), "used_mask": 5}
        Authenticator.objects.create(user=world.specialist, type=recovery, data=data)
        work = Work(kind="service_export", asked_by=world.specialist)
        work.file = files.encrypt(b"rapport", work.pk)
        work.save()
    return world


@pytest.fixture
def two_keys(stored, settings):
    settings.FOTFESTE_IDENTITY_KEY_OLD = settings.FOTFESTE_IDENTITY_KEY
    settings.FOTFESTE_IDENTITY_KEY = NEW
    return stored


def everything_read() -> dict[str, list]:
    with as_owner():
        history = apps.get_model("caseload", "ParticipantEvent")
        people = Participant.objects.exclude(identity_encrypted=None).order_by("first_name")
        versions = history.objects.exclude(identity_encrypted=None).order_by("pgh_id")
        return {
            "numbers": [(p.first_name, decrypt(p.identity_encrypted, p.pk)) for p in people],
            "versions": [(v.pgh_id, decrypt(v.identity_encrypted, v.id)) for v in versions],
            "all versions": list(history.objects.order_by("pgh_id").values_list("pgh_id", flat=True)),
            "codes": [
                (f.type, f.data.get("used_mask"), read_secret(f.data.get("secret") or f.data["seed"]))
                for f in Authenticator.objects.order_by("pk")
            ],
            "files": [files.decrypt(work.file, work.pk) for work in Work.objects.all()],
        }


def with_the_old_key() -> int:
    with as_owner():
        return sum(bool(kind.anew(row)) for kind in everything() for row in chain.from_iterable(kind.batches()))


def test_after_the_rotation_the_new_key_alone_reads_all_that_the_old_one_did(two_keys, settings):
    before = everything_read()
    assert [number for _, number in before["numbers"]] == NUMBERS
    with as_owner():
        assert rotate() == len(before["numbers"]) + len(before["versions"]) + 3
    assert with_the_old_key() == 0
    settings.FOTFESTE_IDENTITY_KEY_OLD = ""
    assert everything_read() == before
    refuse_other_key()
    for person in Participant.objects.exclude(identity_encrypted=None):
        number = parse_identity(decrypt(person.identity_encrypted, person.pk))
        assert bytes(person.identity_hash) == hash_in_service(number, person.service_id)


def test_a_rotation_that_was_stopped_goes_on_and_ends(two_keys, settings, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 3)
    before, all_rows = everything_read(), with_the_old_key()
    with as_owner():
        last = Participant.objects.exclude(identity_encrypted=None).order_by("pk").last()
        whole = bytes(last.identity_encrypted)
        with rotation.pgtrigger.ignore(rotation.HISTORY):
            Participant.objects.filter(pk=last.pk).update(identity_encrypted=whole[:-1] + b"\0")
            with pytest.raises(BackupError, match=f"Raden {last.pk} i caseload_participant kan ikke leses"):
                rotate()
            Participant.objects.filter(pk=last.pk).update(identity_encrypted=whole)
    assert 0 < with_the_old_key() < all_rows
    assert everything_read() == before
    with as_owner():
        rotate()
    assert with_the_old_key() == 0
    settings.FOTFESTE_IDENTITY_KEY_OLD = ""
    assert everything_read() == before


def test_half_way_a_number_is_taken_by_either_key_and_a_new_one_is_registered(two_keys, sign_in, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 5)
    with as_owner():
        keep_key()
        first = next(everything()[0].batches())
        rotation._write(everything()[0], [row.pk for row in first])
    form = {
        "protected": "no",
        "first_name": "Modig",
        "last_name": "Hest",
        "wish": "Jeg vil jobbe med dyr.",
        "source": "therapist",
        "received_on": two_keys.today.isoformat(),
    }
    client = sign_in(two_keys.supervisor)
    for digits in NUMBERS:
        answer = client.post(reverse("referral_add"), form | {"identity": digits})
        assert answer.context["form"].errors == {"identity": ["Personen er registrert i tjenesten fra før."]}
    number = make_synthetic(date(1999, 9, 9), 1)
    assert client.post(reverse("referral_add"), form | {"identity": number}).status_code == 302
    with as_owner():
        new = Participant.objects.get(first_name="Modig")
        assert bytes(new.identity_hash) == hash_in_service(parse_identity(number), two_keys.bodo.pk)
        rotate()
    assert client.post(reverse("referral_add"), form | {"identity": number}).status_code == 422


def test_a_process_that_knows_the_old_key_alone_stops_it_before_anything_is_changed(two_keys):
    before = with_the_old_key()
    where = {name: str(connection.settings_dict[name.upper()]) for name in ("host", "port", "user")}
    session = psycopg.connect(
        dbname=connection.settings_dict["NAME"], application_name="fotfeste-web 00000000", **where
    )
    with session, as_owner(), pytest.raises(BackupError, match="Start det på nytt"):
        rotate()
    assert with_the_old_key() == before


def test_until_it_ends_neither_key_can_be_left_out(two_keys, settings):
    old = settings.FOTFESTE_IDENTITY_KEY_OLD
    with pytest.raises(OtherKey, match="Databasen vet ikke om den nye"):
        refuse_other_key()  # where the owner has not prepared it yet
    with as_owner():
        keep_key()
    refuse_other_key()
    settings.FOTFESTE_IDENTITY_KEY_OLD = ""
    for key in (old, NEW):
        settings.FOTFESTE_IDENTITY_KEY = key
        with pytest.raises(OtherKey, match="Finn den gamle"):
            refuse_other_key()


def test_a_second_rotation_of_what_is_done_changes_nothing(two_keys):
    with as_owner():
        rotate()
        assert rotate() == 0


@pytest.mark.django_db
def test_every_column_of_bytes_is_encrypted_anew():
    held = {m._meta.db_table for m in apps.get_models() if any(isinstance(f, BinaryField) for f in m._meta.fields)}
    anew = {kind.rows.model._meta.db_table for kind in everything()} - {"mfa_authenticator"}
    assert held - HASHES_OF_LINKS == anew
