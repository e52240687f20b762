"""The options that the commands share, said once."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from fotfeste.commands.results import print_result

if TYPE_CHECKING:
    from fotfeste.commands.evidence.inputs import Studies
    from fotfeste.commands.evidence.reviewing import Answers

Column = Annotated[str | None, typer.Option(help="Kolonne.", rich_help_panel="Kolonner", show_default=False)]
Method = Literal["DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "EB", "PM", "PMM", "EE"]
DRAWN = 1000  # studies: more is no figure that anybody reads, and takes minutes
Interval = Literal["z", "t", "hk", "hk_adhoc"]
Chart = Annotated[Path | None, typer.Option(help="Tegn figuren i denne filen (.svg, .png eller .html).")]
Language = Annotated[Literal["nb", "en"], typer.Option(help="Figurens språk.")]


def shared(
    file: Annotated[Path, typer.Argument(help="CSV eller JSON med én rad per studie.")],
    measure: Annotated[str, typer.Option(help="Effektmål: RR, OR, RD, SMD, … eller GEN.")] = "RR",
    events1: Column = None,
    n1: Column = None,
    events2: Column = None,
    n2: Column = None,
    mean1: Column = None,
    sd1: Column = None,
    mean2: Column = None,
    sd2: Column = None,
    r: Column = None,
    n: Column = None,
    events: Column = None,
    time: Column = None,
    time1: Column = None,
    time2: Column = None,
    alpha: Column = None,
    items: Column = None,
    o_minus_e: Column = None,
    o_minus_e_variance: Column = None,
    effect: Column = None,
    ratio: Column = None,
    variance: Column = None,
    se: Column = None,
    ci_low: Column = None,
    ci_high: Column = None,
    p: Column = None,
    study: Column = None,
    method: Annotated[Method, typer.Option(help="Variansen mellom studier; EE er felles effekt.")] = "REML",
    ci: Annotated[Interval, typer.Option(help="Intervall; hk_adhoc er Hartung-Knapp, aldri smalere.")] = "hk_adhoc",
    level: Annotated[float, typer.Option(help="Konfidensnivå.")] = 0.95,
    zero_add: Annotated[float, typer.Option(min=0, help="Legges til i tomme celler.")] = 0.5,
    to: Annotated[
        Literal["only0", "all", "if0all", "none"], typer.Option(help="Hvilke tabeller det legges til i.")
    ] = "only0",
    recalled: Annotated[bool, typer.Option("--recalled", help="Ta med rader som ikke er lest på nytt.")] = False,
    where: Annotated[
        list[str] | None, typer.Option(help="Bare rader der kolonne=verdi (eller kolonne!=verdi).")
    ] = None,
    add: Annotated[
        list[Path] | None,
        typer.Option(help="Legg til et forsøk: JSON fra «trial analyse» eller «register effect». Kan gjentas."),
    ] = None,
    add_outcome: Annotated[str | None, typer.Option(help="Utfallet i det som legges til. Uten: hovedanalysen.")] = None,
    add_time: Annotated[float | None, typer.Option(help="Måneden i det som legges til. Uten: hovedanalysen.")] = None,
) -> None:
    """Only its parameters are used."""


COLUMNS = (
    "events1",
    "n1",
    "events2",
    "n2",
    "mean1",
    "sd1",
    "mean2",
    "sd2",
    "r",
    "n",
    "events",
    "time",
    "time1",
    "time2",
    "alpha",
    "items",
    "o_minus_e",
    "o_minus_e_variance",
    "effect",
    "ratio",
    "variance",
    "se",
    "ci_low",
    "ci_high",
    "p",
    "study",
)


def on_studies(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose first argument is the studies that the shared options describe, and ``model`` how to fit them."""
    own = list(inspect.signature(command).parameters.values())[2:]
    common = list(inspect.signature(shared).parameters.values())

    @wraps(command)
    def run(**given: Any) -> None:
        from fotfeste.commands.evidence.adding import Adding
        from fotfeste.commands.evidence.inputs import Options, read
        from fotfeste.evidence.studies import few_enough

        options = Options(
            columns={name: given[name] for name in COLUMNS},
            where=tuple(given["where"] or ()),
            adding=Adding(files=tuple(given["add"] or ()), outcome=given["add_outcome"], month=given["add_time"]),
            **{n: given[n] for n in ("file", "measure", "method", "ci", "level", "zero_add", "to", "recalled")},
        )
        with told(options.file.name):
            chart = given.get("chart")
            never_over(chart, [options.file])
            studies = read(options)
            if chart:
                few_enough(len(studies.names), DRAWN)
            command(
                studies,
                {"method": options.method, "ci": options.ci, "level": options.level},
                **{p.name: given[p.name] for p in own},
            )

    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        sorted([*common, *own], key=lambda p: p.default is not inspect.Parameter.empty)
    )
    run.__annotations__ = {p.name: p.annotation for p in [*common, *own]}
    return run


def never_over(chart: Path | None, data: Iterable[Path]) -> None:
    """A figure's table takes the figure's name; it must not be that of what the figure is made of."""
    from fotfeste.commands.evidence.inputs import BadOption

    table = chart and chart.with_suffix(".csv")
    if table and table.resolve() in {path.resolve() for path in data}:
        raise BadOption("--chart", table.name, "over_data")


@contextmanager
def told(file: str) -> Iterator[None]:
    """What cannot be used is said in a sentence, and the command ends with 2."""
    from fotfeste.commands.evidence.sentences import sentence

    try:
        yield
    except ValueError as error:
        typer.echo(sentence(error, file), err=True)
        raise typer.Exit(2) from None
    except OSError as error:  # what is read has its own sentence: this is a figure or a report
        place = str(error.filename or file).removesuffix(".tmp")
        typer.echo(f"{place}: Filen kan ikke skrives. Finnes mappen, og har du lov til å skrive der?", err=True)
        raise typer.Exit(2) from None


def print_json(command: str, studies: "Studies", result: dict[str, Any], warnings: Any) -> None:
    definition: dict[str, Any] = {"measure": studies.measure, "columns": studies.columns, "zero_cells": studies.rule}
    if studies.added:
        definition["added"] = studies.added
    told = {"measure": studies.measure} | result | {"warnings": [code for code, _ in warnings]}
    print_result(
        f"evidence {command}", told, data_sha256=studies.table.sha256, definition=definition, made_of=studies.files
    )


def print_review(found: "Answers") -> None:
    """A review's answers, with what they were made by."""
    from fotfeste.commands.evidence.reviewing import as_json

    digests = sorted({f.studies.table.sha256 for f in found.found})
    definition = {"review_sha256": found.review.sha256}
    made_of = dict.fromkeys((*found.review.files, *(found.since.files if found.since else ())))
    print_result("evidence report", as_json(found), data_sha256=digests, definition=definition, made_of=made_of)
