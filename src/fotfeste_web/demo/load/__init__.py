"""A made-up world becomes rows: in the order that they need each other, all or nothing."""

from collections.abc import Callable
from datetime import datetime

import pghistory
from django.db import connection, transaction

from fotfeste_web.demo.models import DemoWorld
from fotfeste_web.demo.story import World
from fotfeste_web.fidelity.actions.counting import queue_counting
from fotfeste_web.figures.compute import store_figures, store_results

from . import (
    careers,
    contacts,
    disclosures,
    followup,
    jobs,
    participants,
    people,
    phases,
    plans,
    retention,
    reviews,
    sharing,
    teamwork,
    traces,
)
from .loaded import Loaded


def _figures(loaded: Loaded) -> None:
    for service in loaded.services.values():
        store_figures(service.pk, loaded.world.today)
        store_results(service.pk, loaded.world.today)
        queue_counting(service.pk)  # every quarter of every item takes its time: the worker's, when the site is up


STAGES: tuple[tuple[str, Callable[[Loaded], None]], ...] = (
    ("Tjenester, team og folk", people.load),
    ("Deltakere og henvisninger", participants.load),
    ("Oppstart, pauser, utdanning og avslutning", phases.load),
    ("Ønsker, åpenhet og neste steg", plans.load),
    ("Arbeidsgivere og møter", contacts.load),
    ("Jobber med vilkår", jobs.load),
    ("Karriereprofiler, jobbsøk og jobbstøtte", careers.load),
    ("Vikarer og deling", sharing.load),
    ("Hva delingen førte til", disclosures.load),
    ("Økonomisk rådgivning, oppsøking og notater", followup.load),
    ("Teammøter, veiledning og fravær", teamwork.load),
    ("Kvalitetsvurderinger og tiltak", reviews.load),
    ("Hvem har sett og skrevet", traces.load),
    ("Oppbevaring og feilføring", retention.load),
    ("Tall", _figures),
)


def load(world: World, *, now: datetime, on_stage: Callable[[str], None] = lambda label: None) -> None:
    """Store a world, as the owner of the tables. ``on_stage`` hears of each stage when it begins."""
    loaded = Loaded(world, now)
    with transaction.atomic(), pghistory.context(action="load_demo"):
        _spare_the_triggers()
        for label, stage in STAGES:
            on_stage(label)
            stage(loaded)
        DemoWorld.objects.create(seed=world.seed, told_for=world.today, made_at=now, persons=people.to_pick(loaded))


def _spare_the_triggers() -> None:
    """Say to the triggers that none is to be ignored: without the setting each row costs them a caught error."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")
