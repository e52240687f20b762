"""The lines of the account: costs, benefits, transfers and production."""

from collections.abc import Iterator

from fotfeste.economics.payers import PAYERS, Payer
from fotfeste.economics.prices import NoPrice, Prices, Rate
from fotfeste.economics.reading.errors import positive, share, sourced
from fotfeste.economics.reading.people import Persons
from fotfeste.economics.shapes import Arm, Item, Kind, Per
from fotfeste.files import Table

KINDS: dict[str, Kind] = {
    "costs": "cost",
    "benefits": "benefit",
    "transfers": "transfer",
    "production": "production",
}


def read_prices(table: Table) -> Prices:
    currency, year = table.text("currency"), table.number("year")
    index, rates, sources = {}, {}, []
    if table.has("index"):
        told = table.table("index")
        sources.append(("prices.index", *sourced(told)))
        years, values = told.numbers("years"), told.reals("values")
        if len(years) != len(values):
            raise told.bad("values", "length", len(years))
        for place, value in enumerate(values, start=1):
            if value <= 0:
                raise told.bad(f"values[{place}]", "index", value)
        index = dict(zip(years, values, strict=True))
        told.done()
    for told in table.tables("exchange"):
        sources.append(("prices.exchange", *sourced(told)))
        rates[told.text("currency")] = Rate(year=told.number("year"), rate=positive(told, "rate", told.real("rate")))
        told.done()
    table.done()
    return Prices(currency=currency, year=year, index=index, rates=rates, sources=tuple(sources))


def read_items(root: Table, prices: Prices, persons: Persons | None, states: tuple[str, ...]) -> Iterator[Item]:
    seen: set[str] = set()
    for name, kind in KINDS.items():
        for table in root.tables(name):
            item = _item(table, kind, prices, persons, states)
            if item.id in seen:
                raise table.bad("id", "duplicate", item.id)
            seen.add(item.id)
            table.done()
            yield item


def _item(table: Table, kind: Kind, prices: Prices, persons: Persons | None, states: tuple[str, ...]) -> Item:
    id, arm = table.text("id"), table.choice("arm", Arm) if table.has("arm") else None
    per: Per = table.choice("per", Per)
    source, assumed = sourced(table)
    amount = _amount(table, id, arm, persons)
    begins, ends, at = _when(table, per)
    return Item(
        id=id,
        name=table.text("name"),
        kind=kind,
        amount=amount,
        per=per,
        source=source,
        assumed=assumed,
        factor=_factor(table, prices),
        arm=arm,
        payer=_payer(table, "payer" if kind == "cost" else "from") if kind in ("cost", "transfer") else None,
        receiver=_payer(table, "to") if kind in ("benefit", "transfer") else None,
        from_month=begins,
        to_month=ends,
        at_month=at,
        states=_states(table, per, states),
        employer_contribution=share(table, "employer_contribution") if kind == "production" else 0.0,
        tax=share(table, "tax") if kind == "production" else 0.0,
    )


def _amount(table: Table, id: str, arm: Arm | None, persons: Persons | None) -> float:
    if not table.has("column"):
        return positive(table, "amount", table.real("amount"))
    if persons is None:
        raise table.bad("column", "people_missing")
    if arm is None:
        raise table.bad("arm", "missing")
    return persons.mean_of(f"{id}.amount", table, arm)


def _payer(table: Table, name: str) -> Payer:
    told = table.text(name)
    for payer in PAYERS:
        if payer == told:
            return payer
    raise table.bad(name, "payer", told)


def _factor(table: Table, prices: Prices) -> float:
    year = table.number("price_year")
    currency = table.optional_text("currency") or prices.currency
    try:
        return prices.factor(currency=currency, year=year)
    except NoPrice as error:
        raise table.bad(error.reason, error.reason, error.value) from None


def _when(table: Table, per: Per) -> tuple[float, float | None, float | None]:
    begins, ends, at = (table.optional_real(name) for name in ("from_month", "to_month", "at_month"))
    for name, value in (("from_month", begins), ("at_month", at)):
        if value is not None:
            positive(table, name, value)
    if at is not None and (per != "participant" or begins is not None or ends is not None):
        raise table.bad("at_month", "one_of", "from_month, to_month")
    if per == "participant" and at is None and ends is None:
        raise table.bad("to_month", "spread_over")
    if ends is not None and ends <= (begins or 0.0):
        raise table.bad("to_month", "order", ends)
    return begins or 0.0, ends, at


def _states(table: Table, per: Per, states: tuple[str, ...]) -> tuple[str, ...]:
    if per != "year_in_state":
        return ()
    if not states:
        raise table.bad("per", "needs_cohort")
    told = table.texts("states")
    if not told:
        raise table.bad("states", "missing")
    for place, state in enumerate(told, start=1):
        if state not in states:
            raise table.bad(f"states[{place}]", "state", state)
    return told
