"""The line of every key of a TOML text: ``tomllib`` reads the values and forgets where they stood."""

import re
from collections import Counter

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_TEXT = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\]|\\.)*"|\'[^\']*\'', re.DOTALL)
_BARE = re.compile(r"[^\s=\[\]{},#.\"']+")
_PLAIN = re.compile(r"[^,\]}\n#]+")


def key_lines(text: str) -> dict[str, int]:
    """Line, from 1, of each key by its way from the top, as ``item[3].anchors[2].nb``; ``text`` is valid TOML."""
    reader = _Reader(text)
    reader.document()
    return reader.lines


class _Reader:
    """Walks once through the text; what is inside a list is numbered from 1."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.lines: dict[str, int] = {}
        self._counted = (0, 1)  # up to which place line breaks are counted, and the line there

    def document(self) -> None:
        table, rows = "", Counter[str]()
        while self._skip_blank():
            if self.text.startswith("[", self.at):
                many = self.text.startswith("[[", self.at)
                self.at += 1 + many
                table = self._header(rows, many=many)
                self.at += 1 + many
            else:
                self._pair(table)

    def _header(self, rows: Counter[str], *, many: bool) -> str:
        """The way to a table; the names before the last go through the newest row of a list of tables."""
        line, names, way = self._line(), self._names(), ""
        for place, name in enumerate(names):
            way = f"{way}.{name}" if way else name
            if many and place == len(names) - 1:
                self.lines.setdefault(way, line)
                rows[way] += 1
            if rows[way]:
                way = f"{way}[{rows[way]}]"
        self.lines.setdefault(way, line)
        return way

    def _pair(self, table: str) -> None:
        line, way = self._line(), table
        for name in self._names():
            way = f"{way}.{name}" if way else name
            self.lines.setdefault(way, line)
        self.at += 1  # the sign =
        self._value(way)

    def _names(self) -> list[str]:
        names = []
        while True:
            self._skip_blank()
            quoted = _TEXT.match(self.text, self.at)
            found = quoted or _BARE.match(self.text, self.at)
            assert found, "the text is valid TOML"
            names.append(found[0][1:-1] if quoted else found[0])
            self.at = found.end()
            self._skip_blank()
            if not self.text.startswith(".", self.at):
                return names
            self.at += 1

    def _value(self, way: str) -> None:
        self._skip_blank()
        sign = self.text[self.at]
        if sign in "[{":
            self.at += 1
            number = 0
            while self._skip_blank() and self.text[self.at] not in "]}":
                number += 1
                if sign == "[":
                    self.lines.setdefault(f"{way}[{number}]", self._line())
                    self._value(f"{way}[{number}]")
                else:
                    self._pair(way)
                self._skip_blank()
                self.at += self.text.startswith(",", self.at)
            self.at += 1
            return
        found = _TEXT.match(self.text, self.at) or _PLAIN.match(self.text, self.at)
        assert found, "the text is valid TOML"
        self.at = found.end()

    def _skip_blank(self) -> bool:
        """Go to the next sign that says something; whether there is one."""
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at < len(self.text)

    def _line(self) -> int:
        place, line = self._counted
        self._counted = (self.at, line + self.text.count("\n", place, self.at))
        return self._counted[1]
