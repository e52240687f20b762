"""One document in three forms: each holds all of it, word for word, and nothing else."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from io import BytesIO

import docx as python_docx
import pytest
from tests.method.documents.printed_text import printed_text

from fotfeste.documents import Bullets, Document, Figure, Heading, Note, Paragraph, Table, docx, html, pdf

SIGNS = (
    r"#set page() #panic() *b* _i_ `k` $x^2$ <a> @ref = - + / \ // /* */ [x] {y} ~ # \u{1F600} "
    r""""q" 'r' https://a.no &amp; <script>alert(1)</script> ]] )) % ∑ ≥ é æøåÆØÅ"""
)
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60">
<text x="5" y="30" font-family="Inter">Ærø</text></svg>"""
WHOLE = Document(
    title="Virker det?",
    subtitle="Om " + SIGNS,
    made_on=date(2026, 11, 22),
    blocks=(
        Heading("Sammendrag " + SIGNS),
        Paragraph(SIGNS),
        Heading("Del", 2),
        Bullets(("ett", SIGNS)),
        Note(SIGNS),
        Table(("Studie", "Effekt"), (("a " + SIGNS, "1,5"), ("b", "−0,2")), "Studiene " + SIGNS, frozenset({1})),
        Figure(SVG, "Figuren " + SIGNS, "En figur med " + SIGNS),
    ),
)


def without_blanks(text: str) -> str:
    return "".join(text.split())


def test_the_pdf_is_tagged_and_says_that_it_is_pdf_ua_1() -> None:
    made = pdf(WHOLE)
    assert made.startswith(b"%PDF-1.7")
    for mark in (b"<pdfuaid:part>1</pdfuaid:part>", b"/Marked true", b"/StructTreeRoot", b"/Lang(nb)"):
        assert mark in made
    for tag in (b"/S/H1", b"/S/H2", b"/S/Table", b"/S/THead", b"/S/TH", b"/Scope/Column", b"/S/Figure", b"/S/LI"):
        assert tag in made
    assert made == pdf(WHOLE)


def test_only_inter_is_in_the_pdf() -> None:
    names = set(re.findall(rb"/BaseFont/[A-Z]{6}\+([\w-]+)", pdf(WHOLE)))
    assert names == {b"Inter-Regular", b"Inter-Bold"}


def test_no_sign_in_the_text_is_read_as_markup_in_the_pdf() -> None:
    plain = replace(WHOLE, blocks=tuple(b for b in WHOLE.blocks if not isinstance(b, Figure)))
    shown = printed_text(pdf(plain)).replace("\N{SOFT HYPHEN}", "")
    # Subtitle, heading, paragraph, list, note, cell and caption.
    assert shown.count(without_blanks(SIGNS)) == 7


def test_signs_that_no_font_has_stand_as_boxes_and_unseen_ones_are_gone() -> None:
    shown = printed_text(pdf(Document("T", blocks=(Paragraph("a\x07b\u200bc 漢 🙂 d"),))))
    assert "abc□□d" in shown
    assert pdf(Document("T", blocks=(Figure(SVG.replace("Ærø", "漢"), "c", "alt"),)))


def test_long_words_are_divided_as_norwegian_ones() -> None:
    word = "arbeidsmarkedstilknytningsprosjektet"
    told = printed_text(pdf(Document("T", blocks=(Paragraph(f"{word} " * 40),))))
    assert told.count("\N{SOFT HYPHEN}") > 3
    assert told.replace("\N{SOFT HYPHEN}", "").count(word) == 40


class Page(HTMLParser):
    """Collects the text, and every tag that is left open or closed twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data) -> None:
        if "style" not in self.open:
            self.text += data


def test_the_page_holds_all_text_as_text_and_runs_nothing() -> None:
    page = Page()
    page.feed(html(WHOLE))
    page.close()
    assert not page.open
    assert without_blanks(page.text).count(without_blanks(SIGNS)) == 8
    names = [tag for tag, _ in page.tags]
    assert not {"script", "link", "iframe", "object", "svg"} & set(names)
    assert not any(name.startswith("on") for _, told in page.tags for name in told)
    assert ("html", {"lang": "nb"}) in page.tags
    assert [name for name in names if name in ("h1", "h2", "h3")] == ["h1", "h2", "h3"]
    image = next(told for tag, told in page.tags if tag == "img")
    assert image["alt"] == "En figur med " + SIGNS
    assert [told["scope"] for tag, told in page.tags if tag == "th"] == ["col", "col"]


def test_the_word_file_opens_with_its_headings_table_and_figure() -> None:
    made = python_docx.Document(BytesIO(docx(WHOLE)))
    styles = [(p.style.name, p.text) for p in made.paragraphs]
    assert ("Title", "Virker det?") in styles
    assert ("Heading 1", "Sammendrag " + SIGNS) in styles
    assert ("Heading 2", "Del") in styles
    assert ("List Bullet", SIGNS) in styles
    assert ("Caption", "Figur 1: Figuren " + SIGNS) in styles
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["Studie", "Effekt"],
        ["a " + SIGNS, "1,5"],
        ["b", "−0,2"],
    ]
    assert "tblHeader" in made.tables[0].rows[0]._tr.xml
    assert made.inline_shapes[0]._inline.docPr.get("descr") == "En figur med " + SIGNS
    assert made.core_properties.language == "nb-NO"


def test_control_characters_do_not_stop_any_form() -> None:
    odd = Document("a\x00b", blocks=(Paragraph("c\x07\x1bd"), Table(("\x0b",), (("\x0c",),), "x\x08")))
    assert pdf(odd)
    assert "<p>cd</p>" in html(odd)
    assert python_docx.Document(BytesIO(docx(odd))).core_properties.title == "ab"


def test_a_document_that_a_screen_reader_could_not_follow_is_refused() -> None:
    with pytest.raises(ValueError, match="level 3"):
        Document("T", blocks=(Heading("a"), Heading("b", 3)))
    with pytest.raises(ValueError, match="level 2"):
        Document("T", blocks=(Heading("a", 2),))
    with pytest.raises(ValueError, match="do not see"):
        Figure(SVG, "c", " ")
    with pytest.raises(ValueError, match="row 2 has 1 cells"):
        Table(("a", "b"), (("1", "2"), ("1",)), "c")


def test_an_empty_table_and_an_english_document() -> None:
    empty = Document("T", language="en", made_on=date(2026, 3, 2), blocks=(Table(("a",), (), "none"),))
    assert "2 March 2026" in html(empty)
    assert "Table1:none" in printed_text(pdf(empty))
    assert len(python_docx.Document(BytesIO(docx(empty))).tables[0].rows) == 1
