from datetime import date

import pytest

from fotfeste_web.demo.story import World, tell

TODAY = date(2026, 11, 17)


@pytest.fixture(scope="session")
def world() -> World:
    return tell(7, TODAY)
