"""Nobody sends more than a person can."""

from django.conf import settings
from django.core.cache import cache

from fotfeste_web.caseload.models import Employer
from tests.database import as_owner


def test_two_forms_a_second_for_a_minute_is_the_limit():
    assert settings.FORMS_A_MINUTE == 120


def test_above_the_limit_nothing_is_stored_and_others_go_on(world, sign_in, settings, monkeypatch):
    settings.FORMS_A_MINUTE = 3
    monkeypatch.setattr("fotfeste_web.config.middleware.monotonic", lambda: 0.0)  # all within one minute
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


def test_what_is_counted_is_set_once_until_its_time_is_out(db):
    """As Django's documents say of a cache; what is counted is read by every process."""
    assert (cache.get("tried"), cache.get("tried", [])) == (None, [])
    assert [cache.add("tried", [1.5], 60), cache.add("tried", [2.5], 60)] == [True, False]
    assert cache.get("tried") == [1.5]
    cache.set("tried", [1.5, 2.5], -1)
    assert cache.get("tried") is None
    assert cache.add("tried", [3.5], None)
    assert cache.get("tried") == [3.5]
    assert [cache.delete("tried"), cache.delete("tried")] == [True, False]
