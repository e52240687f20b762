"""«fotfeste manage codes»: new code lists for the forms, and the old codes still good for what has them."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from fotfeste.norway.codes import counties, municipalities, occupations, renew_from
from fotfeste_web.caseload.forms.employers import MunicipalityField
from fotfeste_web.caseload.models import Employer
from fotfeste_web.ui.fields import OccupationField
from tests.database import as_owner
from tests.method.norway.test_codes import row


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.FOTFESTE_CODES = str(tmp_path / "codes")
    renew_from(tmp_path / "codes")
    yield tmp_path
    renew_from(None)


def answer(folder, name, codes, *, without=(), added=()):
    """Write what Klass would answer from 2025: the codes of now, less some and with some more."""
    told = [
        row(
            code=code.code,
            name=code.name,
            level=str(code.level),
            parentCode=code.parent if code.level > 1 else None,
            validFromInRequestedRange="2025-01-01",
        )
        for code in codes
        if code.code not in without
    ]
    told += [row(validFromInRequestedRange="2025-01-01", **one) for one in added]
    (folder / name).write_text(json.dumps({"codes": told}), encoding="utf-8")


def renew(path):
    out = StringIO()
    call_command("codes", str(path), stdout=out)
    return out.getvalue()


def test_the_newest_are_offered_and_the_old_ones_can_be_kept(folder):
    answer(
        folder, "kommune.json", municipalities().current, without=["1804"], added=[{"code": "1899", "name": "Salten"}]
    )
    told = renew(folder / "kommune.json")
    assert "Kommuner: 357 gjelder fra 1. januar 2025. 1 er nye, 0 har fått nytt navn, 1 har utgått" in told
    field = MunicipalityField()
    assert field.clean("Salten") == "1899"
    assert "Bodø (1804)" not in field.names()
    assert field.clean("Bodø (1804)") == "1804"  # as the form shows what was written before


def test_an_old_record_can_be_opened_and_saved_with_its_old_code(world, sign_in, folder):
    with as_owner():
        Employer.objects.filter(pk=world.employer.pk).update(municipality="1804")
    answer(folder, "kommune.json", municipalities().current, without=["1804"])
    renew(folder)
    client, address = sign_in(world.specialist), reverse("employer_edit", args=[world.employer.pk])
    shown = client.get(address).context["form"]["municipality"].value()
    assert shown == "Bodø (1804)"
    sent = {"name": "Mørkved Dagligvare", "municipality": shown, "trade": "Butikk", "version": "1"}
    assert client.post(address, sent).status_code == 302
    with as_owner():
        assert Employer.objects.get(pk=world.employer.pk).municipality == "1804"


def test_an_occupation_that_has_ended_is_kept_where_it_was_and_offered_nowhere(folder):
    answer(folder, "styrk.json", occupations().current, without=["7512"])
    renew(folder)
    field = OccupationField()
    kept = field.to_python("7512 Bakere, konditorer mv.")
    assert (kept.code, kept.valid_to.year) == ("7512", 2025)
    assert "7512 Bakere, konditorer mv." not in field.widget.suggestions()
    with pytest.raises(Exception, match="Fant ikke yrket"):
        field.to_python("7512")


def test_a_folder_is_read_whole_or_not_at_all(folder):
    answer(folder, "kommune.json", municipalities().current, without=["1804"])
    (folder / "styrk.json").write_text('{"codes": [', encoding="utf-8")
    with pytest.raises(CommandError, match=r"styrk\.json: Filen er ikke et svar fra Klass") as refused:
        renew(folder)
    assert refused.value.returncode == 2
    assert municipalities()["1804"].valid_to is None
    assert not (folder / "codes").exists()


def test_a_list_that_does_not_hold_yet_is_refused(folder):
    later = [row(code=code.code, name=code.name, validFromInRequestedRange="2100-01-01") for code in counties().current]
    (folder / "fylke.json").write_text(json.dumps({"codes": later}), encoding="utf-8")
    with pytest.raises(CommandError, match=r"gjelder først fra 1\. januar 2100"):
        renew(folder / "fylke.json")


def test_a_list_of_something_else_is_refused(folder):
    (folder / "naring.json").write_text(json.dumps({"codes": [row(code="01.11", name="Jordbruk")]}), encoding="utf-8")
    with pytest.raises(CommandError, match="verken yrker"):
        renew(folder / "naring.json")
