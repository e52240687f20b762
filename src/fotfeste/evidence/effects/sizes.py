"""Effects with their sampling variances, as every source of them gives them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fotfeste.evidence.projection import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectSizes:
    """Effects with variances; NaN where a study gives none. ``changed`` are studies that got ``add``."""

    measure: str
    effects: Floats
    variances: Floats
    names: tuple[str, ...]
    changed: tuple[str, ...] = ()
    without_effect: tuple[str, ...] = ()
    rule: str = ""

    @property
    def usable(self) -> npt.NDArray[np.bool_]:
        return np.isfinite(self.effects) & np.isfinite(self.variances)
