"""A browser in which people use the site, as they would: real transactions, real addresses, a phone's width."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

from fotfeste_web.accounts.models import User
from tests.database import as_owner
from tests.site.world import World, build

PHONE, DESK = 390, 1280
PATIENCE = 60_000  # ms: how long a page takes says how busy the machine is
JOURNEY = timedelta(minutes=4)  # the longest takes one
expect.set_options(timeout=PATIENCE)


@pytest.fixture
def world(transactional_db) -> World:
    """The two small services, stored for real: what the browser saves is there in the next transaction."""
    wait_out_midnight()
    with as_owner():
        return build(timezone.localdate())


def wait_out_midnight() -> None:
    """A journey counts its days: one that could cross midnight begins after it."""
    now = timezone.localtime()
    if (now + JOURNEY).date() > now.date():
        midnight = (now + JOURNEY).replace(hour=0, minute=0, second=0, microsecond=0)
        time.sleep((midnight - now).total_seconds())


@dataclass
class Taps:
    """A thumb that counts: every tap of a journey goes through it."""

    page: Page
    count: int = 0

    def on(self, what: Locator) -> None:
        what.tap()
        self.count += 1

    def choice(self, question: str, answer: str) -> None:
        """Choose a chip under its question."""
        self.on(self.page.get_by_role("group", name=question).get_by_label(answer, exact=True))

    def button(self, name: str) -> None:
        self.on(self.page.get_by_role("button", name=name, exact=True))

    def link(self, name: str) -> None:
        self.on(self.page.get_by_role("link", name=name, exact=True))


@pytest.fixture
def browser_page(browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open the site at a width, as a person. Afterwards no script may have failed, and the content policy held.

    ``browser_page(user, width=PHONE, scripts=True)`` gives a page; ``page.goto("/i-dag/")`` goes on from there.
    Each call is a browser of its own, so that two people can be there at once.
    """
    contexts, complaints = [], []

    def open_as(user: User | None = None, *, width: int = PHONE, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 844 if width < 768 else 900},
            locale="nb-NO",
            timezone_id=settings.TIME_ZONE,
            has_touch=True,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if user is not None:
            context.add_cookies([session_cookie(user, live_server.url)])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("console", lambda said: is_fault(said) and complaints.append(f"{page.url}: {said.text}"))
        page.on("response", lambda got: is_broken(got) and complaints.append(f"{got.status} {got.url}"))
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert complaints == []


def is_fault(said: ConsoleMessage) -> bool:
    """Tell an error of a script or the content policy from the browser's word that a form was refused (422)."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


def is_broken(got: Response) -> bool:
    """Tell an answer that no page should give: a fault of the server, or a file that is missing."""
    return got.status >= 500 or (got.status >= 400 and got.request.resource_type != "document")


def session_cookie(user: User, url: str) -> dict[str, str]:
    """Give the cookie of a signed-in person, without the sign-in page."""
    client = Client()
    client.force_login(get_user_model().objects.get(pk=user.pk))
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }
