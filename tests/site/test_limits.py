"""Nobody sends more than a person can."""

import pytest
from django.conf import settings
from django.core.cache import cache

from fotfeste_web.caseload.models import Employer
from tests.database import as_owner


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def test_two_forms_a_second_for_a_minute_is_the_limit():
    assert settings.ACCOUNT_RATE_LIMITS["write"] == "120/m/user"


def test_above_the_limit_nothing_is_stored_and_others_go_on(world, sign_in, settings):
    settings.ACCOUNT_RATE_LIMITS = {"write": "3/m/user"}
    specialist = sign_in(world.specialist)
    assert [specialist.post("/arbeidsgivere/ny/", {"name": ""}).status_code for _ in range(3)] == [422] * 3
    refused = specialist.post("/arbeidsgivere/ny/", {"name": "Bakeriet Bris"})
    assert refused.status_code == 429
    assert "Prøv igjen om noen minutter." in refused.content.decode()
    assert refused["Content-Security-Policy"].startswith("default-src 'none'")
    with as_owner():
        assert not Employer.objects.filter(name="Bakeriet Bris").exists()
    assert specialist.get("/arbeidsgivere/").status_code == 200
    assert sign_in(world.colleague).post("/arbeidsgivere/ny/", {"name": ""}).status_code == 422
