"""The gallery, served without a database."""

from collections.abc import Iterator
from threading import Thread

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import QuietWSGIRequestHandler
from django.test.utils import override_settings
from playwright.sync_api import Page

# Those of the settings that need no database.
MIDDLEWARE = [
    "fotfeste_web.ui.csp.SecurityHeaders",
    "tests.ui.site_urls.GalleryAddresses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]


@pytest.fixture(scope="session")
def gallery() -> Iterator[str]:
    with override_settings(MIDDLEWARE=MIDDLEWARE):  # read when the handler is made, and only then
        handler = StaticFilesHandler(WSGIHandler())
    server = ThreadedWSGIServer(("localhost", 0), QuietWSGIRequestHandler)
    server.set_app(handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def open_page(browser, gallery) -> Iterator[Page]:
    """Open an address at a width; afterwards nothing may have broken the content policy or failed in a script."""
    contexts, complaints = [], []

    def open_at(address: str, *, width: int, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 860}, locale="nb-NO", java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: "Content Security" in said.text and complaints.append(said.text))
        status = page.goto(f"{gallery}{address}").status
        assert status == 200 or f"/feil/{status}/" in address
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert complaints == []
