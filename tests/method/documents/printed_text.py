"""The text that a reader of a PDF sees, from its own bytes: glyphs to signs by each font's map."""

import re
import zlib

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf(.*?)T[Jj]\n", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def printed_text(pdf: bytes) -> str:
    """All text in the order it is drawn, without the blanks."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    text = []
    for page in objects.values():
        for content in re.findall(rb"/Contents (\d+) 0 R", page):  # every page names its fonts for itself
            used = page + b"".join(objects[int(at)] for at in re.findall(rb"/Resources (\d+) 0 R", page))
            fonts = b"".join(re.findall(rb"/Font<<(.*?)>>", used))
            signs = {name: _signs(objects, int(at)) for name, at in re.findall(rb"/(f\d+) (\d+) 0 R", fonts)}
            for font, strings in _SHOWN.findall(_stream(objects[int(content)])):
                glyphs = _string(strings)
                text += [signs[font][glyphs[i : i + 2]] for i in range(0, len(glyphs), 2)]
    return "".join("".join(text).split())


def _string(strings: bytes) -> bytes:
    """What stands between brackets, which may stand inside each other; numbers between strings are spacing."""
    depth, out = 0, b""
    for part in re.findall(rb"\\[0-7]{3}|\\.|.", strings, re.DOTALL):
        if part == b")":
            depth -= 1
        if depth:
            out += _unescaped(part)
        if part == b"(":
            depth += 1
    return out


def _unescaped(part: bytes) -> bytes:
    if part[:1] != b"\\":
        return part
    told = part[1:]
    return bytes([int(told, 8)]) if told.isdigit() else _ESCAPED.get(told, told)


def _signs(objects: dict[int, bytes], font: int) -> dict[bytes, str]:
    found = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    assert found
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", _stream(objects[int(found[1])]))
    return {bytes.fromhex(glyph.decode()): bytes.fromhex(sign.decode()).decode("utf-16-be") for glyph, sign in pairs}


def _stream(body: bytes) -> bytes:
    return zlib.decompress(body[body.index(b"stream\n") + 7 : body.rindex(b"\nendstream")])
