"""What can be wrong with an analysis, and where a number must say it is from."""

from fotfeste.files import BadKey, Table


class BadAnalysis(BadKey):
    """The file cannot be used. Beside the reasons of `BadKey`:

    payer, perspective, negative, above_zero, large, share, order, duplicate, one_of, price_year, currency, index,
    source, state, transition, probability_negative, probability_above_one, sum, length, horizon, too_long,
    needs_full_time_share, needs_cohort, needs_workdays, needs_qaly, spread_over, parameter, mean, spread,
    correlation, correlation_missing, people, people_missing, group, column, difference, result, result_key,
    result_outcome, result_time, result_measure and result_arms.
    """

    def __init__(self, file: str, key: str, reason: str, value: object = None, line: int | None = None) -> None:
        # A key that is missing from the file itself belongs to what begins on its first line.
        super().__init__(file, key, reason, value, line or (1 if key else None))


LARGEST = 1e15
"""No amount, number of people or of months is larger; squares of what is much larger are no numbers any more."""


def sourced(table: Table) -> tuple[str, bool]:
    """Where the numbers are from, and whether they are assumed. One of the two must be said."""
    source, assumed = table.optional_text("source"), table.yes("assumed")
    if source is None and not assumed:
        raise table.bad("source", "source")
    return source or "", assumed


def positive(table: Table, name: str, value: float) -> float:
    if value < 0:
        raise table.bad(name, "negative", value)
    if value > LARGEST:
        raise table.bad(name, "large", value)
    return value


def above_zero(table: Table, name: str, value: float) -> float:
    if value == 0:
        raise table.bad(name, "above_zero", value)
    return positive(table, name, value)


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
