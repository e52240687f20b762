"""Analyses that the tests share."""

from pathlib import Path
from typing import Any

from fotfeste.economics.curves import Curve
from fotfeste.economics.prices import Prices
from fotfeste.economics.shapes import Analysis, Item, WorkEffect

FOLDER = Path(__file__).parents[3] / "examples" / "economics"
TRIAL = FOLDER / "trial-window.toml"
LONG = FOLDER / "long-follow-up.toml"
FOUR_STATES = FOLDER / "four-states.toml"


def item(kind: str, amount: float, **given: Any) -> Item:
    told: dict[str, Any] = {"id": kind, "name": kind, "per": "participant", "at_month": 0.0, "source": "made up"}
    return Item(kind=kind, amount=amount, **(told | given))  # type: ignore[arg-type]


def analysis(*items: Item, **given: Any) -> Analysis:
    """Everybody in the intervention's extra tenth works full time from the first day on; nothing is discounted."""
    told: dict[str, Any] = {
        "title": "Test",
        "perspective": "society",
        "prices": Prices(currency="NOK", year=2020),
        "horizon_months": 24.0,
        "intervention": "IPS",
        "reference": "other",
        "discount_costs": 0.0,
        "discount_effects": 0.0,
        "tax_financing": 0.0,
        "effect": work(),
    }
    return Analysis(items=items, **(told | given))


def work(**given: Any) -> WorkEffect:
    told: dict[str, Any] = {
        "outcome": "in work",
        "curve": Curve(months=(12.0,), before="full", after="stays"),
        "difference": (0.1,),
        "reference": None,
        "source": "made up",
        "full_time_share": 1.0,
    }
    return WorkEffect(**(told | given))
