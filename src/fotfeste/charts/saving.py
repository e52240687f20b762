"""One chart to one file, with its numbers in a table beside it."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import altair as alt


class UnknownFormat(ValueError):
    def __init__(self, suffix: str) -> None:
        super().__init__(f"«{suffix}» er ikke en figurfil. Bruk .svg, .png eller .html.")
        self.suffix = suffix


def save(chart: Any, path: Path, *, table: Sequence[Mapping[str, Any]] = ()) -> None:
    """Write SVG, PNG or HTML by the file's name, and the table to the same name with ``.csv``. Nothing is half
    written."""
    suffix = path.suffix.lower()
    content: bytes
    if suffix == ".html":
        content = chart.to_html(inline=True).encode()
    elif suffix in (".svg", ".png"):
        import vl_convert

        specification = chart.to_dict()
        content = (
            vl_convert.vegalite_to_svg(specification).encode()
            if suffix == ".svg"
            else vl_convert.vegalite_to_png(specification, scale=2)
        )
    else:
        raise UnknownFormat(suffix)
    _whole(path, content)
    if table:
        _whole(path.with_suffix(".csv"), as_csv(table).encode("utf-8-sig"))


def svg(chart: Any) -> str:
    """The drawing as text, for a page or a document."""
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(chart.to_dict())
    return drawn


def as_csv(table: Sequence[Mapping[str, Any]]) -> str:
    from io import StringIO

    names = list(dict.fromkeys(name for row in table for name in row))
    out = StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue()


def _whole(path: Path, content: bytes) -> None:
    beside = path.with_name(path.name + ".tmp")
    beside.write_bytes(content)
    beside.replace(path)


def drawing(rows: Sequence[Mapping[str, Any]]) -> Any:
    """A chart of rows; its types are Altair's own affair."""
    return alt.Chart(alt.Data(values=list(rows)))  # type: ignore[no-untyped-call]


def plain(chart: Any) -> Any:
    """The look that all figures share."""
    alt.data_transformers.disable_max_rows()
    return (
        chart.properties(background="white", padding=12)
        .configure_view(stroke=None)
        .configure_axis(
            grid=False, labelFont=FONT, titleFont=FONT, labelFontSize=12, titleFontSize=12, titleFontWeight="normal"
        )
        .configure_text(font=FONT, fontSize=12)
        .configure_title(font=FONT, fontSize=14, anchor="start")
        .configure_legend(labelFont=FONT, titleFont=FONT)
    )


FONT = "Inter, Arial, sans-serif"
INK, MUTED, ACCENT = "#1f2933", "#7b8794", "#0b5cad"
