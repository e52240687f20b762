"""Reports: one document, written as PDF, HTML and Word."""

from fotfeste.documents.blocks import Block, Bullets, Document, Figure, Heading, Note, Paragraph, Table
from fotfeste.documents.pages import html
from fotfeste.documents.paper import pdf
from fotfeste.documents.word import docx

__all__ = [
    "Block",
    "Bullets",
    "Document",
    "Figure",
    "Heading",
    "Note",
    "Paragraph",
    "Table",
    "docx",
    "html",
    "pdf",
]
