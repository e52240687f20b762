"""Rapport: what was signed, as PDF, Word and CSV; each download is logged."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import docx as python_docx
import pytest
from django.urls import reverse

from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.fidelity.models import Consensus
from tests.database import as_owner
from tests.method.documents.printed_text import printed_text
from tests.site.reviews import ITEMS, going_on, sign, signed

TRAP = '=HYPERLINK("https://a.example","Se her")'


@pytest.fixture
def review(world):
    """The second of two: 15 went from 2 to 4, 21 from 4 to 3; every item with words and a figure."""
    year_ago = world.today - timedelta(days=400)
    two_days, half_a_year = timedelta(days=2), timedelta(days=180)
    days = {"starts_on": year_ago, "ends_on": year_ago + two_days}
    signed(world, {"15": 2}, **days, period_starts_on=year_ago - half_a_year, period_ends_on=year_ago)
    made = going_on(world)
    with as_owner():
        Consensus.objects.bulk_create(
            Consensus(
                review=made, item=item, value=3 if item == "21" else 4, comment=f"Sett på {item}.",
                recommendation=TRAP if item == "21" else "", suggested="80 %, 12 av 15 jobber.\n* Ikke kontrollert.",
                set_by=world.reviewer,
            )
            for item in ITEMS
        )  # fmt: skip
    sign(made)
    return made


def download(client, review, kind):
    answer = client.get(reverse("review_report", args=[review.pk, kind]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="kvalitetsvurdering-{review.starts_on}.{kind}"'
    return answer.content


def blankless(text):
    return "".join(text.split())


def test_the_pdf_says_all_that_was_signed(world, review, sign_in):
    content = download(sign_in(world.leader), review, "pdf")
    text = printed_text(content).replace("\N{SOFT HYPHEN}", "")
    for said in (
        "IPS Bodø", "Sum 99 av 125: middels.", "Anne Vik", "Per Foss", "15 Raskt ut til arbeidsgiver",
        "Vurdering: 4 (forrige gang 2, endring +2)", "Vurdering: 3 (forrige gang 4, endring −1)",
        "Begrunnelse: Sett på 15.", f"Anbefaling: {TRAP}", "80 %, 12 av 15 jobber.",
        "Egne ord, ikke skjemaets: ha det offisielle skjemaet ved siden av.",
    ):  # fmt: skip
        assert blankless(said) in text, said
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content


def test_word_has_the_same_words_and_a_drawing(world, review, sign_in):
    made = python_docx.Document(BytesIO(download(sign_in(world.supervisor), review, "docx")))
    text = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert "Sum 99 av 125: middels." in text
    assert f"Anbefaling: {TRAP}" in text
    assert len(made.inline_shapes) == 1


def test_a_spreadsheet_gets_a_line_an_item_and_runs_nothing(world, review, sign_in):
    text = download(sign_in(world.leader), review, "csv").decode("utf-8-sig")
    lines = list(csv.DictReader(StringIO(text), delimiter=";"))
    assert [line["Punkt"] for line in lines] == ITEMS
    by_item = {line["Punkt"]: line for line in lines}
    assert (by_item["15"]["Forrige"], by_item["15"]["Vurdering"], by_item["15"]["Endring"]) == ("2", "4", "+2")
    assert by_item["21"]["Endring"] == "-1"
    assert by_item["21"]["Anbefaling"] == f"'{TRAP}"


def test_the_first_review_of_a_kind_has_nothing_to_compare_with(world, sign_in):
    text = printed_text(download(sign_in(world.leader), signed(world), "pdf"))
    assert blankless("Endring siden") not in text
    assert blankless("forrige gang") not in text


def test_the_same_review_gives_the_same_file(world, review, sign_in):
    client = sign_in(world.leader)
    assert download(client, review, "pdf") == download(client, review, "pdf")


def test_each_download_is_logged_with_its_kind(world, review, sign_in):
    download(sign_in(world.leader), review, "csv")
    with as_owner():
        event = WriteEvent.objects.get(action="review.report_downloaded")
        assert (event.user, event.details) == (world.leader, {"kind": "csv"})


def test_there_is_no_report_before_all_have_signed_and_none_of_another_kind(world, review, sign_in):
    client = sign_in(world.supervisor)
    assert client.get(reverse("review_report", args=[review.pk, "xlsx"])).status_code == 404
    open_still = going_on(world)
    assert client.get(reverse("review_report", args=[open_still.pk, "pdf"])).status_code == 404
    assert "Last ned PDF" in client.get(reverse("review", args=[review.pk])).content.decode()
    assert "Last ned PDF" not in client.get(reverse("review", args=[open_still.pk])).content.decode()
