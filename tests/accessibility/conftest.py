"""A browser on a service where much has happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

import pytest
from django.urls import reverse

from fotfeste_web.caseload.models import Contact, Employer, NextStep, Participant, Wishes
from fotfeste_web.figures.compute import figures_of, store_results
from fotfeste_web.figures.models import ServiceFigures
from tests.accessibility.looking import Screen
from tests.architecture.addresses import OF_AN_OBJECT, OF_NO_OBJECT, objects
from tests.database import as_owner
from tests.journeys.conftest import world  # noqa: F401
from tests.site.world import World


@dataclass(frozen=True)
class FullSite:
    world: World
    rows: dict[Any, Any]

    def address(self, name: str) -> str:
        return reverse(name, kwargs=OF_AN_OBJECT[name].kwargs(self.rows) if name in OF_AN_OBJECT else {})


@pytest.fixture
def screen(browser, live_server) -> Iterator[Screen]:
    screen = Screen(browser, live_server.url)
    yield screen
    screen.context.close()


@pytest.fixture(params=[False, pytest.param(True, marks=pytest.mark.more)], ids=["rules", "thoroughly"])
def thoroughly(request: pytest.FixtureRequest) -> bool:
    """Whether every page is looked at by all rules and with the Tab key, at both widths: it takes minutes."""
    return request.param


@pytest.fixture
def full(world: World) -> FullSite:  # noqa: F811
    """One of everything, with the long names and words that life brings."""
    with as_owner():
        rows = objects(world)
        Participant.objects.filter(pk=world.vakker.pk).update(last_name="Blomsterstrandfjellbakken-Kristoffersen")
        Employer.objects.update(contact_name="Bartholomeus Vestergaard-Kristoffersen")
        Employer.objects.filter(pk=rows[Employer].pk).update(
            name="Nordlandsbuene Eiendomsforvaltningsselskap Avdeling Vaktmestertjenester"
        )
        Wishes.objects.update(goal="Jeg vil ha en jobb der jeg får bruke hendene, og fri hver onsdag. " * 8)
        NextStep.objects.update(text="Se https://www.arbeidsplassen.example/stillinger/stilling/0a1b2c3d4e5f6a7b8c9d")
        ServiceFigures.objects.update(figures=figures_of(world.bodo.pk, world.today))
        store_results(world.bodo.pk, world.today)
        Contact.objects.update(
            summary="Sjefen viste rundt. " * 30, starts_at=time(0, 5), minutes=30, purpose="learn_needs", place="cafe"
        )
    return FullSite(world, rows)


def who(name: str, *, writes: bool = False) -> str | None:
    """Name the person to look as: the specialist where it can be."""
    if name in OF_NO_OBJECT:
        people = OF_NO_OBJECT[name]
    else:
        people = OF_AN_OBJECT[name].writes if writes else OF_AN_OBJECT[name].reads
    return "specialist" if "specialist" in people else min(people, default=None)
