"""Who can be picked in a demo, by service and role."""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from fotfeste_web.rows.roles import Role

from .models import DemoWorld

EVERYWHERE = "Alle tjenester"


@dataclass(frozen=True, slots=True)
class Persona:
    user_id: int
    name: str
    role: str
    place: str
    sees: str

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Persona":
        role = Role.named(stored["role"])
        return cls(user_id=stored["user"], name=stored["name"], role=role.name, place=stored["place"], sees=role.sees)


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    personas: list[Persona]
    folded: bool


@dataclass(frozen=True, slots=True)
class PersonsPage:
    first: list[Persona]
    groups: list[Group]

    @classmethod
    def of(cls, demo: DemoWorld | None) -> "PersonsPage":
        persons = demo.persons if demo else []
        return cls(
            first=[Persona.of(one) for one in persons if one["first"]],
            groups=[
                Group(service or EVERYWHERE, [Persona.of(one) for one in of_service if not one["first"]], folded=n > 1)
                for n, (service, of_service) in enumerate(groupby(persons, key=itemgetter("service")))
            ],
        )
