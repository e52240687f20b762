"""The worked cases of ``fidelity_cases``, a table for each item that suggests a rating: test and manual at once."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from tests.method.fidelity_records import BUILT

from fotfeste.fidelity import scale, suggest

IPS = scale("ips-25")
FOLDER = Path(__file__).with_name("fidelity_cases")


def cases(item):
    with (FOLDER / f"item_{int(item):02}.csv").open(encoding="utf-8", newline="") as file:
        return [case | {"item": item} for case in csv.DictReader(file, strict=True)]


CASES = [case for item in BUILT for case in cases(item)]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['item']}: {case['why']}" for case in CASES])
def test_worked_case(case):
    records, period = BUILT[case["item"]](case)
    told = suggest(records, IPS, period)[case["item"]]
    number = None if told.number is None else round(told.number, 4)
    assert number == (Decimal(case["number"]) if case["number"] else None)
    assert told.rating == (int(case["rating"]) if case["rating"] else None)
    if "pooled" in case:
        assert told.pooled_rating == (int(case["pooled"]) if case["pooled"] else None)
    else:
        assert told.choices == tuple(map(int, case["choices"].split()))
    assert [mark for mark in told.marks if mark != "awaits_check"] == case["marks"].split()


@pytest.mark.parametrize("item", BUILT)
def test_the_cases_meet_every_threshold_on_both_sides(item):
    """Each whole number at the edge of an anchor that may be suggested, and its neighbour in the next, is a number of
    some case. Where nothing lies between two anchors but a tie, that is one too."""
    met = {int(Decimal(case["number"]).to_integral_value("ROUND_HALF_UP")) for case in cases(item) if case["number"]}
    anchors = [anchor for anchor in IPS.item_by_id[item].anchors if anchor.rating in IPS.item_by_id[item].suggests]
    edges = {edge for anchor in anchors for edge in (anchor.least, anchor.most) if edge is not None}
    assert edges <= met
