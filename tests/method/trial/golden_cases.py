"""Reference analyses by R, read by name. golden/README.md says where they come from."""

import json
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).parent / "golden" / "trial_cases.json"
CASES: dict[str, Any] = {case["id"]: case for case in json.loads(FILE.read_text(encoding="utf-8"))["cases"]}


def expected(name: str) -> Any:
    return CASES[name]["expected"]


def data(name: str) -> dict[str, np.ndarray]:
    return {
        column: np.array([np.nan if v is None else v for v in values], dtype=None)
        for column, values in CASES[name]["data"].items()
    }
