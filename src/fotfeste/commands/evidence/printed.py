"""Results as tables for people, numbers with decimal comma."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table
from scipy import special

from fotfeste.commands.evidence.inputs import Studies
from fotfeste.commands.evidence.notes import note
from fotfeste.commands.evidence.results import study_rows
from fotfeste.commands.numbers import number, p_value

if TYPE_CHECKING:
    from fotfeste.evidence.gosh import Gosh
    from fotfeste.evidence.pooling import PooledEffect
    from fotfeste.evidence.regression import MetaRegression
    from fotfeste.evidence.subgroups import Subgroups


MOST_LINES = 500  # of studies on a screen


def show(*parts: RenderableType) -> None:
    Console(highlight=False).print(Group(*parts))


def notes(codes: Iterable[tuple[str, str]]) -> list[str]:
    return [escape(f"• {note(code, detail)}") for code, detail in codes]


def on_scale(value: float, studies: Studies) -> str:
    """As people read it: ratios as ratios."""
    return number(np.exp(value) if studies.is_ratio else value, 2 if studies.is_ratio else 3)


def between(low: float, high: float, studies: Studies) -> str:
    return f"{on_scale(low, studies)} til {on_scale(high, studies)}"


def grid(*headings: str) -> Table:
    table = Table()
    for i, heading in enumerate(headings):
        table.add_column(heading, justify="left" if i == 0 else "right")
    return table


def study_table(studies: Studies, level: float, weights: Any = None) -> Table:
    table = grid("Studie", studies.measure, f"{100 * level:g} % KI", *(["Vekt"] if weights is not None else []))
    rows = study_rows(studies, level, weights)
    if len(rows) > MOST_LINES:
        table.caption = f"De første {MOST_LINES} av {len(rows)} studier. --json har alle."
    for row in rows[:MOST_LINES]:
        cells = [
            escape(row["study"]),
            on_scale(row["effect"], studies),
            between(row["ci_low"], row["ci_high"], studies),
        ]
        table.add_row(*cells, *([f"{number(row['weight'], 1)} %"] if weights is not None else []))
    return table


def pooled_table(told: "PooledEffect", studies: Studies) -> Table:
    table = Table(show_header=False)
    level = f"{100 * told.level:g} %"
    name = "Felles effekt" if told.method == "EE" else "Gjennomsnittlig effekt"
    rows = [
        (f"{name} ({studies.measure})", on_scale(told.estimate, studies)),
        (f"{level} konfidensintervall ({told.ci})", between(told.ci_low, told.ci_high, studies)),
        ("p", p_value(told.p)),
        ("Studier", str(told.k)),
    ]
    if told.method != "EE" and told.k > 1:
        rows += [
            (f"{level} prediksjonsintervall (en ny studie)", between(told.pi_low, told.pi_high, studies)),
            (
                f"tau² ({told.method})",
                f"{number(told.tau2, 4)} ({number(told.tau2_ci_low, 4)} til {number(told.tau2_ci_high, 4)})",
            ),
            ("I²", f"{number(told.i2, 1)} % ({number(told.i2_ci_low, 1)} til {number(told.i2_ci_high, 1)})"),
        ]
    rows.append(("Q", f"{number(told.q)} (df {told.q_df}, p {p_value(told.q_p)})"))
    for cells in rows:
        table.add_row(*cells)
    return table


def figures(told: dict[str, Any], studies: Studies) -> Table:
    table = Table(show_header=False)
    table.add_row(f"{told['method']} ({told['measure']})", on_scale(told["estimate"], studies))
    table.add_row(f"{100 * told['level']:g} % konfidensintervall", between(told["ci_low"], told["ci_high"], studies))
    table.add_row("p", p_value(told["p"]))
    table.add_row("Studier", f"{told['k']} ({told['k_effects']} med egen effekt)")
    table.add_row("Q", f"{number(told['q'])} (df {told['q_df']}, p {p_value(told['q_p'])})")
    return table


def counts_model(told: dict[str, Any], studies: Studies) -> Table:
    table = Table(show_header=False)
    table.add_row(f"{told['model']} ({told['measure']}, {told['method']})", on_scale(told["estimate"], studies))
    table.add_row(f"{100 * told['level']:g} % konfidensintervall", between(told["ci_low"], told["ci_high"], studies))
    table.add_row("p", p_value(told["p"]))
    table.add_row("Studier", str(told["k"]))
    table.add_row("tau²", number(told["tau2"], 4))
    for name, q in (("sannsynlighetskvote", told["q_lrt"]), ("Wald", told["q_wald"])):
        table.add_row(f"Q ({name})", f"{number(q)} (df {told['q_df']}, p {p_value(special.chdtrc(told['q_df'], q))})")
    return table


def coefficient_table(told: "MetaRegression") -> Table:
    m = told.model
    table = grid("Ledd", "Koeffisient", "Standardfeil", f"{100 * m.level:g} % KI", "p")
    for i, column in enumerate(m.columns):
        low, high = m.ci_low[i], m.ci_high[i]
        table.add_row(
            escape(column),
            number(m.coefficients[i], 4),
            number(m.se[i], 4),
            f"{number(low, 4)} til {number(high, 4)}",
            p_value(m.p_values[i]),
        )
    return table


def regression_figures(told: "MetaRegression") -> Table:
    m = told.model
    table = Table(show_header=False)
    table.add_row("Studier", str(m.k))
    table.add_row(f"tau² ({m.method}), det som er igjen", number(m.tau2, 4))
    if told.r2 is not None:
        table.add_row("R², andel av tau² som er forklart", f"{number(told.r2, 1)} %")
    table.add_row("Q for resten", f"{number(m.q)} (df {m.q_df}, p {p_value(m.q_p)})")
    if told.joint:
        table.add_row(
            "Samlet test", f"{number(told.joint.statistic)} (df {told.joint.df:g}, p {p_value(told.joint.p)})"
        )
    return table


def subgroup_table(told: "Subgroups", studies: Studies) -> Table:
    table = grid("Gruppe", "Studier", studies.measure, f"{100 * told.overall.level:g} % KI", "tau²", "I²")
    for name, pooled in (*told.groups.items(), ("Alle", told.overall)):
        if name == "Alle":
            table.add_section()
        table.add_row(
            escape(name),
            str(pooled.k),
            on_scale(pooled.estimate, studies),
            between(pooled.ci_low, pooled.ci_high, studies),
            number(pooled.tau2, 4),
            f"{number(pooled.i2, 1)} %",
        )
    table.caption = (
        f"Forskjell mellom gruppene: Q {number(told.between_q)}, df {told.between_df}, p {p_value(told.between_p)}"
    )
    return table


ASYMMETRY = {
    "egger": "Egger, vektet regresjon mot standardfeilen",
    "egger_mixed": "Egger, blandet modell mot standardfeilen",
    "peters": "Peters, log OR mot 1/n",
    "harbord": "Harbord, skår mot 1/√V",
}


def bias_table(told: dict[str, Any]) -> Table:
    table = grid("Test", "Verdi", "p")
    for key in ("egger", "egger_mixed", "peters", "harbord"):
        if key in told:
            row = told[key]
            mark = "z" if row["df"] is None else f"t({row['df']:g})"
            table.add_row(ASYMMETRY.get(key, row["name"]), f"{mark} = {number(row['statistic'])}", p_value(row["p"]))
    table.add_row("Begg, Kendalls tau", number(told["begg"]["kendall_tau"], 3), p_value(told["begg"]["p"]))
    excess = told["excess_significance"]
    table.add_row(
        f"Signifikante: {excess['observed']} mot ventet {number(excess['expected'], 1)}",
        number(excess["chi2"]),
        p_value(excess["p"]),
    )
    table.add_section()
    for estimator, row in told["trim_and_fill"].items():
        k0 = (
            "kan ikke regnes ut"
            if row["k0"] is None
            else f"{row['k0']} mangler, {'venstre' if row['side'] == 'left' else 'høyre'}"
        )
        filled = "" if row["k0"] is None else number(row.get("ratio", row["estimate"]))
        table.add_row(f"Trim og fyll {estimator}: {k0}", filled, "")
    told_pet = told["pet_peese"]
    table.add_row(
        f"{told_pet['used']}: effekten uten feilmargin",
        number(told_pet.get("ratio", told_pet["estimate"])),
        p_value(told_pet["p"]),
    )
    if "selection" in told:
        row = told["selection"]
        name = "trinn ved p = 0,025" if row["kind"] == "step" else "beta"
        table.add_row(
            f"Seleksjonsmodell, {name}: effekten", number(row.get("ratio", row["estimate"])), p_value(row["lrt_p"])
        )
    table.add_row("Feilsikringstall (Rosenthal)", str(told["fail_safe_n"]["rosenthal"]), "")
    return table


def influence_table(rows: list[dict[str, Any]], studies: Studies) -> Table:
    table = grid("Studie", f"{studies.measure} uten", "KI uten", "Studentisert rest", "Cook", "DFFITS", "Vekt", "")
    for row in rows:
        left = row["without"]
        table.add_row(
            escape(row["study"]),
            on_scale(left["estimate"], studies),
            between(left["ci_low"], left["ci_high"], studies),
            number(row["rstudent"]),
            number(row["cook_d"], 3),
            number(row["dffits"]),
            f"{number(row['weight'], 1)} %",
            "merk" if row["influential"] else "",
        )
    return table


def cumulative_table(rows: list[dict[str, Any]], studies: Studies) -> Table:
    table = grid("Etter", "Studier", studies.measure, "KI", "tau²", "p")
    for row in rows:
        table.add_row(
            escape(row["study"]),
            str(row["k"]),
            on_scale(row["estimate"], studies),
            between(row["ci_low"], row["ci_high"], studies),
            number(row["tau2"], 4),
            p_value(row["p"]),
        )
    return table


def gosh_tables(studies: Studies, told: "Gosh") -> list[RenderableType]:
    from fotfeste.evidence.gosh import QUANTILES

    first = grid(f"{told.subsets} delmengder", *(f"{100 * q:g} %" for q in QUANTILES))
    first.add_row(studies.measure, *(on_scale(q, studies) for q in told.estimate.quantiles))
    if told.i2.quantiles:
        first.add_row("I²", *(number(q, 1) for q in told.i2.quantiles))
    second = grid("Studie", f"{studies.measure} med", f"{studies.measure} uten")
    for name, inside, outside in zip(studies.names, told.mean_with, told.mean_without, strict=True):
        second.add_row(escape(name), on_scale(inside, studies), on_scale(outside, studies))
    return [first, second]


def permutation_table(told: dict[str, Any], studies: Studies) -> Table:
    table = grid("Ledd", "Koeffisient", "p")
    for row in told["coefficients"]:
        table.add_row(escape(row["name"]), number(row["estimate"], 4), p_value(row["p"]))
    if told["joint_p"] is not None:
        table.add_row("Samlet", "", p_value(told["joint_p"]))
    if "ci_low" in told:
        table.add_row(
            f"{studies.measure}, {100 * told['level']:g} % intervall av omstokkinger",
            between(told["ci_low"], told["ci_high"], studies),
            "",
        )
    table.caption = f"{told['permutations']} omstokkinger, {'alle' if told['exact'] else 'trukket'}"
    return table
