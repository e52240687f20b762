"""A report to its files."""

from collections.abc import Sequence
from pathlib import Path

from fotfeste import documents
from fotfeste.commands.evidence.inputs import BadOption
from fotfeste.commands.evidence.report import document
from fotfeste.commands.evidence.reviewing import Answers

FORMS = (".pdf", ".html", ".docx")


def write(told: Answers, paths: Sequence[Path]) -> list[Path]:
    """Write the report in the form that each file's name asks for; all are made before the first is written."""
    for path in paths:
        if path.suffix.lower() not in FORMS:
            raise BadOption("--out", path, "form", FORMS)
    made = document(told)
    contents = [(path, _content(made, path.suffix.lower())) for path in paths]
    for path, content in contents:
        beside = path.with_name(path.name + ".tmp")
        beside.write_bytes(content)
        beside.replace(path)
    return [path for path, _ in contents]


def _content(made: documents.Document, form: str) -> bytes:
    if form == ".pdf":
        return documents.pdf(made)
    return documents.html(made).encode() if form == ".html" else documents.docx(made)
