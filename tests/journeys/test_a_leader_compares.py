"""A leader holds two definitions against each other, takes the numbers home, and cannot find a person in any of it."""

import re
from io import BytesIO

import docx
import openpyxl
from django.urls import reverse

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.models import Contact, Employer, Job, Participant, Term
from fotfeste_web.figures.compute import store_results
from fotfeste_web.figures.models import ServiceResults
from tests.database import as_owner
from tests.journeys.conftest import DESK
from tests.journeys.person import Person
from tests.method.documents.printed_text import printed_text
from tests.site.test_figures import grown  # noqa: F401

SIXTEEN, TWENTY = "Jobbstarter på 16 timer eller mer", "Jobbstarter på 20 timer eller mer"


def test_a_leader_compares_two_definitions_and_finds_nobody(grown, browser_page):  # noqa: F811
    with as_owner():  # of eight starts in one quarter, two are of 17 hours: the two would be the difference
        Term.objects.filter(pk__in=Term.objects.filter(support=[]).values("pk")[:2]).update(hours_per_week=17)
    store_results(grown.bodo.pk, grown.today)
    hidden = everybody()
    per = Person(browser_page(grown.leader, width=DESK, scripts=False))

    compares(per)
    assert SIXTEEN in per.text()
    found = [name for name in hidden if name in per.page.content()]
    sees_not_the_two(per)
    for content in downloads(per, grown.today.year - 1):
        assert "skjult" in content
        found += [name for name in hidden if name in content]
    assert found == []
    guesses(per, grown)

    with as_owner():
        took = WriteEvent.objects.filter(user=grown.leader).order_by("pk").values_list("action", "details__code")
        assert list(took) == [("results.downloaded", code) for code in ("csv", "xlsx", "pdf", "report_docx")]


def everybody() -> set[str]:
    """The names and identifiers of all who get help, and of those who help them."""
    with as_owner():
        people = list(Participant.objects.all())
        helpers = User.objects.filter(memberships__role="jobbspesialist").values_list("name", flat=True)
        employers = Employer.objects.values_list("name", flat=True)
        return {
            *(text for one in people for text in (str(one), one.short_name, str(one.pk))),
            *(f"{one.first_name} " for one in people),
            *helpers,
            *employers,
        }


def compares(per: Person) -> None:
    per.page.goto("/tall/")
    per.menu("Resultater")
    per.is_at("Resultater")
    per.pick("Tall", SIXTEEN)
    per.pick("Ved siden av", TWENTY)
    per.press("Vis")
    per.sees(
        "Jobbstarter med minst 16 avtalte timer i uka",
        "Jobbstarter med minst 20 avtalte timer i uka",
        "starts_of_20_hours",
        "Tall fra 1 til 4 er skjult",
    )


def sees_not_the_two(per: Person) -> None:
    """Where both numerators stand, they are equal or at least five apart."""
    numerators = [table.locator("td[data-label=Teller]").all_text_contents() for table in tables(per)]
    assert len(numerators) == 2
    apart = [int(a) - int(b) for a, b in zip(*numerators, strict=True) if "skjult" not in (a, b)]
    assert all(one == 0 or one >= 5 for one in apart)
    assert any("skjult" in pair for pair in zip(*numerators, strict=True))
    with as_owner():
        told = ServiceResults.objects.get(audience="team").results["figures"]
        whole = [(told[f"starts_of_{h}_hours"], h) for h in (16, 20)]
    assert any(whole[0][0][span]["n"] - whole[1][0][span]["n"] == 2 for span in whole[0][0])


def tables(per: Person):
    return per.page.locator(".side-by-side table").all()


def downloads(per: Person, year: int):
    """Every file that the page offers, as text."""
    for link, read in (("CSV", bytes.decode), ("Excel", of_a_sheet), ("PDF", printed_text), (f"{year}, Word", of_word)):
        with per.page.expect_download() as waiting:
            per.follow(link)
        yield read(waiting.value.path().read_bytes())


def of_a_sheet(content: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(content))
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def of_word(content: bytes) -> str:
    told = docx.Document(BytesIO(content))
    cells = [cell.text for table in told.tables for row in table.rows for cell in row.cells]
    return " ".join([*(one.text for one in told.paragraphs), *cells])


def guesses(per: Person, world) -> None:
    with as_owner():
        job, contact = Job.objects.first(), Contact.objects.first()
    for address in (
        reverse("participants"),
        reverse("participant", args=[world.vakker.pk]),
        reverse("job", args=[job.pk]),
        reverse("contact", args=[contact.pk]),
        reverse("team"),
        reverse("results_download", args=["json"]),
        f"{reverse('results')}?tjeneste={world.drammen.pk}",
        f"{reverse('results_download', args=['csv'])}?tjeneste={world.drammen.pk}",
        f"{reverse('results')}?tall=year_age",
    ):
        assert per.page.goto(address).status in (403, 404), address
    for more in ("audience=team", "jobbspesialist=1", "whole=1"):
        per.page.goto(f"{reverse('results')}?tall=access&{more}")
        assert not re.search("per jobbspesialist", per.text())
