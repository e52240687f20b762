"""Amounts of another year or currency moved to those of the analysis, by what the file gives and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field


class NoPrice(ValueError):
    """``reason`` is price_year (no index for ``value``, a year) or currency (no rate for ``value``, a currency)."""

    def __init__(self, reason: str, value: object) -> None:
        super().__init__(f"{reason}: {value}")
        self.reason, self.value = reason, value


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One unit of a foreign currency in the currency of the analysis, in the prices of ``year``."""

    year: int
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """The currency and year that everything is told in, a price index by year, and exchange rates by currency."""

    currency: str
    year: int
    index: Mapping[int, float] = field(default_factory=dict)
    rates: Mapping[str, Rate] = field(default_factory=dict)
    sources: tuple[tuple[str, str, bool], ...] = ()
    """What of this the file gives, where it is from, and whether it is assumed."""

    def factor(self, *, currency: str, year: int) -> float:
        """What an amount is multiplied with. A foreign amount is exchanged at the rate of its own year first, and then
        moved by the index.

        Raises
        ------
        NoPrice
            Where the file gives no index or rate for it.
        """
        exchange = 1.0
        if currency != self.currency:
            rate = self.rates.get(currency)
            if rate is None or rate.year != year:
                raise NoPrice("currency", f"{currency} {year}")
            exchange = rate.rate
        if year == self.year:
            return exchange
        for needed in (year, self.year):
            if needed not in self.index:
                raise NoPrice("price_year", needed)
        return exchange * self.index[self.year] / self.index[year]
