"""Closed: locked, exported, erased, on the days that the policy gives."""

import json
import os
import stat
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from fotfeste_web.audit.models import SentForm
from fotfeste_web.caseload.models import NextStep, Participant, Referral
from fotfeste_web.retention import nightly
from fotfeste_web.retention.models import Export, Sealed
from fotfeste_web.rows.kept import closed
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner, leave
from tests.site.one_of_each import one_of_each
from tests.site.world import World


@pytest.fixture
def archive(tmp_path: Path, settings) -> Path:
    settings.FOTFESTE_ARCHIVE = str(tmp_path / "arkiv")
    return tmp_path / "arkiv"


@pytest.fixture
def ended(world: World) -> Participant:
    """Vakker, whose period ended today."""
    with as_owner():
        world.vakker.periods.update(ends_on=world.today, end_reason="own_wish")
    return world.vakker


def night(world: World, days: int) -> None:
    """The work of the night so many days after today, as the worker."""
    leave()
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE fotfeste_worker")
        nightly.run(world.bodo.pk, world.today + timedelta(days))
        cursor.execute("SET ROLE fotfeste_web")
    leave()


def locked(person: Participant) -> bool:
    with as_owner():
        return Participant.objects.get(pk=person.pk).locked_on is not None


def test_a_closed_record_is_locked_when_its_time_has_come_and_not_before(world, ended):
    night(world, closed().lock - 1)
    assert not locked(ended)
    night(world, closed().lock)
    assert locked(ended)


def test_a_locked_record_is_shared_with_nobody(world, ended, sign_in):
    with as_owner():
        one_of_each(world, of="bodo")
    address = f"/deltakere/{ended.pk}/"
    assert sign_in(world.therapist).get(address).status_code == 200
    night(world, closed().lock)
    assert sign_in(world.therapist).get(address).status_code == 404


def test_nobody_writes_in_a_locked_record(world, ended, sign_in):
    night(world, closed().lock)
    supervisor = sign_in(world.supervisor)
    step = {"text": "Ringe", "due_on": world.today.isoformat(), "who": "Kari"}
    assert supervisor.post(f"/deltakere/{ended.pk}/neste-steg/ny/", step).status_code == 403
    page = supervisor.get(f"/deltakere/{ended.pk}/")
    assert page.status_code == 200
    assert "Låst" in page.content.decode()
    with seen_by(world.supervisor, world.today), transaction.atomic(), pytest.raises(ProgrammingError, match="policy"):
        NextStep.objects.create(participant=ended, text="Ringe", due_on=world.today)


def test_a_new_referral_opens_a_locked_record_again(world, ended, sign_in):
    night(world, closed().lock)
    answer = sign_in(world.supervisor).post(
        f"/henvisninger/ny/?deltaker={ended.pk}",
        {"source": "person", "wish": "Vil prøve igjen.", "received_on": world.today.isoformat(), "protected": "no"},
    )
    assert answer.status_code == 302, answer.content.decode()
    assert not locked(ended)
    night(world, closed().lock)
    assert not locked(ended)


def test_the_record_is_exported_whole_and_for_nobody_else_to_read(world, ended, archive):
    with as_owner():
        world.vakker.next_steps.create(text="Første utgave", due_on=world.today)
        world.vakker.next_steps.update(text="Ringe bakeriet")
    night(world, closed().export)
    files = sorted(path for path in archive.rglob("*") if path.is_file())
    assert [path.suffix for path in files] == [".json", ".pdf"]
    assert {stat.S_IMODE(os.stat(path).st_mode) for path in files} == {0o600}
    assert files[1].read_bytes().startswith(b"%PDF")
    record = json.loads(files[0].read_text())
    text = files[0].read_text()
    assert record["title"] == "Vakker Blomst"
    assert {"Neste steg", "Kontakt", "Notat om kontakten", "Periode"} <= {part["label"] for part in record["parts"]}
    assert "Ringe bakeriet" in text
    assert "Første utgave" in text  # an earlier version
    assert "Stille" not in text
    with as_owner():
        assert Export.objects.get().participant_id == ended.pk


def test_the_record_is_erased_on_its_day_and_never_without_an_export(world, ended, archive):
    night(world, closed().erase)  # locked and exported only now: the owner has time to fetch it
    with as_owner():
        assert Participant.objects.filter(pk=ended.pk).exists()
        Export.objects.update(at=timezone.now())
    night(world, closed().erase - 1)
    with as_owner():
        assert Participant.objects.filter(pk=ended.pk).exists()
    night(world, closed().erase)
    with as_owner():
        assert not Participant.objects.filter(pk=ended.pk).exists()
        sealed = Sealed.objects.get()
        assert (sealed.kind, sealed.reason, sealed.asked_by) == ("deltaker", "time_out", None)
        assert Participant.objects.filter(pk=world.stille.pk).exists()


@pytest.mark.parametrize("open_again", ["period", "referral"])
def test_nothing_of_one_who_came_back_is_erased(world, ended, archive, open_again):
    night(world, closed().export)
    with as_owner():
        if open_again == "period":
            ended.periods.update(ends_on=None, end_reason="")
        else:
            Referral.objects.create(
                participant=ended,
                service=world.bodo,
                received_on=world.today,
                source="nav",
                wish="Igjen",
                short_name="V",
            )
    night(world, closed().erase + 100)
    with as_owner():
        assert Participant.objects.filter(pk=ended.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE fotfeste_worker")
        cursor.execute("SELECT erase_closed(%s, %s, 0)", [ended.pk, world.today + timedelta(900)])
        assert cursor.fetchone() == (False,)
        cursor.execute("SET ROLE fotfeste_web")


def test_a_file_that_cannot_be_written_leaves_no_export(world, ended, archive):
    archive.parent.mkdir(exist_ok=True)
    archive.write_text("not a folder")
    night(world, closed().export)
    with as_owner():
        assert not Export.objects.exists()
        assert locked(ended)


def test_what_has_its_own_time_goes_when_it_is_out(world):
    with as_owner():
        for age in (6, 9):
            SentForm.objects.create(
                user=world.specialist,
                key=f"00000000-0000-4000-8000-00000000000{age}",
                at=timezone.now() - timedelta(days=age),
            )
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE fotfeste_worker")
        gone = nightly.erase_old(world.today)
        cursor.execute("SET ROLE fotfeste_web")
    assert gone["audit_sentform"] == 1
    with as_owner():
        assert SentForm.objects.count() == 1


def test_the_command_says_what_would_be_done_and_does_nothing(world, ended):
    said = StringIO()
    with as_owner():
        call_command("retention", "--dager", str(closed().lock), stdout=said)
    assert "IPS Bodø: 1 låses, 0 skrives til arkivet, 0 slettes" in said.getvalue()
    assert "Vakker" not in said.getvalue()
    assert not locked(ended)


@pytest.mark.parametrize("who", ["supervisor", "administrator"])
def test_the_page_counts_what_comes_up_and_names_nobody(world, ended, sign_in, who):
    with as_owner():
        long_ago = world.today - timedelta(900)
        ended.referrals.update(received_on=long_ago, concluded_on=long_ago)
        ended.periods.update(starts_on=long_ago, ends_on=world.today - timedelta(closed().lock - 20))
    page = sign_in(world.people[who]).get("/oppbevaring/").content.decode()
    assert "<td>1</td><td>0</td><td>0</td>" in page
    assert "Vakker" not in page
