"""Numbers as people in Norway read them on a screen: decimal comma, a real minus, and a dash for none."""

import math


def number(value: float | None, digits: int = 2) -> str:
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "\N{MINUS SIGN}∞"
    return f"{value:.{digits}f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")


def p_value(p: float | None) -> str:
    return "< 0,001" if p is not None and p < 0.001 else number(p, 3)
