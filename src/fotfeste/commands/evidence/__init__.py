"""``fotfeste evidence``: from a file of trials to pooled effects, their figures and what they depend on.

NumPy and the drawing library are imported by the command that needs them: the shell's answer must not wait for them.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from fotfeste.commands.evidence.options import Chart, Language, never_over, on_studies, print_json, print_review, told
from fotfeste.commands.results import AsJson

app = typer.Typer()
evidence = typer.Typer(no_args_is_help=True, help="Slå sammen studier: effekt, variasjon, skjevhet og figurer.")
app.add_typer(evidence, name="evidence")


@evidence.command()
@on_studies
def effects(studies: Any, model: dict[str, Any], as_json: AsJson = False) -> None:
    """Regn ut effekt og varians for hver studie."""
    from fotfeste.commands.evidence import printed, results

    if as_json:
        print_json("effects", studies, {"studies": results.study_rows(studies, model["level"])}, studies.notes)
    else:
        printed.show(printed.study_table(studies, model["level"]), *printed.notes(studies.notes))


@evidence.command()
@on_studies
def pool(
    studies: Any,
    model: dict[str, Any],
    pi: Annotated[
        Literal["as_test", "hts", "k1", "z"], typer.Option(help="Frihetsgrader i prediksjonsintervallet.")
    ] = "as_test",
    tau2_interval: Annotated[
        Literal["q_profile", "generalised_q", "profile_likelihood"],
        typer.Option(help="Intervallet for tau²; generalised_q for DL og HE, profile_likelihood for ML og REML."),
    ] = "q_profile",
    estimator: Annotated[
        Literal["inverse", "MH", "PETO", "UM.FS", "UM.RS", "CM.EL", "CM.AL"],
        typer.Option(help="Omvendt varians, Mantel-Haenszel, Peto, eller en modell av antallene selv (OR og IRR)."),
    ] = "inverse",
    weights: Annotated[
        str | None,
        typer.Option(
            help="Kolonne med egne vekter, til variansen mellom studier (GENQ) og til snittet.", show_default=False
        ),
    ] = None,
    figure: Annotated[
        Literal["forest", "radial", "labbe"], typer.Option(help="Figuren: skogplott, radialplott eller L'Abbé.")
    ] = "forest",
    as_json: AsJson = False,
    chart: Chart = None,
    lang: Language = "nb",
) -> None:
    """Slå sammen studiene til én effekt, med intervall for hva en ny studie kan vise."""
    from fotfeste.commands.evidence import printed, results

    if estimator != "inverse":
        results.without_figure(estimator, chart)
        results.without_weights(estimator, weights)
        if estimator in ("MH", "PETO"):
            told, table = results.pooled_tables(studies, estimator, model["level"]), printed.figures
        else:
            studies = studies.untouched()
            told, table = results.pooled_counts(studies, estimator, model), printed.counts_model
        warnings = (*studies.notes, *((w, "") for w in told["warnings"]))
        if as_json:
            print_json("pool", studies, told, warnings)
        else:
            printed.show(table(told, studies), *printed.notes(warnings))
        return
    if weights:
        model |= {"method": "GENQ", "weights": results.own_weights(studies, weights)}
    pooled = results.pooled(studies, model, pi, tau2_interval)
    warnings = (*studies.notes, *((w, "") for w in pooled.warnings))
    if chart:
        from fotfeste.charts.evidence import save
        from fotfeste.commands.evidence.drawn import of_studies

        drawn, rows = of_studies(figure, studies, pooled, lang)
        save(drawn, chart, table=rows)
    if as_json:
        print_json("pool", studies, results.pool_json(studies, pooled), warnings)
    else:
        printed.show(
            printed.study_table(studies, model["level"], pooled.weights),
            printed.pooled_table(pooled, studies),
            *printed.notes(warnings),
        )


@evidence.command()
@on_studies
def regress(
    studies: Any,
    model: dict[str, Any],
    mods: Annotated[str, typer.Option(help="Forklaringsvariabler, for eksempel «epl + year» eller «a*b».")] = "",
    as_json: AsJson = False,
    chart: Chart = None,
    lang: Language = "nb",
) -> None:
    """Undersøk om effekten henger sammen med kjennetegn ved studiene."""
    from fotfeste.commands.evidence import differing, printed

    told = differing.regression(studies, model, mods)
    details = {"collinear_dropped": ", ".join(told.dropped), "moderator_missing": ", ".join(told.left_out)}
    warnings = (*studies.notes, *((w, details.get(w, "")) for w in told.warnings))
    if chart:
        from fotfeste.charts.evidence import bubble, save

        points, band, name = differing.bubble_rows(studies, told, mods)
        save(bubble(points, band, name, lang=lang, measure=studies.measure), chart, table=points)
    if as_json:
        print_json("regress", studies, differing.regression_json(told), warnings)
    else:
        printed.show(printed.coefficient_table(told), printed.regression_figures(told), *printed.notes(warnings))


@evidence.command()
@on_studies
def subgroup(
    studies: Any,
    model: dict[str, Any],
    by: Annotated[str, typer.Option(help="Kolonnen som deler studiene.")],
    tau2: Annotated[
        Literal["separate", "common"], typer.Option(help="Egen eller felles varians mellom studier.")
    ] = "separate",
    as_json: AsJson = False,
    chart: Chart = None,
    lang: Language = "nb",
) -> None:
    """Slå sammen hver undergruppe og test om de er ulike."""
    from fotfeste.commands.evidence import differing, printed

    told = differing.subgroup(studies, model, by, tau2)
    warnings = (*studies.notes, *((w, "") for w in told.warnings))
    if chart:
        from fotfeste.charts.evidence import forest, save

        rows = differing.subgroup_rows(studies, told, by)
        save(forest(rows, lang=lang, measure=studies.measure, level=model["level"]), chart, table=rows)
    if as_json:
        print_json("subgroup", studies, model | differing.subgroup_json(studies, told), warnings)
    else:
        printed.show(printed.subgroup_table(told, studies), *printed.notes(warnings))


@evidence.command()
@on_studies
def bias(
    studies: Any,
    model: dict[str, Any],
    selection: Annotated[
        Literal["step", "beta"] | None,
        typer.Option(help="Tilpass også en seleksjonsmodell: et trinn ved p = 0,025, eller beta.", show_default=False),
    ] = None,
    as_json: AsJson = False,
    chart: Chart = None,
    lang: Language = "nb",
) -> None:
    """Se etter skjevhet: små studier som forteller noe annet enn store."""
    from fotfeste.commands.evidence import printed, small_studies

    told = small_studies.bias(studies, model)
    if selection:
        told |= {"selection": small_studies.selected(studies, model, selection)}
    warnings = (*studies.notes, *((w, "") for w in told.pop("warnings")))
    if chart:
        from fotfeste.charts.evidence import funnel, save

        drawn = small_studies.funnel_rows(studies, model)
        save(funnel(drawn, lang=lang, measure=studies.measure), chart, table=drawn["points"])
    if as_json:
        print_json("bias", studies, model | told, warnings)
    else:
        printed.show(printed.bias_table(told), *printed.notes(warnings))


@evidence.command()
@on_studies
def influence(
    studies: Any, model: dict[str, Any], as_json: AsJson = False, chart: Chart = None, lang: Language = "nb"
) -> None:
    """Vis hva hver studie betyr for resultatet."""
    from fotfeste.commands.evidence import printed, sensitivity

    rows = sensitivity.influence(studies, model)
    if chart:
        from fotfeste.charts.evidence import baujat, save

        save(baujat(rows, lang=lang), chart, table=[{n: v for n, v in row.items() if n != "without"} for row in rows])
    if as_json:
        print_json("influence", studies, model | {"k": len(rows), "studies": rows}, studies.notes)
    else:
        printed.show(printed.influence_table(rows, studies), *printed.notes(studies.notes))


@evidence.command()
@on_studies
def cumulate(
    studies: Any,
    model: dict[str, Any],
    by: Annotated[str, typer.Option(help="Kolonnen som gir rekkefølgen, for eksempel år.")] = "year",
    as_json: AsJson = False,
    chart: Chart = None,
    lang: Language = "nb",
) -> None:
    """Vis resultatet slik det var etter hver ny studie."""
    from fotfeste.commands.evidence import printed, sensitivity

    rows = sensitivity.cumulated(studies, model, by)
    if chart:
        from fotfeste.charts.evidence import forest, save

        save(
            forest(sensitivity.cumulative_rows(rows), lang=lang, measure=studies.measure, level=model["level"]),
            chart,
            table=rows,
        )
    if as_json:
        print_json("cumulate", studies, model | {"k": len(rows), "by": by, "steps": rows}, studies.notes)
    else:
        printed.show(printed.cumulative_table(rows, studies), *printed.notes(studies.notes))


@evidence.command()
@on_studies
def gosh(
    studies: Any,
    model: dict[str, Any],
    subsets: Annotated[int | None, typer.Option(min=1, help="Trekk så mange delmengder. Uten: alle.")] = None,
    as_json: AsJson = False,
    chart: Chart = None,
    lang: Language = "nb",
) -> None:
    """Regn resultatet for alle delmengder av studiene."""
    from fotfeste.commands.evidence import printed, sensitivity

    told, extra = sensitivity.gosh(studies, model, subsets)
    warnings = (*studies.notes, *extra, *((w, "") for w in told.warnings))
    if chart:
        from fotfeste.charts.evidence import gosh_cells, gosh_density, save

        cells = gosh_cells(told)
        save(gosh_density(cells, lang=lang, measure=studies.measure), chart, table=cells)
    if as_json:
        print_json("gosh", studies, sensitivity.gosh_json(studies, told), warnings)
    else:
        printed.show(*printed.gosh_tables(studies, told), *printed.notes(warnings))


@evidence.command()
@on_studies
def permute(
    studies: Any,
    model: dict[str, Any],
    mods: Annotated[str, typer.Option(help="Forklaringsvariabler. Uten: test av den samlede effekten.")] = "",
    iterations: Annotated[
        int, typer.Option(min=1, help="Omstokkinger når det er for mange til å prøve alle.")
    ] = 10_000,
    as_json: AsJson = False,
) -> None:
    """Test uten å stole på store tall: alle omstokkinger der det går."""
    from fotfeste.commands.evidence import printed, sensitivity

    told = sensitivity.permuted(studies, model, mods, iterations)
    warnings = (*studies.notes, *((w, "") for w in told.pop("warnings")))
    if as_json:
        print_json("permute", studies, told, warnings)
    else:
        printed.show(printed.permutation_table(told, studies), *printed.notes(warnings))


@evidence.command()
@on_studies
def bayes(
    studies: Any,
    model: dict[str, Any],
    prior: Annotated[
        Literal["half_normal", "half_cauchy", "uniform"], typer.Option(help="Fordeling på forhånd for tau.")
    ] = "half_normal",
    scale: Annotated[
        float | None, typer.Option(help="Fordelingens skala, i effektens enhet. Uten: 0,5; uniform uten ende.")
    ] = None,
    mean_sd: Annotated[
        float | None, typer.Option(help="Standardavvik i normalfordelingen på forhånd for effekten. Uten: flat.")
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(help="Grensen som sannsynlighetene gjelder; en ratio for ratioer.")
    ] = None,
    as_json: AsJson = False,
    chart: Chart = None,
    lang: Language = "nb",
) -> None:
    """Regn sannsynligheter: for effekten, for hvor ulike studiene er, og for hva en ny tjeneste kan vente."""
    from fotfeste.commands.evidence import bayesian, printed

    told = bayesian.posterior(studies, prior, scale, mean_sd, threshold, model["level"])
    if chart:
        from fotfeste.charts.evidence import posterior, save

        rows = bayesian.curves(told)
        save(posterior(rows, told.threshold, lang=lang, measure=studies.measure), chart, table=rows)
    if as_json:
        print_json("bayes", studies, bayesian.as_json(told, studies), studies.notes)
    else:
        printed.show(bayesian.table(told, studies), *printed.notes(studies.notes))


@evidence.command()
@on_studies
def grade(
    studies: Any,
    model: dict[str, Any],
    threshold: Annotated[
        float | None, typer.Option(help="Den minste effekten som betyr noe; en ratio for ratioer. Uten: ingen effekt.")
    ] = None,
    baseline: Annotated[float | None, typer.Option(help="Andelen med utfallet uten tiltaket, mellom 0 og 1.")] = None,
    baseline_people: Annotated[
        int | None, typer.Option(help="Hvor mange den andelen er telt blant. Uten: regnes som kjent.")
    ] = None,
    planned: Annotated[
        int | None, typer.Option(help="Hva et nytt forsøk med så mange i hver gruppe kan vente å vise.")
    ] = None,
    design: Annotated[Literal["randomised", "non_randomised"], typer.Option(help="Studienes design.")] = "randomised",
    stated: Annotated[
        list[str] | None, typer.Option(help="Egen vurdering: domene=trekk:grunn, som «risk_of_bias=-1:uten blinding».")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Vurder tilliten til resultatet etter GRADE, og hva det betyr for tusen personer."""
    from fotfeste.commands.evidence import certainty, printed, results

    judged = certainty.stated(stated or [])
    pooled = results.pooled(studies, model, "as_test")
    per_1000 = certainty.absolute(studies, pooled, baseline)
    told = certainty.certainty(studies, pooled, threshold=threshold, baseline=baseline, design=design, stated=judged)
    hundred, trial = certainty.decided(
        studies, pooled, threshold=threshold, baseline=baseline, baseline_people=baseline_people, planned=planned
    )
    if as_json:
        more = {"per_100": hundred and asdict(hundred), "planned": trial and asdict(trial)}
        print_json("grade", studies, certainty.as_json(told, pooled, per_1000, studies) | more, studies.notes)
    else:
        shown = certainty.tables(told, per_1000, studies)
        printed.show(*shown, *certainty.told_of(hundred, trial, studies), *printed.notes(studies.notes))


@evidence.command()
def report(
    review: Annotated[Path, typer.Argument(help="Oversikten (.toml).")],
    out: Annotated[
        list[Path] | None, typer.Option(help="Skriv rapporten hit (.pdf, .html eller .docx). Uten: alle tre her.")
    ] = None,
    since: Annotated[Path | None, typer.Option(help="En eldre utgave av oversikten: si hva som er endret.")] = None,
    figure: Annotated[
        Literal["prisma", "traffic_light"],
        typer.Option(help="Det --chart tegner i stedet for rapporten: søket eller risikoen for skjevhet."),
    ] = "prisma",
    as_json: AsJson = False,
    chart: Chart = None,
) -> None:
    """Lag hele rapporten fra en oversikt: funn, figurer, tabeller og tillit."""
    with told(review.name):
        if chart:
            from fotfeste.charts.evidence import save
            from fotfeste.commands.evidence.drawn import of_review
            from fotfeste.evidence.review import read_review

            asked = read_review(review)
            never_over(chart, asked.files)
            drawn, rows = of_review(figure, asked)
            save(drawn, chart, table=rows)
            return
        from fotfeste.commands.evidence.reviewing import answers

        found = answers(review, since)
        if as_json:
            print_review(found)
            return
        from fotfeste.commands.evidence.writing import write

        for path in write(found, out or [Path(review.stem + suffix) for suffix in (".pdf", ".html", ".docx")]):
            typer.echo(str(path))
