"""Who pays and who gets. What all of them together lose or win is what society does."""

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

Payer = Literal["participant", "employer", "health_service", "municipality", "nav", "state", "others"]
Perspective = Literal[
    "participant", "employer", "health_service", "municipality", "nav", "state", "others", "public", "society"
]

PAYERS: tuple[Payer, ...] = get_args(Payer)
PUBLIC = frozenset({"health_service", "municipality", "nav", "state"})
TAX_FINANCING = "tax_financing"
"""The account of what raising a krone of tax costs beyond the krone; society bears it."""
ACCOUNTS: tuple[str, ...] = (*PAYERS, TAX_FINANCING)


def public() -> npt.NDArray[np.float64]:
    return np.array([account in PUBLIC for account in ACCOUNTS], dtype=float)


def seen_by(perspective: Perspective) -> npt.NDArray[np.float64]:
    """Which accounts a perspective counts, as 1 and 0 in the order of ``ACCOUNTS``."""
    if perspective == "society":
        return np.ones(len(ACCOUNTS))
    if perspective == "public":
        return public()
    return np.array([account == perspective for account in ACCOUNTS], dtype=float)
