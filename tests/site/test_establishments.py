"""The directory of establishments: read from Enhetsregisteret's file, and looked up in when an employer is new.

The files are made up in the shape that Enhetsregisteret publishes (data.brreg.no, «underenheter/lastned»): nested in
JSON, flat and with dots in CSV. It tells of one to four employees only that there are some.
"""

import csv
import gzip
import json
import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from fotfeste.norway.organisation import make_synthetic_organisation
from fotfeste_web.caseload.models import Employer
from fotfeste_web.establishments import reading
from fotfeste_web.establishments.models import Establishment
from tests.database import as_owner

RNG = random.Random(4)
BAKERY, SMALL, ALONE, GONE, FAR = (make_synthetic_organisation(RNG) for _ in range(5))
PLACES = {"1804": "BODØ", "5501": "TROMSØ"}


def unit(number, name, *, staff, place="1804", **more):
    """A sub-unit. ``staff`` is the number, or «few» for those that are not told."""
    told = {"harRegistrertAntallAnsatte": True} if staff == "few" else {"antallAnsatte": staff}
    return {
        "organisasjonsnummer": number,
        "navn": name,
        "organisasjonsform": {"kode": "BEDR", "beskrivelse": "Underenhet til næringsdrivende"},
        "naeringskode1": {"kode": "10.710", "beskrivelse": "Produksjon av brød og ferske konditorvarer"},
        "harRegistrertAntallAnsatte": staff != 0,
        "beliggenhetsadresse": {"adresse": ["Storgata 1"], "kommune": PLACES[place], "kommunenummer": place},
        "overordnetEnhet": "300000000",
    } | (told | more)


UNITS = [
    unit(BAKERY, "SALTEN BAKERI OG KAFÉ AS", staff=12),
    unit(SMALL, "OLA NORDMANN RØRLEGGER", staff="few"),
    unit(ALONE, "KARI NORDMANN", staff=0),
    unit(GONE, "GAMLE BAKERI", staff=7, nedleggelsesdato="2020-01-31"),
    unit(FAR, "BAKERI NORD", staff=30, place="5501"),
]


def flat(row):
    """One row as the CSV has it."""
    told = {}
    for name, value in row.items():
        if isinstance(value, dict):
            told |= {f"{name}.{part}": ", ".join(v) if isinstance(v, list) else v for part, v in value.items()}
        else:
            told[name] = str(value).lower() if isinstance(value, bool) else value
    return told


def as_csv(units):
    out, rows = StringIO(), [flat(row) for row in units]
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def as_json(units):
    return json.dumps(units, ensure_ascii=False, indent=1)


def put(folder, text, *, packed=True):
    file = folder / "underenheter"
    file.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    return file


def load(file, *options):
    out = StringIO()
    with as_owner():
        call_command("employers_from_register", str(file), *options, stdout=out, stderr=StringIO())
    return out.getvalue().replace("\u00a0", " ")


def there():
    return {one.pk: (one.name, one.municipality) for one in Establishment.objects.all()}


@pytest.mark.django_db
@pytest.mark.parametrize("packed", [True, False], ids=["packed", "as it is"])
@pytest.mark.parametrize("written", [as_json, as_csv])
def test_those_with_staff_are_kept_and_persons_who_work_alone_are_not(tmp_path, written, packed):
    told = load(put(tmp_path, written(UNITS), packed=packed))
    assert there() == {
        BAKERY: ("SALTEN BAKERI OG KAFÉ AS", "1804"),
        SMALL: ("OLA NORDMANN RØRLEGGER", "1804"),
        FAR: ("BAKERI NORD", "5501"),
    }
    assert told == ("3 arbeidssteder kan slås opp. Utelatt: 1 uten ansatte, 1 nedlagte, 0 i andre kommuner.\n")


@pytest.mark.django_db
def test_read_again_it_is_what_the_new_file_says(tmp_path):
    load(put(tmp_path, as_json(UNITS)))
    renamed = [unit(BAKERY, "SALTEN BRØD AS", staff=5), unit(ALONE, "KARI NORDMANN AS", staff=1)]
    load(put(tmp_path, as_json([*renamed, renamed[0]])))  # the same one twice is one
    assert there() == {BAKERY: ("SALTEN BRØD AS", "1804"), ALONE: ("KARI NORDMANN AS", "1804")}
    assert [one.pk for one in Establishment.objects.sought("brød")] == [BAKERY]
    assert Establishment.objects.sought("kafé") == []


@pytest.mark.django_db
def test_only_some_municipalities_when_that_is_asked_for(tmp_path):
    assert "2 i andre kommuner" in load(put(tmp_path, as_json(UNITS)), "--kommune", "5501")
    assert there().keys() == {FAR}
    with pytest.raises(CommandError, match="9999 er ikke et kommunenummer"):
        load(put(tmp_path, as_json(UNITS)), "--kommune", "9999")


BAD = unit("123456789", "FEIL", staff=3)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (gzip.compress(as_json(UNITS).encode())[:-30], "ikke lastet ned helt"),
        (as_json(UNITS)[:-3].encode(), "ikke lastet ned helt"),
        (as_json([*UNITS, BAD]).encode(), "Rad 6, organisasjonsnummer: «123456789» er ikke et organisasjonsnummer"),
        (b"navn;sted\r\nBrygga;Bod\xc3\xb8\r\n", "Rad 1 mangler organisasjonsnummer"),
        (b'"organisasjonsnummer","navn"\n"9', "Rad 1 mangler navn"),
        (b"\xff\xfe\x00", "kan ikke pakkes ut"),
    ],
    ids=["cut short", "cut short, not packed", "no number", "another file", "half a row", "no text"],
)
def test_a_file_that_cannot_be_read_to_its_end_changes_nothing(tmp_path, content, sentence):
    load(put(tmp_path, as_json(UNITS)))
    file = tmp_path / "underenheter.json"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=sentence) as refused:
        load(file)
    assert refused.value.returncode == 2
    assert len(there()) == 3


def test_a_list_in_many_pieces_is_the_same_list(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "PIECE", 7)
    file = put(tmp_path, as_json(UNITS), packed=False)
    assert [row.organisation_number for row in reading.read(file)] == [BAKERY, SMALL, ALONE, GONE, FAR]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bakeri", [FAR, BAKERY]),  # the name begins with it
        ("KAFÉ sal", [BAKERY]),
        ("rør", [SMALL]),
        ("akeri", []),
        ("ba", []),
        ("b & a | ! (", [BAKERY]),  # signs are no words
        (f" {FAR[:3]} {FAR[3:6]} {FAR[6:]} ", [FAR]),
    ],
)
def test_a_place_is_found_by_the_beginnings_of_its_words_or_by_its_number(tmp_path, text, found):
    load(put(tmp_path, as_json(UNITS)))
    assert [one.pk for one in Establishment.objects.sought(text)] == found


@pytest.mark.django_db
def test_the_search_uses_the_index(tmp_path):
    load(put(tmp_path, as_json(UNITS)))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT * FROM establishments_establishment"
            " WHERE to_tsvector('simple'::regconfig, coalesce(words, '')) @@ to_tsquery('simple'::regconfig, 'bak:*')"
        )
        assert "establishment_words" in "\n".join(line for (line,) in cursor.fetchall())


def test_a_new_employer_begins_with_what_the_register_says(world, sign_in, tmp_path):
    load(put(tmp_path, as_json(UNITS)))
    client, address = sign_in(world.specialist), reverse("employer_add")
    page = client.get(address, {"finn": "salten"}).content.decode()
    assert f"?nummer={BAKERY}" in page
    assert "Bodø" in page
    form = client.get(address, {"nummer": BAKERY}).context["form"]
    shown = {name: form[name].value() for name in ("name", "organisation_number", "municipality")}
    assert shown == {
        "name": "SALTEN BAKERI OG KAFÉ AS",
        "organisation_number": BAKERY,
        "municipality": "Bodø (1804)",
    }
    assert client.post(address, shown | {"version": "1"}).status_code == 302
    with as_owner():
        made = Employer.objects.get(organisation_number=BAKERY)
        assert (made.service, made.municipality) == (world.bodo, "1804")


def test_where_no_file_was_read_the_form_says_nothing_of_it(world, sign_in):
    assert "Enhetsregisteret" not in sign_in(world.specialist).get(reverse("employer_add")).content.decode()
