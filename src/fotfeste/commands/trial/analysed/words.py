"""The words of an analysed trial, in bokmål."""

from datetime import date

from fotfeste.commands.numbers import number
from fotfeste.trial.analysis.effect import Effect
from fotfeste.trial.analysis.planned import ByRule
from fotfeste.trial.analysis.records import BadTrialData, Problem

ROLES = {"primary": "Hovedanalyse", "secondary": "Sekundær analyse", "post_hoc": "Ikke planlagt (post hoc)"}
MEASURES = {
    "RD": "risikodifferanse",
    "RR": "relativ risiko",
    "OR": "oddsratio",
    "MD": "forskjell i gjennomsnitt",
    "IRR": "forhold mellom gjennomsnitt",
    "HR": "hasardratio",
    "RMST": "forskjell i dager til hendelsen",
}
LETTERS = {"RD": "pp", "RR": "RR", "OR": "OR", "HR": "HR", "IRR": "forhold"}
"""Beside a number where there is little room; differences of amounts stand alone."""
METHODS = {
    "newcombe": "Newcombe",
    "wald": "Wald",
    "miettinen_nurminen": "Miettinen og Nurminen",
    "katz": "Katz",
    "koopman": "Koopman",
    "woolf": "Woolf",
    "exact": "eksakt (Fisher)",
    "standardised_delta": "marginal standardisering, deltametoden",
    "standardised_bootstrap": "marginal standardisering, bootstrap",
    "logistic": "logistisk regresjon",
    "poisson": "Poisson-regresjon, robust varians",
    "log_binomial": "log-binomisk regresjon",
    "welch": "Welch",
    "ancova": "kovariansanalyse, robust varians (HC3)",
    "mixed_model_UN": "blandet modell for gjentatte målinger",
    "robust": "robust varians",
    "bootstrap": "bootstrap",
    "gamma": "gammaregresjon, robust varians",
    "cox_efron": "Cox-regresjon",
    "restricted_mean": "avgrenset gjennomsnittstid",
}
PLANNED_METHODS = METHODS | {
    "standardised": "marginal standardisering",
    "mixed_model": "blandet modell",
    "two_part": "todelt modell",
    "cox": "Cox-regresjon",
}
"""What a plan calls a method, where the result tells it more closely."""
RULES = {
    "complete_case": "bare de med svar",
    "not_in_work": "mangler regnes som ikke i jobb",
    "best_case": "beste tilfelle for tiltaket",
    "worst_case": "verste tilfelle for tiltaket",
    "multiple_imputation": "multippel imputering",
}
REASONS = {
    "one_arm": "Alle med svar er i samme arm.",
    "too_few": "For få til å regne dette.",
    "no_spread": "Alle har samme verdi.",
    "no_events": "En arm har ingen (eller bare) hendelser, og målet er ikke endelig.",
    "did_not_converge": "Modellen fant ikke noe svar. Velg en enklere.",
    "singular": "Modellen har for mange kjennetegn til disse dataene.",
}
WARNINGS = {
    "collinear_dropped": "Et kjennetegn sa det samme som andre og er tatt ut.",
    "resamples_left_out": "Noen av trekningene i bootstrap ga ikke svar og er ikke med.",
    "amount_not_randomised": "Mengden blant dem som kom i jobb sammenlikner ikke grupper som loddet laget.",
    "covariate_filled": "Der et kjennetegn ved start manglet, er gjennomsnittet eller «ukjent» satt inn.",
    "subgroups_low_power": "Undergrupper har liten styrke. Spør bare om effekten er ulik, ikke hvor den er tydelig.",
    "subgroup_left_out": "En undergruppe har for få til å regnes.",
    "subgroup_small": "En undergruppe har færre enn 50 personer.",
}
PROBLEMS = {
    "missing_column": "Kolonnen finnes ikke.",
    "missing": "Her mangler en verdi.",
    "duplicate_person": "Personen står der fra før.",
    "unknown_arm": "Planen har ikke denne armen. Den har {known}.",
    "nobody_in_arm": "Ingen er i {known}.",
    "unknown_level": "Planen har ikke denne verdien. Den har {known}.",
    "date": "Dette er ikke en dato, som 2026-03-02.",
    "before_inclusion": "Datoen er før inklusjonen.",
    "number": "Dette er ikke et tall.",
    "zero_or_one": "Her skal det stå 0 eller 1.",
    "negative": "Tallet kan ikke være negativt.",
    "below_lowest": "Tallet er lavere enn det laveste mulige.",
    "above_highest": "Tallet er høyere enn det høyeste mulige.",
    "event_without_time": "Hendelsen har ikke noe tidspunkt.",
    "time_without_event": "Tiden sier ikke om hendelsen kom.",
    "not_an_answer": "Dette er ikke et svar på skjemaet.",
}


def problem_sentences(error: BadTrialData) -> list[str]:
    """One line a problem, by row and column, and that nothing was analysed."""
    lines = [_problem(error.file, one) for one in error.problems]
    count = "ett sted" if len(lines) == 1 else f"{len(lines)} steder"
    return [*lines, f"{error.file}: Noe er galt {count}. Ingenting er analysert."]


def _problem(file: str, told: Problem) -> str:
    where = [file, f"rad {told.row}", f"kolonne {told.column}"]
    if told.value:
        where.append(f"«{told.value}»")
    return f"{', '.join(where)}: {PROBLEMS[told.reason].format(known=', '.join(told.known))}"


def measure(effect: Effect) -> str:
    return MEASURES.get(effect.measure, effect.measure)


def method(effect: Effect) -> str:
    """The method as people read it; imputed ones say so."""
    name = effect.method.removesuffix("_imputed")
    told = METHODS.get(name, name)
    return f"{told}, multippel imputering" if name != effect.method else told


def thousands(value: int) -> str:
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")


def shown(effect: Effect) -> tuple[str, str]:
    """The estimate and its interval as text; differences of shares in percentage points."""
    values = effect.shown
    if effect.measure == "RD":
        told = [number(100 * v, 1) for v in values]
        return f"{told[0]} prosentpoeng", f"{told[1]} til {told[2]}"
    digits = 2 if effect.is_ratio else 1
    told = [number(v, digits) for v in values]
    return told[0], f"{told[1]} til {told[2]}"


def in_short(effect: Effect) -> str:
    """Estimate and interval where there is little room: percentage points, or the measure's letters before it."""
    _, between = shown(effect)
    estimate = number(100 * effect.estimate, 1) + " pp" if effect.measure == "RD" else shown(effect)[0]
    letters = f"{LETTERS[effect.measure]} " if effect.is_ratio else ""
    return f"{letters}{estimate} ({between})"


def arm_numbers(told: ByRule, kind: str) -> list[str]:
    """Each arm: how many of how many, or a mean with its spread. Imputed ones are no whole people."""
    if kind not in ("binary", "time"):
        return [f"{number(a.value, 1)} (SD {number(a.sd, 1)}), n = {a.people}" for a in told.arms]
    if told.rule == "multiple_imputation":
        return [f"{number(100 * a.value, 1)} % av {a.people}" for a in told.arms]
    return [f"{_events(a.value, a.people)} av {a.people} ({number(100 * a.value, 1)} %)" for a in told.arms]


def _events(share: float, people: int) -> int:
    return round(share * people) if people else 0


def day(on: date) -> str:
    return f"{on.day}.{on.month}.{on.year}"
