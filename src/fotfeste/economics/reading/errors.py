"""What can be wrong with an analysis, and where a number must say it is from."""

from fotfeste.files import BadKey, Table


class BadAnalysis(BadKey):
    """The file cannot be used. Beside the reasons of `BadKey`:

    payer, perspective, negative, share, order, duplicate, one_of, price_year, currency, index, source, state,
    transition, probability_negative, probability_above_one, sum, length, horizon, needs_full_time_share, needs_cohort,
    needs_workdays, needs_qaly, spread_over, parameter, mean, spread, standard_error, correlation, correlation_missing,
    people, people_missing, group, column, result, result_key, result_outcome, result_time, result_measure and
    result_arms.
    """


def sourced(table: Table) -> tuple[str, bool]:
    """Where the numbers are from, and whether they are assumed. One of the two must be said."""
    source, assumed = table.optional_text("source"), table.yes("assumed")
    if source is None and not assumed:
        raise table.bad("source", "source")
    return source or "", assumed


def positive(table: Table, name: str, value: float) -> float:
    if value < 0:
        raise table.bad(name, "negative", value)
    return value


def share(table: Table, name: str) -> float:
    value = table.real(name)
    if not 0 <= value <= 1:
        raise table.bad(name, "share", value)
    return value


def rising(table: Table, name: str, values: tuple[float, ...]) -> tuple[float, ...]:
    """Months that rise, the first not below 0; at least one."""
    if not values:
        raise table.bad(name, "missing")
    for place, value in enumerate(values):
        if value < 0 or (place and value <= values[place - 1]):
            raise table.bad(f"{name}[{place + 1}]", "order", value)
    return values


def as_many(table: Table, name: str, values: tuple[float, ...], number: int) -> tuple[float, ...]:
    if len(values) != number:
        raise table.bad(name, "length", number)
    return values
