"""Every command prints its result as JSON that any reader takes: RFC 8259 has no word for what is not a number."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from fotfeste.commands.results import print_result


@dataclass(frozen=True, slots=True)
class Found:
    value: Any


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (float("nan"), None),
        (np.array([1.5, np.inf]), [1.5, None]),
        (np.int64(3), 3),
        (Decimal("2"), 2),
        (Decimal("2.5"), 2.5),
        ((date(2026, 3, 2), None), ["2026-03-02", None]),
        ({1: Found(np.float64("nan"))}, {"1": {"value": None}}),
    ],
)
def test_a_result_is_read_as_it_was_found(capsys, value, read) -> None:
    print_result("evidence pool", Found(value), data_sha256=None, definition={"measure": "RR"}, made_of=())
    told = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert told.pop("value") == read
    assert told.pop("version")
    assert told == {
        "schema": "fotfeste.evidence.pool/1",
        "command": "evidence pool",
        "data_sha256": None,
        "definition": {"measure": "RR"},
        "made_of": [],
    }
