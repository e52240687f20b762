"""The drawing of a figure, kept by its content: the same numbers are drawn once."""

from base64 import b64encode
from functools import lru_cache

Bar = tuple[str, float | None, str]  # the quarter, its value, what is written at it


@lru_cache(maxsize=1024)
def drawn(bars: tuple[Bar, ...], benchmark: float | None, percent: bool) -> str:
    from fotfeste.charts.indicators import by_quarter  # draws with Altair, which a start shall not wait for
    from fotfeste.charts.saving import svg

    rows = [{"quarter": quarter, "value": value, "label": label} for quarter, value, label in bars]
    return svg(by_quarter(rows, benchmark=benchmark, percent=percent))


def as_image(drawing: str) -> str:
    """An address that holds the drawing itself."""
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
