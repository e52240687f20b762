"""A document as a Word file, with Word's own styles, so that it can be worked on."""

from datetime import datetime
from io import BytesIO
from itertools import count
from typing import Any

import docx as python_docx
import vl_convert
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt

from fotfeste.documents.blocks import (
    NUMBERED,
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
from fotfeste.documents.font_signs import FONTS

SCALE = 2  # pixels of a drawing for each of its own
INCH = 96  # a drawing's own pixels to the inch


def docx(document: Document) -> bytes:
    """Write a document for Word: headings, captions and table headers are what Word calls them."""
    document = each_text(document, seen)
    made: Any = python_docx.Document()
    _set_properties(made, document)
    figures, tables = count(1), count(1)
    figure_word, table_word = NUMBERED[document.language]
    made.add_paragraph(document.title, style="Title")
    if document.subtitle:
        made.add_paragraph(document.subtitle, style="Subtitle")
    if document.made_on:
        made.add_paragraph(day_in_words(document.made_on, document.language))
    for block in document.blocks:
        match block:
            case Heading(text, level):
                made.add_heading(text, level)
            case Paragraph(text):
                made.add_paragraph(text)
            case Note(text):
                made.add_paragraph(text, style="Intense Quote")
            case Bullets(items):
                for item in items:
                    made.add_paragraph(item, style="List Bullet")
            case Table():
                made.add_paragraph(f"{table_word} {next(tables)}: {block.caption}", style="Caption")
                _add_table(made, block)
            case Figure():
                _add_figure(made, block)
                made.add_paragraph(f"{figure_word} {next(figures)}: {block.caption}", style="Caption")
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _set_properties(made: Any, document: Document) -> None:
    made.core_properties.title = document.title
    made.core_properties.author = "Fotfeste"
    made.core_properties.comments = ""
    made.core_properties.language = language = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}[document.language]
    if document.made_on:
        day = document.made_on
        made.core_properties.created = made.core_properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Inter", Pt(10)
    for lang in made.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)


def _add_table(made: Any, table: Table) -> None:
    drawn = made.add_table(rows=1, cols=len(table.columns), style="Light List Accent 1")
    repeated = OxmlElement("w:tblHeader")  # the header row, repeated on each page and read as one
    drawn.rows[0]._tr.get_or_add_trPr().append(repeated)
    for cells in (table.columns, *table.rows):
        row = drawn.rows[0] if cells is table.columns else drawn.add_row()
        for i, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.text = text
            if i in table.numeric:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.add_paragraph()


def _add_figure(made: Any, figure: Figure) -> None:
    vl_convert.register_font_directory(str(FONTS))
    picture = vl_convert.svg_to_png(figure.svg, scale=SCALE)
    added = made.add_picture(BytesIO(picture))
    room = made.sections[0].page_width - made.sections[0].left_margin - made.sections[0].right_margin
    own = Inches(int.from_bytes(picture[16:20]) / SCALE / INCH)  # the width stands there in every PNG
    added.height = round(added.height * min(room, own) / added.width)
    added.width = min(room, own)
    added._inline.docPr.set("descr", figure.alt)
