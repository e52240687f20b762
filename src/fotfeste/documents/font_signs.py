"""Which signs the fonts that come along have a picture of."""

import struct
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"


@cache
def signs() -> frozenset[int]:
    """Code points with a glyph in Inter, from the segments of its character map (OpenType ``cmap``, format 12)."""
    font = (FONTS / "Inter-Regular.ttf").read_bytes()
    tables = struct.unpack_from(">H", font, 4)[0]
    directory = (struct.unpack_from(">4sLLL", font, 12 + 16 * i) for i in range(tables))
    start = next(offset for tag, _, offset, _ in directory if tag == b"cmap")
    maps = struct.unpack_from(">H", font, start + 2)[0]
    offsets = (struct.unpack_from(">HHL", font, start + 4 + 8 * i)[2] for i in range(maps))
    full = next(start + at for at in offsets if struct.unpack_from(">H", font, start + at)[0] == 12)
    groups = (
        struct.unpack_from(">LLL", font, full + 16 + 12 * i) for i in range(*struct.unpack_from(">L", font, full + 12))
    )
    return frozenset(sign for first, last, _ in groups for sign in range(first, last + 1))
