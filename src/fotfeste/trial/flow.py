"""Who was screened, randomised, lost and analysed: the numbers of a CONSORT 2025 flow chart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmFlow:
    """People of one arm. ``withdrew``, ``died`` and ``lost`` have no outcome at the time of the primary analysis, each
    counted once, by the first of the three that fits; ``with_outcome`` have. ``analysed`` is by the plan's rule."""

    arm: str
    randomised: int
    withdrew: int
    died: int
    lost: int
    with_outcome: int
    analysed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """``screened`` is None where nobody said."""

    screened: int | None
    randomised: int
    arms: tuple[ArmFlow, ...]

    @property
    def not_randomised(self) -> int | None:
        return None if self.screened is None else self.screened - self.randomised


def flow(
    arm: npt.ArrayLike,
    known: npt.ArrayLike,
    analysed: npt.ArrayLike,
    *,
    withdrew: npt.ArrayLike,
    died: npt.ArrayLike,
    order: Sequence[str],
    screened: int | None = None,
) -> Flow:
    """Count people.

    Parameters
    ----------
    arm : array_like of str, shape (n,)
    known, analysed, withdrew, died : array_like of bool, shape (n,)
        Whether the primary outcome is known, and the person is in the primary analysis, withdrew consent, died.
    order : sequence of str
        The arms' ids, as they are to stand.
    screened : int, optional
        How many were asked or assessed.

    Raises
    ------
    ValueError
        When fewer were screened than randomised.
    """
    of = np.asarray(arm)
    if screened is not None and screened < of.size:
        raise ValueError(f"{screened} screened, {of.size} randomised")
    has, used, left, dead = (np.asarray(v, bool) for v in (known, analysed, withdrew, died))
    arms = []
    for name in order:
        here = of == name
        arms.append(
            ArmFlow(
                arm=name,
                randomised=int(here.sum()),
                withdrew=int((here & ~has & left).sum()),
                died=int((here & ~has & ~left & dead).sum()),
                lost=int((here & ~has & ~left & ~dead).sum()),
                with_outcome=int((here & has).sum()),
                analysed=int((here & used).sum()),
            )
        )
    return Flow(screened=screened, randomised=int(of.size), arms=tuple(arms))
