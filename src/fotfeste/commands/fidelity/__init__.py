"""``fotfeste fidelity``: the score of a review, two raters compared, the scale, and what the records suggest."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from fotfeste.commands.fidelity import printed, suggested
from fotfeste.commands.fidelity.inputs import BadPeriod, NoRecords, period_of, read_folder
from fotfeste.commands.fidelity.sentences import sentence
from fotfeste.commands.results import AsJson, print_result
from fotfeste.fidelity import scale_files
from fotfeste.fidelity.raters import agreement as compare
from fotfeste.fidelity.ratings import BadRatings, read_ratings
from fotfeste.fidelity.scale_files import BadScale, UnknownScale, load_scale
from fotfeste.fidelity.scoring import score as add_up
from fotfeste.fidelity.shapes import Scale, UnknownRule
from fotfeste.fidelity.suggestions import NoSuggestions, Options, SeveralServices
from fotfeste.fidelity.suggestions import suggest as prepare
from fotfeste.indicators.records import BadRecord

app = typer.Typer()
fidelity = typer.Typer(
    no_args_is_help=True, help="Kvalitetsskalaen: regn ut, sammenlign to som har vurdert, vis skalaen, forbered."
)
app.add_typer(fidelity, name="fidelity")

Ratings = Annotated[Path, typer.Argument(help="CSV med item,rating[,rater][,comment].")]
ScaleName = Annotated[str, typer.Option("--scale", help="Skalaens navn, eller en egen skalafil (.toml).")]
Rater = Annotated[str | None, typer.Option(help="Bruk bare vurderingene fra denne.")]
Lang = Annotated[printed.Language, typer.Option(help="Språk.")]


@fidelity.command()
def score(ratings: Ratings, scale: ScaleName = "ips-25", rater: Rater = None, as_json: AsJson = False) -> None:
    """Regn ut sum og nivå. Så lenge et punkt mangler, finnes det ingen sum."""
    with _sentences():
        chosen = _scale(scale)
    with _sentences(chosen):
        read = read_ratings(ratings, chosen, rater=rater)
    result = add_up(read.ratings, chosen)
    if as_json:
        _print_json("score", chosen, read.sha256, result, (ratings, *_own(scale)))
    else:
        printed.show(*printed.score_table(result, chosen))


@fidelity.command()
def agreement(a: Ratings, b: Ratings, scale: ScaleName = "ips-25", as_json: AsJson = False) -> None:
    """Vis hvor enige to er, og hvilke punkter de er uenige om."""
    with _sentences():
        chosen = _scale(scale)
    with _sentences(chosen):
        first, second = read_ratings(a, chosen), read_ratings(b, chosen)
    result = compare(first.ratings, second.ratings, chosen)
    if as_json:
        _print_json("agreement", chosen, [first.sha256, second.sha256], result, (a, b, *_own(scale)))
    else:
        printed.show(*printed.agreement_table(result, chosen))


@fidelity.command("scale")
def show_scale(
    name: Annotated[str, typer.Argument(help="Skalaens navn, eller en egen skalafil (.toml).")],
    lang: Lang = "nb",
    as_json: AsJson = False,
) -> None:
    """Vis skalaen: hva hvert punkt gjelder, og hva 1 til 5 står for."""
    with _sentences():
        chosen = _scale(name)
    if as_json:
        _print_json("scale", chosen, chosen.sha256, chosen, _own(name))
    else:
        printed.show(*printed.scale_table(chosen, lang))


@fidelity.command()
def suggest(
    records: Annotated[Path, typer.Argument(help="Mappe med en tjenestes registreringer som CSV.")],
    scale: ScaleName = "ips-25",
    first_day: Annotated[
        str | None, typer.Option("--from", help="Første dag, som 2026-01-01. Uten: skalaens tid tilbake.")
    ] = None,
    last_day: Annotated[
        str | None, typer.Option("--to", help="Siste dag, den er med. Uten: siste dag noe er registrert.")
    ] = None,
    decision_maker_required: Annotated[
        bool, typer.Option("--decision-maker-required", help="NAVs variant av 17: en som kan ansette, må være med.")
    ] = False,
    school_counts: Annotated[
        bool, typer.Option("--school-counts", help="NAVs variant av 15: et møte på en skole teller.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Forbered en kvalitetsvurdering av det som er registrert. Det er ingen vurdering: den gjør et menneske."""
    with _sentences():
        chosen = _scale(scale)
        read = read_folder(records)
        period = period_of(read.records, chosen, first_day, last_day)
        options = Options(decision_maker_required=decision_maker_required, school_counts=school_counts)
        result = prepare(read.records, chosen, period, options=options)
    if as_json:
        _print_json("suggest", chosen, read.sha256, result, (*sorted(records.glob("*.csv")), *_own(scale)))
    else:
        printed.show(*suggested.suggestion_table(result, chosen))


def _scale(name: str) -> Scale:
    own = _own(name)
    return load_scale(*own) if own else scale_files.scale(name)


def _own(scale: str) -> tuple[Path, ...]:
    """The file of a scale that is the reader's own."""
    return (Path(scale),) if scale.endswith(".toml") else ()


@contextmanager
def _sentences(scale: Scale | None = None) -> Iterator[None]:
    """What cannot be used is said in a sentence, and the command ends with 2."""
    try:
        yield
    except (
        BadPeriod,
        BadRatings,
        BadRecord,
        BadScale,
        NoRecords,
        NoSuggestions,
        SeveralServices,
        UnknownRule,
        UnknownScale,
    ) as error:
        typer.echo(sentence(error, scale), err=True)
        raise typer.Exit(2) from None


def _print_json(
    command: str,
    scale: Scale,
    data_sha256: str | list[str] | Mapping[str, str],
    result: Any,
    made_of: Iterable[Path],
) -> None:
    """A scale's own version is in ``definition``."""
    definition = {"id": scale.id, "version": scale.version, "sha256": scale.sha256}
    print_result(f"fidelity {command}", result, data_sha256=data_sha256, definition=definition, made_of=made_of)
