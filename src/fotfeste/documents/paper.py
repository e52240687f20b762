"""A document as tagged PDF, set by Typst."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fotfeste.documents.blocks import Block, Document, day_in_words, each_text, seen
from fotfeste.documents.font_signs import FONTS, signs

HERE = Path(__file__).parent


def pdf(document: Document) -> bytes:
    """Set a document as PDF/UA-1 with the fonts that come along; the same document gives the same bytes.

    The text reaches Typst as data, never as source: a sign that is markup there is a sign like any other. A sign that
    the fonts do not have stands as □.
    """
    import typst  # not waited for by those that write no paper

    shown = each_text(document, showable)
    day = shown.made_on
    told = asdict(shown) | {
        "made_on": day_in_words(day, shown.language) if day else "",
        "date": [day.year, day.month, day.day] if day else None,
        "blocks": [_told(block) for block in shown.blocks],
    }
    compile: Any = typst.compile  # its own types leave out what it takes
    made: bytes = compile(
        (HERE / "report.typ").read_bytes(),
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(told, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()) if day else 0,
    )
    return made


def _told(block: Block) -> dict[str, Any]:
    told = asdict(block) | {"kind": type(block).__name__}
    return told | {"numeric": sorted(told["numeric"])} if "numeric" in told else told


def showable(text: str) -> str:
    """Text with □ for each sign that the fonts do not have: PDF/UA refuses a sign without a picture."""
    return "".join(sign if ord(sign) in signs() or sign in "\n\t" else "□" for sign in seen(text))
