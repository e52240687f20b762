"""Requests drawn by hypothesis, a share of what `python -m benchmarks.attacks` sends; a failing one is made smaller."""

import json
from collections.abc import Iterator
from random import Random

import pytest
from benchmarks.attacks.attacker import Attacker, Figures, thousands
from benchmarks.attacks.canaries import BODO, hidden_from, word
from benchmarks.attacks.requests import Request
from benchmarks.attacks.world import site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fotfeste_web.caseload.models import Participant

REQUESTS = 1500


@pytest.fixture
def attacker(db) -> Iterator[Attacker]:
    with thousands(), site() as made:
        yield Attacker(made, Figures())


@pytest.mark.more
def test_requests_that_nobody_would_send_give_no_fault_and_no_word_of_another_service(attacker):
    @settings(
        max_examples=REQUESTS, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.randoms(use_true_random=False))
    def attack(random: Random) -> None:
        before = len(attacker.figures.faults)
        attacker.attack(random)
        assert json.dumps(attacker.figures.faults[before:], indent=1) == "[]"

    attack()
    figures = attacker.figures.told()
    assert figures["requests"] >= REQUESTS
    assert attacker.site.planted > 150
    reached = {int(status) for status in figures["statuses"]}
    assert reached >= {200, 302, 400, 403, 404, 405, 422}


def test_a_word_that_stands_in_another_service_would_be_seen(attacker):
    """The page of a participant tells the words of its own service; shown to the other one, they are a fault."""
    page = attacker.site.address("participant", BODO)
    attacker.send(Request("specialist", "GET", page))
    assert attacker.figures.faults == []
    attacker.sessions["outsider"] = attacker.sessions["specialist"]
    attacker.send(Request("outsider", "GET", page))
    (fault,) = attacker.figures.faults
    assert word(BODO, of_places=False) in fault["seen"]
    assert fault["request"]["path"] == f"/deltakere/<{BODO} {Participant.__name__}>/"
    attacker.again(json.dumps(fault["request"]))
    assert len(attacker.figures.faults) == 2


def test_who_may_be_shown_which_words():
    assert hidden_from("specialist") == {"xqdrammenfolk", "xqdrammensted"}
    assert hidden_from("outside_leader") == {"xqbodofolk", "xqbodosted"}
    assert hidden_from("installer") == {"xqdrammenfolk", "xqbodofolk"}
    assert len(hidden_from(None)) == 4
