"""Files written whole or not at all: beside their place, and then moved there."""

import os
from pathlib import Path

import polars as pl


def write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def write_frame(frame: pl.DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    frame.write_parquet(part, compression="lz4", statistics=False)  # every reader reads all of it
    os.replace(part, path)
