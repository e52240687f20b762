"""Names of the lines, inputs and questions of an analysis, in bokmål."""

from fotfeste.charts.economics.words import EFFECTS, NO_BREAK, money, number, unit
from fotfeste.economics.breakeven import BreakEven
from fotfeste.economics.shapes import Analysis

RETURNS = {
    "net_benefit_plus_cost_over_cost": "(netto nytte + kostnad) / kostnad",
    "net_benefit_over_cost": "netto nytte / kostnad",
    "income_over_cost": "lønn / kostnad, i tiltaksgruppen alene",
    "extra_income_over_extra_cost": "ekstra lønn / ekstra kostnad",
}
QUADRANTS = {
    "more_costly_more_effective": "dyrere og bedre: spørsmålet er om det er verdt prisen",
    "less_costly_more_effective": "billigere og bedre",
    "less_costly_less_effective": "billigere og dårligere: spørsmålet er om sparingen er verdt tapet",
    "more_costly_less_effective": "dyrere og dårligere",
    "no_difference": "ingen forskjell",
}
QUESTIONS = {
    "wage": "Lønnen per år som gjør at det går i null",
    "duration": "Hvor lenge effekten må vare",
    "effect": "Hvor stor effekten må være",
    "cost": "Det tiltaket kan koste",
}
PARTS = {
    "amount": "",
    "tax": ", skatt",
    "employer_contribution": ", arbeidsgiveravgift",
    "effect": ", effekt",
    "to_month": ", varer til måned",
    "full_time_share": ", stillingsandel",
    "utility": ", livskvalitet",
}
INPUTS = {
    "effect.difference": "Effekten på arbeid",
    "effect.reference": "Andel i jobb uten tiltaket",
    "effect.full_time_share": "Stillingsandel",
    "effect.lasts_to_month": "Effekten varer til måned",
    "effect.scale": "Effekten, ganger",
    "qaly.difference": "Effekten på livskvalitet",
    "discount.costs": "Rente, kroner",
    "discount.effects": "Rente, effekter",
    "tax_financing": "Kostnad ved skattefinansiering",
}
SOURCES = {
    "discounting": "Rente",
    "public_funds": "Kostnad ved skattefinansiering",
    "prices.index": "Prisindeks",
    "prices.exchange": "Valutakurs",
    "effect": "Effekten på arbeid",
    "qaly": "Effekten på livskvalitet",
}


def input_name(parameter: str, analysis: Analysis) -> str:
    """What an input is called for people."""
    name = parameter.partition("[")[0]
    if name in INPUTS:
        return INPUTS[name]
    id, _, part = parameter.rpartition(".")
    named = {item.id: item.name for item in analysis.items}
    if part == "amount" and any(item.id == id and item.kind == "production" for item in analysis.items):
        return f"{named[id]}, lønn"
    if analysis.cohort:
        named |= {state.id: state.name for state in analysis.cohort.states}
        named |= {treatment.id: "Tiltakets virkning" for treatment in analysis.cohort.treatments}
    return f"{named.get(id, id)}{PARTS.get(part, f', {part}')}"


def source_name(name: str, analysis: Analysis) -> str:
    """What is called for people what a source is of."""
    if name in SOURCES:
        return SOURCES[name]
    kind, _, of = name.partition(".")
    if kind == "uncertain":
        return f"Usikkerheten i: {input_name(of, analysis)}"
    if kind == "rows" and analysis.cohort:
        return f"Overganger fra: {analysis.cohort.states[analysis.cohort.place(of)].name}"
    return "Tiltakets virkning"


def question_name(answer: BreakEven, analysis: Analysis) -> str:
    told = QUESTIONS.get(answer.question) or input_name(answer.question, analysis)
    units = {"money": unit(analysis.prices.currency), "months": "måneder", "times": "ganger filens", "own": ""}
    return f"{told}, {units[answer.unit]}".rstrip(", ")


def in_unit(value: float | None, answer: BreakEven, analysis: Analysis) -> str:
    if value is None:
        return "–"
    if answer.unit == "money":
        return money(value, analysis.prices.currency)
    if answer.unit == "months":
        return f"{number(value, 1)}{NO_BREAK}måneder"
    return number(value, 2) + (f"{NO_BREAK}ganger" if answer.unit == "times" else "")


def per_effect(analysis: Analysis) -> str:
    return EFFECTS[analysis.effect_measure] if analysis.effect_measure else ""
