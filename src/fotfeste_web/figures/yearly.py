"""Årsrapport: a minimum set of numbers for one calendar year. Our own proposal, and labelled so."""

from collections.abc import Iterable, Mapping
from typing import Any

from fotfeste.documents import Block, Document, Heading, Note, Paragraph, Table
from fotfeste.indicators.definitions import indicator_definition
from fotfeste_web.organisations.models import Service, TreatmentTeam
from fotfeste_web.ui.formats import number, percent
from fotfeste_web.ui.rooms import rooms

from .models import Audience, ServiceResults
from .results_page import HIDDEN, HIDDEN_NOTE, NOTHING, count, line_of
from .words import reason
from .year import MONTHS_AFTER, UNKNOWN

OURS = (
    "Vårt eget forslag til et minste sett, ikke Helsedirektoratets skjema. Det følger utfallene som evalueringene av"
    " IPS bruker."
)
NOT_RECORDED = "Kjønn og lønn i kroner registreres ikke i Fotfeste, og står derfor ikke her."
AGES = {
    "under_25": "Under 25 år",
    "25_34": "25–34 år",
    "35_44": "35–44 år",
    "45_and_over": "45 år og over",
    UNKNOWN: "Ikke oppgitt",
}
OF_THE_METHOD = {
    "Veien til jobb": ("days_to_first_employer_contact", "days_to_first_job"),
    "Arbeid": ("job_rate_caseload", "job_starts", "starts_of_16_hours", "starts_of_20_hours", "sustained_13_weeks"),
    "Utdanning": ("in_education", "education_completed"),
}
Cells = Mapping[str, Mapping[str, Any]]


def report(stored: ServiceResults, service: Service, year: int) -> Document:
    cells = {figure: of[str(year)] for figure, of in stored.results["figures"].items() if str(year) in of}
    blocks: list[Block] = [Note(OURS)]
    if stored.audience == Audience.READERS:
        blocks.append(Note(HIDDEN_NOTE))
    blocks += [*_people(cells, service), *_staff(cells)]
    for heading, figures in OF_THE_METHOD.items():
        rows = [_of_the_method(figure, cells.get(figure)) for figure in figures]
        blocks += [Heading(heading), _table(heading, rows, ("Tall", "Verdi", "Teller", "Nevner", "Utelatt"))]
    blocks += _more_work(cells)
    ended = [(reason("closures", id).capitalize(), count(n)) for id, n in cells["closures"].get("parts", {}).items()]
    blocks += [Heading("Avslutninger"), _table("Deltakere som ble avsluttet, etter grunn", ended or [("Ingen", "0")])]
    blocks += [Heading("Metodetrohet"), *_fidelity(service, year), Note(NOT_RECORDED)]
    return Document(title=f"Årsrapport {year}", subtitle=str(service), made_on=stored.on, blocks=tuple(blocks))


def _people(cells: Cells, service: Service) -> Iterable[Block]:
    yield Heading("Deltakere")
    flow = (
        ("Nye, med oppstartsmøte i året", cells["access"]["n"]),
        ("I oppfølging en eller flere dager", cells["job_rate_caseload"]["of"]),
        ("I oppfølging årets siste dag", cells["year_last_day"]["n"]),
        ("Avsluttet", cells["closures"]["n"]),
        ("Fikk ikke tilbud", cells["not_offered"]["n"]),
    )
    yield _table("Deltakere i året", [(label, count(n)) for label, n in flow])
    ages = cells["year_age"].get("parts", {})
    yield _table(
        "Alder de fylte i året", [(AGES[id], count(ages[id])) for id in AGES if id in ages] or [("Ingen", "0")]
    )
    teams = {str(pk): name for pk, name in TreatmentTeam.objects.filter(service=service).values_list("pk", "name")}
    theirs = cells["year_team"].get("parts", {}).items()
    named = sorted((teams.get(id, "Ikke oppgitt"), count(n)) for id, n in theirs)
    yield _table("Behandlingsteam", named or [("Ingen", "0")])


def _staff(cells: Cells) -> Iterable[Block]:
    yield Heading("Jobbspesialister")
    posts, followed = cells["year_posts"]["posts"], cells["year_last_day"]["n"]
    each = HIDDEN if followed is None else number(followed / posts, 1) if posts else NOTHING
    rows = [("Hele stillinger årets siste dag", number(posts, 1)), ("Deltakere per hel stilling", each)]
    yield _table("Stillinger og deltakere per stilling", rows)


def _of_the_method(figure: str, cell: Mapping[str, Any] | None) -> tuple[str, ...]:
    definition = indicator_definition(figure, cell["version"]) if cell else indicator_definition(figure)
    line = line_of(definition, "", cell)
    return (f"{definition.name_nb} ({figure} versjon {definition.version})", line.value, line.n, line.of, line.left_out)


def _more_work(cells: Cells) -> Iterable[Block]:
    yield Heading("Timer, lærlinger og varighet")
    hours, longest = cells["year_hours"]["median"], cells["year_longest_job"]["median"]
    yield _table(
        "Jobbene",
        [
            ("Avtalte timer i uka ved jobbstart, median", HIDDEN if hours is None else number(hours)),
            ("Læreplasser som begynte", count(cells["year_apprentices"]["n"])),
            ("Den lengste jobben til hver, median dager", HIDDEN if longest is None else number(longest)),
        ],
    )
    later = [(f"{months} måneder", cells[f"year_in_work_{months}"]) for months in MONTHS_AFTER]
    rows = [(after, _share(cell), count(cell["n"]), count(cell["of"])) for after, cell in later]
    yield _table("I ordinært arbeid så lenge etter oppstart", rows, ("Etter", "Andel", "Teller", "Nevner"))
    yield Paragraph("Av dem som hadde dagen i året, også de som var i arbeid ved oppstart eller er avsluttet.")


def _share(cell: Mapping[str, Any]) -> str:
    if cell["n"] is None or cell["of"] is None:
        return HIDDEN
    return percent(cell["n"] / cell["of"]) if cell["of"] else NOTHING


def _fidelity(service: Service, year: int) -> Iterable[Block]:
    lines = [line for room in rooms() for line in room.yearly(service.pk, year)]
    if lines:
        yield Table(("Hva", "Svar"), tuple(lines), caption="Siste signerte kvalitetsvurdering")
    else:
        yield Paragraph("Ingen signert kvalitetsvurdering som du kan se.")


def _table(caption: str, rows: Iterable[tuple[str, ...]], columns: tuple[str, ...] = ("Hva", "Tall")) -> Table:
    return Table(columns, tuple(rows), caption=caption, numeric=frozenset(range(1, min(len(columns), 4))))
