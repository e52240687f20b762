"""A spreadsheet as a service has it, CSV or XLSX: its headings and its rows as text."""

from .sheet import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Line, Table, Unusable
from .table import read_table

__all__ = ["MAX_BYTES", "MAX_COLUMNS", "MAX_ROWS", "Line", "Table", "Unusable", "read_table"]
