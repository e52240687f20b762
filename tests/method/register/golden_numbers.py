"""The numbers other programs gave for the tables in ``golden``."""

import csv
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"


def golden(name: str) -> dict[str, float]:
    with (GOLDEN / name).open(encoding="utf-8") as lines:
        return {row["name"]: float(row["value"]) for row in csv.DictReader(lines) if row["value"]}
