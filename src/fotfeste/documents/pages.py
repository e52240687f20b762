"""A document as one HTML file that needs nothing else: no scripts, style and drawings inside."""

from base64 import b64encode
from collections.abc import Iterable
from html import escape
from itertools import count
from pathlib import Path

from fotfeste.documents.blocks import (
    NUMBERED,
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
    day_in_words,
    each_text,
    seen,
)

STYLE = Path(__file__).with_name("pages.css").read_text(encoding="utf-8")
ALLOWED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def html(document: Document) -> str:
    """Write a document as a page; a drawing is an image, in which nothing can run."""
    document = each_text(document, seen)
    figures, tables = count(1), count(1)
    figure_word, table_word = NUMBERED[document.language]

    def written(block: Block) -> str:
        match block:
            case Heading(text, level):
                return f"<h{level + 1}>{escape(text)}</h{level + 1}>"
            case Paragraph(text):
                return f"<p>{_lines(text)}</p>"
            case Note(text):
                return f'<p class="note">{_lines(text)}</p>'
            case Bullets(items):
                return f"<ul>{''.join(f'<li>{_lines(item)}</li>' for item in items)}</ul>"
            case Table():
                return _table(block, f"{table_word} {next(tables)}: {block.caption}")
            case Figure(svg, caption, alt):
                source = b64encode(svg.encode()).decode()
                return (
                    f'<figure><img src="data:image/svg+xml;base64,{source}" alt="{escape(alt)}">'
                    f"<figcaption>{figure_word} {next(figures)}: {escape(caption)}</figcaption></figure>"
                )

    made_on = day_in_words(document.made_on, document.language) if document.made_on else ""
    head = [f"<h1>{escape(document.title)}</h1>"]
    head += [
        f'<p class="{name}">{escape(text)}</p>'
        for name, text in (("subtitle", document.subtitle), ("day", made_on))
        if text
    ]
    body = "\n".join([*head, *map(written, document.blocks)])
    return (
        f'<!doctype html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{ALLOWED}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _table(table: Table, caption: str) -> str:
    def row(cells: Iterable[str], tag: str, scope: str = "") -> str:
        marks = (' class="number"' if i in table.numeric else "" for i in range(len(table.columns)))
        return (
            "<tr>"
            + "".join(f"<{tag}{scope}{mark}>{_lines(cell)}</{tag}>" for cell, mark in zip(cells, marks, strict=True))
            + "</tr>"
        )

    head, caption = row(table.columns, "th", ' scope="col"'), escape(caption)
    body = "".join(row(cells, "td") for cells in table.rows)
    # A wide table scrolls by itself; the frame can be reached with the keyboard.
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{caption}"><table><caption>{caption}</caption>'
        f"<thead>{head}</thead><tbody>{body}</tbody></table></div>"
    )


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
