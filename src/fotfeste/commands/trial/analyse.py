"""``fotfeste trial analyse``: the plan, run on the data."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from fotfeste.commands.results import AsJson
from fotfeste.commands.trial.told import PlanFile, print_json, refusals

if TYPE_CHECKING:
    from fotfeste.trial.analysis.records import TrialData
    from fotfeste.trial.analysis.trial import TrialResult
    from fotfeste.trial.plan import Analysis, Plan

REPORTS = (".pdf", ".html", ".docx")


def analyse(
    plan: PlanFile,
    data: Annotated[Path, typer.Argument(metavar="DATA", help="Én rad per person (.csv eller .json).")],
    also: Annotated[
        list[str] | None,
        typer.Option(help="En analyse utenom planen, merket post hoc: «one_day@18:risk_ratio». Kan gjentas."),
    ] = None,
    screened: Annotated[int | None, typer.Option(help="Så mange ble vurdert før loddtrekningen.", min=0)] = None,
    instruments: Annotated[
        Path | None, typer.Option(help="Mappe med egne spørreskjemaer.", exists=True, file_okay=False)
    ] = None,
    seed: Annotated[int, typer.Option(help="Frø for imputering, bootstrap og ny loddtrekning.", min=0)] = 1,
    report: Annotated[Path | None, typer.Option(help="Skriv rapporten hit (.pdf, .html eller .docx).")] = None,
    charts: Annotated[Path | None, typer.Option(help="Skriv figurene i denne mappen, som SVG.")] = None,
    as_json: AsJson = False,
) -> None:
    """Kjør planen på dataene, og ikke noe annet."""
    if report and report.suffix.lower() not in REPORTS:
        _refuse(f"--report: «{report.name}» er ikke en rapportfil. Bruk {', '.join(REPORTS)}.")
    with refusals():
        read, people, extra = _read(plan, data, also or [], instruments)
        if screened is not None and screened < people.n:
            _refuse(f"--screened: {screened} vurdert er færre enn de {people.n} som er trukket.")
        told = _run(read, people, extra, screened, seed)
        if report or charts:
            from fotfeste.commands.trial.analysed.report import figures, write

            drawn = figures(told)
            if charts:
                charts.mkdir(parents=True, exist_ok=True)
                for name, figure in drawn.items():
                    (charts / f"{name}.svg").write_text(figure.svg, encoding="utf-8")
            if report:
                write(told, drawn, report)
    if as_json:
        from fotfeste.commands.trial.analysed.as_json import as_json as result

        made_of = (plan, data, *((instruments,) if instruments else ()))
        print_json("analyse", read, result(told), data_sha256=told.data_sha256, made_of=made_of)
    else:
        from fotfeste.commands.trial.analysed.printed import show

        show(told)


def _read(
    plan: Path, data: Path, also: list[str], instruments: Path | None
) -> tuple["Plan", "TrialData", list["Analysis"]]:
    from fotfeste.commands.trial.analysed.asked import BadAlso, asked, sentence
    from fotfeste.commands.trial.analysed.words import problem_sentences
    from fotfeste.files import read_cells
    from fotfeste.trial.analysis.records import BadTrialData, read_trial
    from fotfeste.trial.plan import read_plan
    from fotfeste.trial.questionnaires import UnknownInstrument

    read = read_plan(plan)
    try:
        return read, read_trial(read, read_cells(data), instruments=instruments), [asked(one, read) for one in also]
    except BadTrialData as error:
        return _refuse(*problem_sentences(error))
    except BadAlso as error:
        return _refuse(sentence(error))
    except UnknownInstrument as error:
        known = ", ".join(f"{id} versjon {version}" for id, version in error.known)
        return _refuse(f"{read.file}: Spørreskjemaet {error.id} versjon {error.version} finnes ikke. Her er {known}.")


def _run(plan: "Plan", data: "TrialData", also: list["Analysis"], screened: int | None, seed: int) -> "TrialResult":
    from rich.console import Console
    from rich.progress import Progress

    from fotfeste.trial.analysis.trial import analyse as run

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Analyser", total=None)
        return run(
            plan,
            data,
            post_hoc=also,
            screened=screened,
            seed=seed,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def _refuse(*lines: str) -> NoReturn:
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(2)
