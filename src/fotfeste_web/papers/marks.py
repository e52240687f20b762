"""A paper is written by hand, but for what stands between two marks: that is made.

``<!-- lages: roller -->`` begins such a part and ``<!-- slutt: roller -->`` ends it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

PART = re.compile(r"(<!-- lages: (?P<name>[\w-]+) -->\n).*?(<!-- slutt: (?P=name) -->)", re.DOTALL)


def made(folder: Path, parts: Mapping[str, Callable[[str], str]]) -> dict[Path, str]:
    """Give each paper below the folder that has a made part, as it should be. Nothing is written.

    A part is made from the paper's own text, which most of them do not need.
    """
    texts = {file: file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.md"))}
    return {
        file: PART.sub(lambda part, text=text: f"{part[1]}\n{parts[part['name']](text)}\n\n{part[3]}", text)
        for file, text in texts.items()
        if PART.search(text)
    }


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
