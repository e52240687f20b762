"""The words and numbers of the figures and tables."""

NO_BREAK = "\N{NO-BREAK SPACE}"
PAYERS = {
    "participant": "Deltakeren",
    "employer": "Arbeidsgiveren",
    "health_service": "Helsetjenesten",
    "municipality": "Kommunen",
    "nav": "NAV",
    "state": "Staten",
    "others": "Andre",
    "tax_financing": "Kostnad ved skattefinansiering",
    "public": "Det offentlige",
    "society": "Samfunnet",
}
EFFECTS = {
    "in_work": "person i jobb ved slutten av perioden",
    "year_in_work": "år i jobb",
    "workday": "dag i jobb",
    "full_time_year": "årsverk",
    "qaly": "kvalitetsjustert leveår",
}
EFFECTS_OF_MANY = {
    "in_work": "andel i jobb ved slutten av perioden",
    "year_in_work": "år i jobb",
    "workday": "dager i jobb",
    "full_time_year": "årsverk",
    "qaly": "kvalitetsjusterte leveår",
}
NUMBERS = f"replace(replace(format(datum.value, ',.10~g'), /,/g, '{NO_BREAK}'), '.', ',')"
"""A Vega expression: the numbers of an axis as they are written in Norwegian."""
MONEY = f"replace(format(datum.value, ',.0f'), /,/g, '{NO_BREAK}')"
PER_CENT = f"format(100 * datum.value, '.0f') + '{NO_BREAK}%'"


def unit(currency: str) -> str:
    return "kr" if currency == "NOK" else currency


def money(value: float | None, currency: str) -> str:
    return "–" if value is None else f"{number(value)}{NO_BREAK}{unit(currency)}"


def number(value: float | None, digits: int = 0) -> str:
    """With a gap between thousands, a decimal comma and a real minus."""
    if value is None:
        return "–"
    told = f"{value:,.{digits}f}".replace(",", NO_BREAK).replace(".", ",")
    nothing = not told.strip("-0,")
    return told.lstrip("-") if nothing else told.replace("-", "\N{MINUS SIGN}")


def per_cent(share: float | None) -> str:
    return "–" if share is None else f"{number(100 * share)}{NO_BREAK}%"


def probability(share: float) -> str:
    """Nothing is quite certain because no draw said otherwise."""
    if share < 0.005:
        return f"under 1{NO_BREAK}%"
    return f"over 99{NO_BREAK}%" if share > 0.995 else per_cent(share)
