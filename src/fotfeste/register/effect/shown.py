"""An effect as it may be shown: nothing that few people are behind, and numbers of people rounded."""

from dataclasses import replace

from fotfeste.register.disclosure import SMALL, is_small, rounded
from fotfeste.register.effect.trial import ArmMean, MonthEffect, Subgroup, TrialEffect


def without_small_cells(told: TrialEffect, *, below: int = SMALL) -> TrialEffect:
    """Hold back every month with 1 to ``below`` - 1 people in an arm, or with or without the outcome in an arm.

    The whole month goes, for each of its numbers follows from the others. A subgroup goes with the group of all others,
    which would give it away beside the effect among all people.
    """
    return replace(
        told,
        by_month=tuple(_month(effect, below) for effect in told.by_month),
        subgroups=tuple(_subgroup(one, below) for one in told.subgroups),
        people=rounded(told.people or 0, below),
        clusters=rounded(told.clusters, below) if told.cluster == "person" else told.clusters,
        small_cells_below=below,
        rounded_to=below,
    )


def _month(effect: MonthEffect, below: int) -> MonthEffect:
    if _has_small_cell(effect, below):
        return MonthEffect(
            month=effect.month, intervention=None, control=None, difference=None, ratio=None, suppressed=True
        )
    return replace(effect, intervention=_arm(effect.intervention, below), control=_arm(effect.control, below))


def _subgroup(one: Subgroup, below: int) -> Subgroup:
    if any(_has_small_cell(effect, below) for effect in (one.members, one.others)):
        return Subgroup(name=one.name, month=one.month, members=None, others=None, interaction=None, suppressed=True)
    assert one.members is not None
    assert one.others is not None
    return replace(one, members=_month(one.members, below), others=_month(one.others, below))


def _has_small_cell(effect: MonthEffect | None, below: int) -> bool:
    arms = (effect.intervention, effect.control) if effect else ()
    return any(
        is_small(count, below)
        for arm in arms
        if arm
        for count in (arm.n or 0, *((arm.events, (arm.n or 0) - arm.events) if arm.events is not None else ()))
    )


def _arm(arm: ArmMean | None, below: int) -> ArmMean | None:
    if arm is None:
        return None
    n, events = rounded(arm.n or 0, below), None if arm.events is None else rounded(arm.events, below)
    return replace(arm, n=n, events=events)
