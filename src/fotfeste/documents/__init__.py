"""Reports: one document, written as PDF, HTML and Word; and a table as CSV."""

from fotfeste.documents.blocks import Block, Bullets, Document, Figure, Heading, Note, Paragraph, Table
from fotfeste.documents.font_signs import FONTS
from fotfeste.documents.pages import html
from fotfeste.documents.paper import pdf, showable
from fotfeste.documents.sheet import csv


def docx(document: Document) -> bytes:
    """Write a document for Word. What makes it is not waited for by those that never do."""
    from fotfeste.documents.word import docx as made

    return made(document)


__all__ = [
    "FONTS",
    "Block",
    "Bullets",
    "Document",
    "Figure",
    "Heading",
    "Note",
    "Paragraph",
    "Table",
    "csv",
    "docx",
    "html",
    "pdf",
    "showable",
]
