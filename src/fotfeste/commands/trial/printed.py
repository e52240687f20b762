"""``fotfeste trial printed``: results that others have printed, held against themselves before they are used."""

from pathlib import Path
from typing import Annotated

import typer

from fotfeste.commands.results import AsJson
from fotfeste.commands.trial.told import print_json, refusals

SENTENCES = {
    "ratio_is_not_exp_b": "Forholdet er trykt som {printed}, men koeffisienten gir {implied}.",
    "interval_not_around_ratio": "Forholdet er trykt som {printed}, men midten av intervallet er {implied}.",
    "interval_does_not_hold_ratio": "Forholdet {printed} ligger utenfor intervallet sitt, som har {implied} i midten.",
}


def printed(
    results: Annotated[
        Path,
        typer.Argument(metavar="RESULTS", help="CSV med study, ratio og ci_low, ci_high, coefficient om de finnes."),
    ],
    as_json: AsJson = False,
) -> None:
    """Se om trykte forhold (RR, OR, HR) stemmer med seg selv: forholdet er exp(B), og ligger midt i intervallet."""
    from fotfeste.files import read_cells
    from fotfeste.trial.printed_results import read_printed

    with refusals():
        cells = read_cells(results)
        rows = read_printed(cells)
    wrong = [row for row in rows if row.inconsistencies]
    if as_json:
        from dataclasses import asdict

        told = {"rows": [asdict(row) for row in rows], "n": len(rows), "inconsistent": len(wrong)}
        print_json("printed", None, told, data_sha256=cells.sha256, made_of=(results,))
        return
    for row in wrong:
        for found in row.inconsistencies:
            implied = f"{found.implied:.2f}".replace(".", ",")
            said = SENTENCES[found.reason].format(printed=row.printed.ratio.replace(".", ","), implied=implied)
            typer.echo(f"{cells.name}, rad {row.row} ({row.study}): {said}")
    typer.echo(f"{len(rows) - len(wrong)} av {len(rows)} stemmer med seg selv.")
