"""What the browser is told about every page."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.site_urls")]

# The policy that was tried in Chromium with sign-in, passkeys, htmx and charts, written out by hand.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("address", ["/ui/", "/ui/feil/404/", "/finnes-ikke/", "/konto/login/"])
def test_every_page_runs_only_our_own_files_and_is_never_stored(client, address):
    response = client.get(address)
    assert response["Content-Security-Policy"] == POLICY
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert "geolocation=()" in response["Permissions-Policy"]
