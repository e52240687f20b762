"""The baseline table as text: a row a value, a cell an arm."""

from collections.abc import Iterator

from fotfeste.commands.numbers import number
from fotfeste.commands.trial.analysed import printed
from fotfeste.trial.analysis.baseline import Amount, ArmAtStart
from fotfeste.trial.analysis.trial import TrialResult


def rows(told: TrialResult) -> Iterator[tuple[str, ...]]:
    """Shares are of those with a value; how many have none stands below, where there are any."""
    for one in told.baseline:
        name = printed.column_name(told.plan, one.column)
        if one.arms[0].counts is None:
            yield f"{name}: gjennomsnitt (SD)", *(_mean(arm.amount) for arm in one.arms)
            yield f"{name}: median (kvartiler)", *(_median(arm.amount) for arm in one.arms)
        else:
            names = printed.level_names(told.plan, one.column)
            for level in one.arms[0].counts:
                yield f"{name}: {names.get(level, 'ja')}", *(_share(arm, level) for arm in one.arms)
        if any(arm.missing for arm in one.arms):
            yield f"{name}: mangler", *(str(arm.missing) for arm in one.arms)


def _share(arm: ArmAtStart, level: str) -> str:
    count = (arm.counts or {})[level]
    return f"{count} ({number(100 * count / arm.people, 1)} %)" if arm.people else "–"


def _mean(told: Amount | None) -> str:
    return f"{number(told.mean, 1)} ({number(told.sd, 1)})" if told else "–"


def _median(told: Amount | None) -> str:
    if told is None:
        return "–"
    return f"{number(told.median, 1)} ({number(told.low_quartile, 1)}–{number(told.high_quartile, 1)})"
