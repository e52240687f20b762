"""The report for whoever decides: what it costs, what it gives, for whom, from when, and how sure that is."""

from importlib.metadata import version
from typing import TYPE_CHECKING

from fotfeste.charts.economics.words import PAYERS, money, number, probability
from fotfeste.charts.saving import svg
from fotfeste.commands.economics import printed
from fotfeste.commands.economics.figures import acceptability, horizon, plane, tornado
from fotfeste.commands.economics.sentences import note
from fotfeste.commands.economics.words import RETURNS, in_unit, source_name
from fotfeste.documents import Block, Bullets, Document, Figure, Heading, Note, Paragraph, Table
from fotfeste.economics.breakeven import NoSuchInput, break_even

if TYPE_CHECKING:
    from fotfeste.commands.economics.told import Result

MEANINGS = (
    "Netto nytte er det tiltaket gir, minus det det koster, sammenlignet med det deltakerne ellers ville fått.",
    "Det som kommer senere, teller mindre: beløpene er regnet om til verdien ved oppstart (neddiskontert).",
    "En overføring, som en trygd, flytter penger fra en til en annen. Den er et tap for den ene og en gevinst for den "
    "andre, og samfunnet blir verken rikere eller fattigere av den.",
    "Penger som det offentlige bruker eller sparer, endrer hva skattene koster samfunnet. Det står på egen linje.",
    "Årsverk er arbeid som svarer til full stilling i ett år.",
    "ICER er kostnaden for hver enhet mer av effekten. Effekter som kommer senere, teller også mindre der.",
    "EVPI er det meste det kan være verdt, per deltaker, å finne ut mer før en bestemmer seg.",
)


def report(result: "Result") -> Document:
    """Put the report together."""
    told = result.evaluation
    return Document(
        title=told.title,
        subtitle=f"{told.intervention} sammenlignet med: {told.reference}",
        blocks=(
            Heading("Kort sagt"),
            Bullets(_answer(result)),
            *(Note(note(code)) for code in told.warnings),
            Heading("Hvem betaler, og hvem får"),
            *_payers(result),
            Heading("Hvor langt fram en ser, avgjør"),
            *_horizon(result),
            Heading("Hva som er regnet med"),
            *_counted(result),
            Heading("Hva som ikke er regnet med"),
            Bullets(told.not_counted or ("Filen sier ikke hva som er utelatt.",)),
            Heading("Nøkkeltall"),
            _table(("Tall", "Verdi"), printed.key_rows(result), "Alle tall er per deltaker der ikke annet står."),
            *_returns(result),
            Heading("Hvor sikkert det er"),
            *_sure(result),
            Heading("Ordene"),
            Bullets(MEANINGS),
            Heading("Hvor tallene er fra"),
            *_sources(result),
        ),
    )


def _answer(result: "Result") -> tuple[str, ...]:
    told, currency = result.evaluation, result.evaluation.currency
    amount = money(abs(told.net_benefit), currency)
    gives = (
        f"gir tiltaket {amount} mer enn det koster"
        if told.net_benefit >= 0
        else (f"koster tiltaket {amount} mer enn det gir")
    )
    lines = [
        f"Regnet {number(told.horizon)} måneder fram {gives}, for hver deltaker. "
        f"Det er regnet for {_for_whom(told.perspective)}, i {told.price_year}-priser."
    ]
    if told.net_benefit_of_all is not None:
        of_all = money(told.net_benefit_of_all, currency)
        lines.append(f"For alle {number(told.participants)} deltakerne er netto nytte {of_all}.")
    lines.append(
        f"Det lønner seg fra måned {number(told.pays_from_month)}."
        if told.pays_from_month
        else "I løpet av denne tiden rekker det ikke å tjene seg inn."
    )
    people, years = told.effects.in_work, told.effects.years_in_work
    lines.append(
        f"Ved slutten er {number(100 * abs(people))} {_more(people)} av hver 100 i jobb. "
        f"Hver deltaker har i snitt {number(abs(years), 2)} {_more(years)} år i jobb."
    )
    lines += _turning_points(result)
    if result.simulation:
        sure = probability(result.simulation.probability)
        lines.append(f"Tar en hensyn til hvor usikre tallene er, er sannsynligheten for at det lønner seg {sure}.")
    return tuple(lines)


def _more(effect: float) -> str:
    return "flere" if effect >= 0 else "færre"


def _turning_points(result: "Result") -> list[str]:
    told = result.evaluation
    words = {
        "wage": "De som får jobb, måtte tjent {} i året for full stilling for at det skulle gå i null.",
        "effect": "Effekten måtte vært {} så stor for at det skulle gå i null.",
        "cost": "Tiltaket kunne kostet {} per deltaker før det gikk i minus.",
    }
    lines = []
    for question in ("wage", "cost"):
        try:
            answer = break_even(result.analysis, question, longest=result.analysis.interval_months)
        except NoSuchInput:
            continue
        if answer.value is not None and (question == "cost" or told.net_benefit < 0):
            lines.append(words[question].format(in_unit(answer.value, answer, result.analysis)))
    return lines


def _payers(result: "Result") -> list[Block]:
    return [
        Paragraph("Den som betaler, er ikke alltid den som får igjen. Et minus betyr at det koster mer enn det gir."),
        _table(
            ("Hvem", "Kostnad", "Nytte", "Netto"),
            printed.payer_rows(result.evaluation),
            "Kostnad og nytte per deltaker",
        ),
    ]


def _horizon(result: "Result") -> list[Block]:
    told = result.evaluation
    chart, _ = horizon(result)
    above = told.pays_from_month
    pays = f"Den er null eller over fra måned {number(above)}." if above else "Den ender under null."
    alt = f"Linje for netto nytte per deltaker fra måned 1 til {number(told.horizon)}. {pays}"
    blocks: list[Block] = [
        Paragraph("Kostnaden kommer først, og nytten kommer for hver måned noen er i jobb."),
        Figure(svg(chart), "Netto nytte per deltaker så langt, måned for måned", alt),
        _table(
            ("Etter", "Netto nytte", "Samfunnet", "Det offentlige"), printed.horizon_rows(told), "Netto nytte så langt"
        ),
    ]
    if result.scenarios:
        blocks.append(_table(("Hvis", "Måneder", "Netto nytte"), printed.scenario_rows(result), "Andre forutsetninger"))
    return blocks


def _counted(result: "Result") -> list[Block]:
    return [
        _table(
            ("Hva", "Hva det endrer per deltaker", "Antatt"),
            printed.line_rows(result.evaluation),
            "Det som er regnet med",
            numeric=False,
        )
    ]


def _returns(result: "Result") -> list[Block]:
    shown = [RETURNS[r.formula] for r in result.evaluation.returns if r.value is not None]
    if len(shown) < 2:
        return []
    told = "; ".join(shown)
    return [Note(f"Flere forskjellige brøker kalles avkastning. Derfor står formelen ved hver av dem: {told}.")]


def _sure(result: "Result") -> list[Block]:
    told, simulation = result.evaluation, result.simulation
    if simulation is None:
        return [Paragraph("Filen sier ikke hvor usikre tallene er. Svaret kan ikke sies å være mer sikkert enn dem.")]
    between = f"{money(simulation.ci_low, told.currency)} og {money(simulation.ci_high, told.currency)}"
    blocks: list[Block] = [
        Paragraph(
            f"De usikre tallene er trukket {number(simulation.draws)} ganger. I {number(100 * simulation.level)} "
            f"prosent av trekningene er netto nytte mellom {between} per deltaker. "
            "Det er det blå feltet i figuren måned for måned."
        )
    ]
    blocks += [Note(note(code)) for code in simulation.warnings]
    drawn = (
        (
            tornado(result),
            "Netto nytte når ett tall om gangen er lavt eller høyt. Jo bredere søyle, jo mer betyr tallet for svaret.",
            "Liggende søyler, den bredeste øverst.",
        ),
        (
            plane(result),
            "Ekstra kostnad mot ekstra effekt. Hvert punkt er en trekning: lenger til høyre gir tiltaket mer, høyere "
            "opp koster det mer. Krysset er svaret.",
            "Punktsky rundt svaret, merket med et kryss.",
        ),
        (
            acceptability(result),
            "Sannsynlighet for at effekten alene er verdt kostnaden, etter hva en er villig til å betale for den. "
            "Andre gevinster er ikke med her.",
            "Linje som stiger med verdien av effekten.",
        ),
    )
    blocks += [Figure(svg(made[0]), caption, alt) for made, caption, alt in drawn if made]
    if result.tornado:
        columns = ("Tall", "Lav", "Høy", "Netto ved lav", "Netto ved høy")
        blocks.append(_table(columns, printed.tornado_rows(result), "Ett tall om gangen"))
    return blocks


def _sources(result: "Result") -> list[Block]:
    told = [(line.name, line.source, line.assumed) for line in result.evaluation.by_line]
    told += [(source_name(name, result.analysis), source, assumed) for name, source, assumed in result.analysis.sources]
    rows: list[tuple[str, ...]] = [(name, source or "–", "antatt" if assumed else "") for name, source, assumed in told]
    files = [(result.analysis.file, result.analysis.sha256), *result.analysis.files]
    seed = f", med frø {result.simulation.seed} for trekningene" if result.simulation else ""
    return [
        _table(("Tall", "Kilde", "Antatt"), rows, "Kilder", numeric=False),
        Note("Laget av " + "; ".join(f"{name} (SHA-256 {digest})" for name, digest in files) + "."),
        Note(f"Laget med «fotfeste economics evaluate», versjon {version('fotfeste')}{seed}."),
    ]


def _for_whom(perspective: str) -> str:
    name = PAYERS[perspective]
    return name if name == "NAV" else name[0].lower() + name[1:]


def _table(columns: tuple[str, ...], rows: list[tuple[str, ...]], caption: str, *, numeric: bool = True) -> Table:
    numbers = frozenset(range(1, len(columns))) if numeric else frozenset()
    return Table(columns=columns, rows=tuple(rows), caption=caption, numeric=numbers)
