"""What an intervention did where areas got it at different times: two answers side by side, and why they differ."""

from dataclasses import dataclass

from fotfeste.register.disclosure import SMALL, is_small
from fotfeste.register.effect.areas import AreaPanel, NoComparison
from fotfeste.register.effect.staggered import Control, Staggered, staggered
from fotfeste.register.effect.two_way import TwoWay, two_way

FEW_AREAS = 30
"""Below this trust the wild bootstrap rather than the standard errors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaEffect:
    """``staggered`` is the answer; ``two_way`` what two-way fixed effects say, and ``apart`` how far off that is."""

    areas: int
    exposed: int
    periods: int
    weighted: bool
    level: float
    staggered: Staggered
    two_way: TwoWay
    apart: float
    small_cells_below: int | None
    warnings: tuple[str, ...]


def area_effect(
    panel: AreaPanel,
    *,
    control: Control = "never",
    level: float = 0.95,
    seed: int = 1,
    small_cells_below: int | None = SMALL,
) -> AreaEffect:
    """Estimate the effect of exposure by both estimators.

    Parameters
    ----------
    panel : AreaPanel
        Areas by periods.
    control, level, seed
        As ``staggered`` takes them.
    small_cells_below : int, optional
        Refuse areas with fewer people behind a mean; None refuses nothing.

    Raises
    ------
    NoComparison
        With reason few_people, and those of ``staggered``.
    """
    known = bool((panel.people != 1).any())
    if small_cells_below and known and is_small(float(panel.people.min()), small_cells_below):
        raise NoComparison("few_people")
    right = staggered(panel, control=control, level=level, seed=seed)
    usual = two_way(panel, level=level, seed=seed)
    cohorts = len({one.first for one in right.group_times})
    warnings = []
    if len(panel.areas) < FEW_AREAS:
        warnings.append("few_areas")
    if panel.always_exposed:
        warnings.append("always_exposed_left_out")
    if cohorts > 1:
        warnings.append("two_way_compares_exposed_with_exposed")
    if usual.negative_weights > 0:
        warnings.append("two_way_negative_weights")
    if right.pretest is None:
        warnings.append("no_pretest")
    return AreaEffect(
        areas=len(panel.areas),
        exposed=int((panel.first <= panel.periods[-1]).sum()),
        periods=panel.periods.size,
        weighted=bool((panel.weight != 1).any()),
        level=level,
        staggered=right,
        two_way=usual,
        apart=usual.effect.estimate - right.overall.estimate,
        small_cells_below=small_cells_below,
        warnings=tuple(warnings),
    )
