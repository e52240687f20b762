"""A thousand attempts to sign in: they come no further than the limit and tell nothing, and the right one comes in."""

import time
from typing import Any

import pytest
from argon2 import _password_hasher, low_level
from django.core.cache import cache

from fotfeste_web.audit.models import WriteEvent
from tests.attacks.conftest import PASSWORD
from tests.database import as_owner
from tests.site.conftest import Browser

REFUSED = "For mange"


def attempt(email: str, password: str, place: str) -> tuple[int, str]:
    answer = Browser(REMOTE_ADDR=place).post("/konto/login/", {"login": email, "password": password})
    return answer.status_code, answer.content.decode()


def failures() -> int:
    with as_owner():
        return WriteEvent.objects.filter(action="accounts.sign_in_failed").count()


@pytest.mark.more
def test_a_thousand_attempts_from_one_place_try_ten_passwords_and_the_right_person_signs_in_elsewhere(
    world, with_password
):
    user = with_password(world.specialist)
    answers = [attempt(f"{number}@fotfeste.example", "feil passord her", "10.0.0.1")[0] for number in range(1000)]
    assert answers.count(429) == 970  # after thirty a minute the page itself is refused
    assert failures() <= 10
    assert attempt(user.email, PASSWORD, "10.0.0.1")[0] == 429
    assert attempt(user.email, PASSWORD, "10.0.0.2")[0] == 302


def test_attempts_at_one_account_from_many_places_try_five_passwords_and_leave_its_open_sessions_alone(
    world, with_password, sign_in
):
    user, at_work = with_password(world.specialist), sign_in(world.specialist)
    for number in range(12):
        attempt(user.email, f"gjett {number}", f"10.0.0.{number}")
    assert failures() == 5
    assert REFUSED in attempt(user.email, PASSWORD, "10.1.0.1")[1]
    assert at_work.get("/i-dag/").status_code == 200
    cache.clear()  # as after five minutes
    assert attempt(user.email, PASSWORD, "10.1.0.1")[0] == 302


def test_the_attempts_at_one_account_are_not_forgotten_among_a_thousand_others(world, with_password):
    user = with_password(world.specialist)
    for number in range(5):
        attempt(user.email, "feil passord her", f"10.0.0.{number}")
    for number in range(1000):
        cache.set(f"somebody-else-{number}", [time.time()], 300)
    assert REFUSED in attempt(user.email, PASSWORD, "10.1.0.1")[1]


def test_an_unknown_address_takes_the_same_work_as_a_known_one(world, with_password, monkeypatch):
    """Argon2 is nearly all of it: as many times, at the same cost. The clock says little on a busy machine."""
    user, costs = with_password(world.specialist), []

    def told(given: str | bytes) -> str:
        """The cost that an encoded password names: $argon2id$v=19$m=102400,t=2,p=8$..."""
        return (given if isinstance(given, str) else given.decode()).split("$")[3]

    hash_secret, verify_secret = low_level.hash_secret, low_level.verify_secret

    def hashes(*args: Any, **kwargs: Any) -> bytes:
        made = hash_secret(*args, **kwargs)
        costs.append(told(made))
        return made

    def verifies(known: bytes, *args: Any) -> bool:
        costs.append(told(known))
        return verify_secret(known, *args)

    monkeypatch.setattr(low_level, "hash_secret", hashes)
    monkeypatch.setattr(_password_hasher, "verify_secret", verifies)

    def work(email: str) -> list[str]:
        costs.clear()
        assert attempt(email, "feil passord her", "10.0.0.1")[0] == 200
        return list(costs)

    known, unknown = work(user.email), work("ingen@fotfeste.example")
    assert known == unknown
    assert len(known) == 1
