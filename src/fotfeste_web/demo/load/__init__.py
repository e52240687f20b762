"""A made-up world becomes rows: in the order that they need each other, all or nothing."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from fotfeste_web.demo.models import DemoWorld
from fotfeste_web.demo.story import World
from fotfeste_web.figures.compute import store_figures

from . import contacts, jobs, participants, people, phases, plans, sharing, traces
from .loaded import Loaded

Stage = Callable[[Loaded], None]
STAGES: tuple[tuple[str, Stage], ...] = (
    ("Tjenester, team og folk", people.load),
    ("Deltakere og henvisninger", participants.load),
    ("Oppstart, pauser, utdanning og avslutning", phases.load),
    ("Ønsker, åpenhet og neste steg", plans.load),
    ("Arbeidsgivere og møter", contacts.load),
    ("Jobber med vilkår", jobs.load),
    ("Vikarer og deling", sharing.load),
    ("Hvem har sett og skrevet", traces.load),
    ("Tall", lambda loaded: _figures(loaded)),
)


def load(world: World, *, now: datetime, on_stage: Callable[[str], None] = lambda label: None) -> None:
    """Store a world, as the owner of the tables. ``on_stage`` hears of each stage when it begins."""
    loaded = Loaded(world, now)
    with transaction.atomic():
        for label, stage in STAGES:
            on_stage(label)
            stage(loaded)
        DemoWorld.objects.create(seed=world.seed, told_for=world.today, made_at=now, persons=people.to_pick(loaded))


def _figures(loaded: Loaded) -> None:
    for service in loaded.services.values():
        store_figures(service.pk, loaded.world.today)
