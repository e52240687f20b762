"""Resultater: what a leader reads, what a supervisor reads, and what is taken away as a file."""

import csv
from datetime import date
from io import BytesIO, StringIO

import docx
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from fotfeste.indicators.records import Assignment, Records
from fotfeste_web.audit.models import WriteEvent
from fotfeste_web.caseload.models import Participant
from fotfeste_web.figures.compute import store_results
from fotfeste_web.figures.models import ServiceFigures, ServiceResults
from fotfeste_web.figures.results import results_of, spans, whose
from fotfeste_web.figures.tasks import figures_of_one, figures_of_the_night
from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.scope import seen_by
from tests.database import as_owner
from tests.site.test_figures import grown  # noqa: F401
from tests.site.test_results_disclosure import records


@pytest.fixture
def stored(grown):  # noqa: F811
    store_results(grown.bodo.pk, grown.today)
    return grown


def test_the_quarters_are_the_last_eight_that_are_over_and_the_years_those_wholly_in_them():
    told = spans(date(2026, 5, 20))
    assert [span.id for span in told] == [
        *("2024-2", "2024-3", "2024-4", "2025-1", "2025-2", "2025-3", "2025-4", "2026-1"),
        "2025",
    ]
    assert [span.id for span in spans(date(2026, 1, 1))][-2:] == ["2024", "2025"]


def test_the_figures_of_the_job_specialists_add_up_to_those_of_the_service():
    made = records([(10 * n, None, None, False, [(30, 100, 20)]) for n in range(24)])
    began = {one.id: one.entered_on for one in made.participants}
    held = tuple(Assignment(participant=id, specialist=str(int(id[1:]) % 3), starts_on=on) for id, on in began.items())
    told = results_of(made.__class__(**{**_fields(made), "assignments": held}), date(2026, 2, 10))
    for figure in ("access", "job_rate_caseload", "job_starts", "days_to_first_job"):
        for span, cell in told["figures"][figure].items():
            theirs = [of[figure][span] for of in told["specialists"].values() if span in of[figure]]
            assert sum(n for n, _, _ in theirs) == cell["n"], (figure, span)
            assert sum(of or 0 for _, of, _ in theirs) == cell.get("of", 0), (figure, span)


def _fields(made):
    return {name: getattr(made, name) for name in made.__dataclass_fields__}


def test_in_a_period_a_participant_is_the_last_ones_who_had_them():
    moved = (
        Assignment(participant="p", specialist="1", starts_on=date(2025, 1, 1), ends_on=date(2025, 5, 1)),
        Assignment(participant="p", specialist="2", starts_on=date(2025, 5, 1)),
    )
    made = records([])
    told = made.__class__(**{**_fields(made), "assignments": moved})
    quarters = {span.id: dict(whose(told, span.days)) for span in spans(date(2025, 10, 1))}
    assert quarters["2025-1"] == {"p": "1"}
    assert quarters["2025-2"] == quarters["2025-3"] == {"p": "2"}


def test_the_database_gives_each_the_results_they_may_see(stored):
    for who, audiences in (
        ("supervisor", ["team", "readers"]),
        ("leader", ["readers"]),
        ("researcher", ["readers"]),
        ("specialist", []),
        ("outside_leader", []),
    ):
        with seen_by(stored.people[who], stored.today):
            assert list(ServiceResults.objects.values_list("audience", flat=True)) == audiences, who


def test_what_is_stored_for_readers_holds_no_small_number_and_no_job_specialist(stored):
    with as_owner():
        readers, team = (ServiceResults.objects.get(audience=one).results for one in ("readers", "team"))
    assert "specialists" in team
    assert "specialists" not in readers
    small = {
        (figure, span, name)
        for figure, cells in team["figures"].items()
        for span, cell in cells.items()
        for name in ("n", "of")
        if 1 <= (cell.get(name) or 0) <= 4
    }
    assert small
    for figure, span, name in small:
        cell = readers["figures"][figure].get(span)
        assert cell is None or cell[name] is None
    assert not {str(one.pk) for one in _everybody()} & set(str(team).replace("'", " ").split())


def _everybody():
    with as_owner():
        return list(Participant.objects.all())


def test_a_leader_holds_two_definitions_against_each_other_without_a_script(stored, sign_in):
    page = sign_in(stored.leader).get(reverse("results"), {"tall": "job_rate_cohort_18", "ved": "job_rate_ips_grow"})
    text = page.content.decode()
    for said in ("I jobb innen 18 måneder", "Kom i jobb (IPS Grow 2024)", "job_rate_ips_grow", "versjon 1", "skjult"):
        assert said in text
    assert "per jobbspesialist" not in text
    assert not [str(one) for one in _everybody() if str(one) in text or str(one.pk) in text]


def test_a_supervisor_sees_each_job_specialist_and_all_numbers(stored, sign_in):
    text = sign_in(stored.supervisor).get(reverse("results"), {"tall": "access"}).content.decode()
    assert "Nye deltakere per jobbspesialist" in text
    assert "Kari Nilsen" in text
    assert "skjult" not in text


@pytest.mark.parametrize("asked", [{"tall": "x"}, {"ved": "x"}, {"tjeneste": "9" * 30}, {"tall": "access'--"}])
def test_an_address_that_somebody_made_up_is_no_page(world, sign_in, asked):
    assert sign_in(world.leader).get(reverse("results"), asked).status_code == 404


def test_the_page_asks_as_much_of_the_database_however_many_they_are(stored, sign_in, django_assert_num_queries):
    client, few = sign_in(stored.supervisor), ServiceResults.objects.all()
    client.get(reverse("results"))
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("results"))
    with as_owner():
        few.update(results=results_of(Records(), stored.today) | {"specialists": {str(stored.specialist.pk): {}}})
    with django_assert_num_queries(len(many)):
        client.get(reverse("results"))


def test_before_the_first_night_there_is_a_button_that_has_them_worked_out_once(grown, sign_in):  # noqa: F811
    client = sign_in(grown.leader)
    assert "Ingen resultater ennå" in client.get(reverse("results")).content.decode()
    for _ in range(2):
        assert client.post(reverse("results")).status_code == 302
    with as_owner():
        assert [job.args for job in ProcrastinateJob.objects.all()] == [{"service_id": grown.bodo.pk}]
        assert WriteEvent.objects.filter(action="results.asked", user=grown.leader).count() == 2


def test_at_night_each_service_has_a_job_of_its_own_that_stores_both_variants(world):
    figures_of_the_night(timestamp=0)
    with as_owner():
        asked = [job.args["service_id"] for job in ProcrastinateJob.objects.order_by("id")]
    assert asked == [world.bodo.pk, world.drammen.pk]
    figures_of_one(world.bodo.pk)
    with as_owner():
        assert sorted(ServiceResults.objects.values_list("audience", flat=True)) == ["readers", "team"]
        assert ServiceFigures.objects.filter(service=world.bodo).count() == 1


def test_results_of_today_are_not_worked_out_again(stored, sign_in):
    client = sign_in(stored.leader)
    assert "Regn ut nå" not in client.get(reverse("results")).content.decode()
    client.post(reverse("results"))
    with as_owner():
        assert not ProcrastinateJob.objects.exists()
        assert not WriteEvent.objects.filter(action="results.asked").exists()


def download(client, format):
    answer = client.get(reverse("results_download", args=[format]))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    return answer.content


def test_a_spreadsheet_runs_nothing_that_somebody_wrote_as_a_name(stored, sign_in):
    with as_owner():
        Service.objects.filter(pk=stored.bodo.pk).update(name='=HYPERLINK("http://x.example")')
        stored.specialist.name = "@SUM(1+1)"
        stored.specialist.save()
    client = sign_in(stored.supervisor)
    lines = list(csv.reader(StringIO(download(client, "csv").decode("utf-8-sig")), delimiter=";"))
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@"))]
    assert "'@SUM(1+1)" in {line[7] for line in lines}
    cells = [
        c for row in openpyxl.load_workbook(BytesIO(download(client, "xlsx")))["Resultater"].iter_rows() for c in row
    ]
    assert "f" not in {cell.data_type for cell in cells}
    assert '=HYPERLINK("http://x.example")' in {cell.value for cell in cells}


def test_a_file_holds_the_numbers_of_the_page_and_who_took_it_is_told(stored, sign_in):
    client = sign_in(stored.leader)
    table = list(csv.DictReader(StringIO(download(client, "csv").decode("utf-8-sig")), delimiter=";"))
    with as_owner():
        figures = ServiceResults.objects.get(audience="readers").results["figures"]
    for line in table:
        cell = figures[line["tall"]].get(line["periode"])
        told = {None: "skjult"}.get(cell["n"], str(cell["n"])) if cell else "for tidlig"
        assert line["teller"] == told
        assert line["jobbspesialist"] == ""
    sheet = openpyxl.load_workbook(BytesIO(download(client, "xlsx")))["Resultater"]
    assert [str(row[8].value) for row in sheet.iter_rows(min_row=2)] == [line["teller"] for line in table]
    assert download(client, "pdf").startswith(b"%PDF")
    with as_owner():
        took = WriteEvent.objects.filter(action="results.downloaded", user=stored.leader, service_id=stored.bodo.pk)
        assert [one.details for one in took.order_by("pk")] == [{"code": "csv"}, {"code": "xlsx"}, {"code": "pdf"}]


def test_a_format_that_there_is_not_leaves_no_trace(stored, sign_in):
    assert sign_in(stored.leader).get(reverse("results_download", args=["exe"])).status_code == 404
    with as_owner():
        assert not WriteEvent.objects.filter(action="results.downloaded").exists()


def test_the_yearly_report_holds_the_minimum_set_and_says_whose_it_is(stored, sign_in):
    client, year = sign_in(stored.supervisor), stored.today.year - 1
    address = reverse("yearly_report", args=[year])
    assert client.get(address).content.startswith(b"%PDF")
    told = docx.Document(BytesIO(client.get(address, {"som": "docx"}).content))
    text = " ".join(
        [one.text for one in told.paragraphs]
        + [cell.text for table in told.tables for row in table.rows for cell in row.cells]
    )
    # The minimum set, in the words of the report.
    for said in (
        *("Vårt eget forslag", f"Årsrapport {year}", "Nye, med oppstartsmøte", "I oppfølging", "Avsluttet", "Alder"),
        *("Kjønn", "Behandlingsteam", "Hele stillinger", "Deltakere per hel stilling", "første arbeidsgivermøte"),
        *("første jobb", "I jobb i perioden", "Jobbstarter", "timer i uka", "lønn", "lengste jobben", "6 måneder"),
        *("12 måneder", "18 måneder", "43 måneder", "utdanning", "Læreplasser", "Grunn", "Metodetrohet"),
    ):
        assert said.lower() in text.lower(), said
    with as_owner():
        took = WriteEvent.objects.filter(action="results.downloaded").order_by("pk")
        assert [one.details for one in took] == [{"code": "report_pdf"}, {"code": "report_docx"}]


@pytest.mark.parametrize("address", [("1999", {}), ("9" * 12, {}), ("2025", {"som": "exe"})])
def test_there_is_no_report_of_a_year_that_is_not_whole(stored, sign_in, address):
    year, asked = address
    assert sign_in(stored.leader).get(f"/resultater/arsrapport/{year}/", asked).status_code == 404
