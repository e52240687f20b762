"""Who pays and who gets. What all of them together lose or win is what society does."""

from typing import Literal, get_args

Payer = Literal["participant", "employer", "health_service", "municipality", "nav", "state", "others"]
Perspective = Literal[
    "participant", "employer", "health_service", "municipality", "nav", "state", "others", "public", "society"
]

PAYERS: tuple[Payer, ...] = get_args(Payer)
PUBLIC = frozenset({"health_service", "municipality", "nav", "state"})
TAX_FINANCING = "tax_financing"
"""The account of what raising a krone of tax costs beyond the krone; society bears it."""
ACCOUNTS: tuple[str, ...] = (*PAYERS, TAX_FINANCING)


def seen_by(perspective: Perspective) -> tuple[float, ...]:
    """Which accounts a perspective counts, as 1 and 0 in the order of ``ACCOUNTS``."""
    if perspective == "society":
        return (1.0,) * len(ACCOUNTS)
    seen = PUBLIC if perspective == "public" else {perspective}
    return tuple(float(account in seen) for account in ACCOUNTS)
