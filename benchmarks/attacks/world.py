"""Two services full of rows, each with its own words in them, and what an attack can aim at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from tests.architecture.addresses import OF_AN_OBJECT, PUBLIC, named, objects
from tests.database import as_owner
from tests.site.one_of_each import one_of_each
from tests.site.world import World, build

from benchmarks.attacks import canaries
from fotfeste_web.figures.models import ServiceFigures


@dataclass
class Site:
    world: World
    rows: dict[str, dict[Any, Any]]  # of each service
    planted: int  # texts that tell whose they are

    def address(self, name: str, service: str) -> str:
        """The address with its object, of a service; one that the other service lacks is of the first."""
        if name in OF_AN_OBJECT:
            rows = self.rows[canaries.BODO] | (self.rows[service] if service == canaries.DRAMMEN else {})
            return reverse(name, kwargs=OF_AN_OBJECT[name].kwargs(rows))
        return reverse(name)

    def numbers(self) -> list[str]:
        """The keys of all that is there, of both services."""
        return sorted(
            {str(row.pk) for rows in self.rows.values() for row in rows.values()}, key=lambda key: (len(key), key)
        )


@contextmanager
def site() -> Iterator[Site]:
    """Make the two services, and leave nothing of what came after. The same numbers each time."""
    with transaction.atomic():
        with as_owner():
            _count_from_a_thousand()
            world = build(timezone.localdate())
            rows = {
                canaries.DRAMMEN: dict(one_of_each(world, of="drammen")),
                canaries.BODO: dict(objects(world)),
            }
            planted = 0
            for service, made in rows.items():
                made.pop(ServiceFigures).delete()  # one without figures, which no night makes
                outside = service == canaries.DRAMMEN
                people = [user for who, user in world.people.items() if who.startswith("outside") is outside]
                own = [world.rask, world.drammen] if outside else [world.stille, world.employer, world.bodo]
                planted += canaries.plant(service, {row.pk: row for row in (*people, *own)}.values())
                planted += canaries.plant(service, made.values())
        yield Site(world, rows, planted)
        transaction.set_rollback(True)


def _count_from_a_thousand() -> None:
    """Number rows alike in every world, so that an attack can be made again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('ALTER SEQUENCE %I RESTART WITH 1000', sequencename)"
            " FROM pg_sequences WHERE schemaname = 'public'"
        )
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)


def names() -> list[str]:
    """The addresses of our own that are no secret link."""
    return sorted({pattern.name for pattern in named()} - (PUBLIC - {"health"}))


def patterns() -> list[str]:
    """Every address as it is written in the list of addresses, ours and those of signing in."""
    return sorted(_written(get_resolver(), ""))


def _written(resolver: URLResolver, before: str) -> Iterator[str]:
    for each in resolver.url_patterns:
        here = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield here
        else:
            yield from _written(each, here)


def columns() -> list[str]:
    """What the tables call things: sent beside a form's own fields, in the hope that somebody stores it."""
    own = (model for model in apps.get_models() if model.__module__.startswith("fotfeste_web"))
    return sorted(
        {name for model in own for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    )
