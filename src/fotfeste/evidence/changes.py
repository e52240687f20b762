"""What changed from one version of an analysis to the next, study by study."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from fotfeste.evidence.pooling import PooledEffect
from fotfeste.evidence.projection import Floats

Row = Mapping[str, str]
Pool = Callable[[Floats, Floats], PooledEffect]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Studies with effect, variance and the cells they came from, and how they were pooled."""

    effects: dict[str, tuple[float, float]]
    rows: dict[str, Row]
    settings: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One study in, out or other than before, or other settings (no ``study``), and the pooled effect after it."""

    kind: Literal["settings", "removed", "changed", "added"]
    study: str
    why: tuple[tuple[str, str, str], ...]
    """Column or setting, before and after."""
    estimate: float
    ci_low: float
    ci_high: float


def changes(old: Version, new: Version, pooled: Pool) -> tuple[Step, ...]:
    """The way from the old result to the new one: settings first, then studies out, changed and in, by name.

    Parameters
    ----------
    pooled : callable
        Pools effects and variances by the new settings.
    """
    at = dict(old.effects)
    steps: list[Step] = []

    def take(
        kind: Literal["settings", "removed", "changed", "added"], study: str, why: list[tuple[str, str, str]]
    ) -> None:
        if not at:
            return
        y, v = (np.array(values) for values in zip(*(at[name] for name in sorted(at)), strict=True))
        told = pooled(y, v)
        steps.append(
            Step(
                kind=kind, study=study, why=tuple(why), estimate=told.estimate, ci_low=told.ci_low, ci_high=told.ci_high
            )
        )

    if old.settings != new.settings:
        take("settings", "", _apart(old.settings, new.settings))
    for study in sorted(old.effects.keys() - new.effects.keys()):
        del at[study]
        take("removed", study, [])
    for study in sorted(old.effects.keys() & new.effects.keys()):
        if old.effects[study] != new.effects[study]:
            at[study] = new.effects[study]
            take("changed", study, _apart(old.rows[study], new.rows[study]))
    for study in sorted(new.effects.keys() - old.effects.keys()):
        at[study] = new.effects[study]
        take("added", study, [])
    return tuple(steps)


def _apart(old: Mapping[str, str], new: Mapping[str, str]) -> list[tuple[str, str, str]]:
    names = dict.fromkeys([*old, *new])
    return [(n, old.get(n, ""), new.get(n, "")) for n in names if old.get(n) != new.get(n)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A cell that two people read differently; blank where one of them does not have it."""

    study: str
    column: str
    first: str
    second: str


def differences(first: Mapping[str, Row], second: Mapping[str, Row]) -> tuple[Difference, ...]:
    """Where two extractions of the same studies are not the same, by study and column."""
    found = []
    for study in dict.fromkeys([*first, *second]):
        for column, a, b in _apart(first.get(study, {}), second.get(study, {})):
            found.append(Difference(study=study, column=column, first=a, second=b))
    return tuple(found)
