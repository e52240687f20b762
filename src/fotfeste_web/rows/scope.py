"""The scope of one person in one transaction: worked out by the database, remembered for the views."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from .kinds import Kind
from .roles import POWERS, Permission, Role


@dataclass(frozen=True, slots=True)
class Scope:
    """Who this is, with which roles where, and why single participants may be seen."""

    user_id: int | None
    roles: tuple[tuple[int | None, Role], ...] = ()  # (service, role); no service: the whole installation
    grounds: dict[UUID, tuple[str, bool]] = field(default_factory=dict)  # participant: (ground, may write)
    shared: dict[UUID, frozenset[str]] = field(default_factory=dict)  # the kinds of those who are not shown whole

    def may(self, permission: Permission, service_id: int | None = None) -> bool:
        if permission is Permission.OWN_ACCOUNT:  # also of one whose role has ended or not begun
            return self.user_id is not None
        return any(
            permission in role.may and (service_id is None or service in (None, service_id))
            for service, role in self.roles
        )

    def services(self, permission: Permission) -> list[int]:
        """Name the services where this person has a permission through a role there."""
        return sorted({s for s, role in self.roles if s is not None and permission in role.may})

    @property
    def installs(self) -> bool:
        """Tell whether this is an administrator of the whole installation, who adds services."""
        return any(service is None for service, _ in self.roles)

    def ground(self, participant_id: UUID) -> str:
        """Tell on what ground a participant is seen: for the read log."""
        return self.grounds.get(participant_id, ("team", True))[0]

    def sees(self, participant_id: UUID, kind: Kind) -> bool:
        """Tell whether a kind is among what this person sees of a participant in scope: for what a page says."""
        return kind in self.shared.get(participant_id, frozenset(Kind))

    def writes(self, participant: Any) -> bool:
        """Tell whether this person works with the participant, or is only shown them. A locked record is only read."""
        return self.works_with(participant) and participant.locked_on is None

    def works_with(self, participant: Any) -> bool:
        return self.may(Permission.PARTICIPANT_WRITE, participant.service_id) and (
            self.grounds.get(participant.pk, ("", False))[1] or self.leads(participant.service_id)
        )

    def leads(self, service_id: int) -> bool:
        return any(service == service_id and "services" in role.powers for service, role in self.roles)


NOBODY = Scope(user_id=None)


def enter(user_id: int, today: date) -> Scope:
    """Set the scope of a person for the rest of this transaction and return it."""
    if not connection.in_atomic_block:
        raise RuntimeError("A scope lives in a transaction; outside one it would be gone before the next query.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT fotfeste_enter(%s, %s, %s::jsonb)", [user_id, today, json.dumps(POWERS)])
        answer = json.loads(cursor.fetchone()[0])
    roles = tuple((m["service"], Role.named(m["role"])) for m in answer["memberships"])
    grounds: dict[UUID, tuple[str, bool]] = {}
    for row in answer["grounds"]:
        participant = UUID(row["participant"])
        if not grounds.get(participant, ("", False))[1]:  # a ground that lets write goes before one that shows
            grounds[participant] = (row["ground"], row["writes"])
    return Scope(user_id=user_id, roles=roles, grounds=grounds, shared=_shared(answer["grounds"]))


def _shared(grounds: list[dict[str, Any]]) -> dict[UUID, frozenset[str]]:
    """Give the kinds that all the shares of a participant cover together, of those that nothing shows whole."""
    whole = {row["participant"] for row in grounds if row["kinds"] is None}
    shared: dict[UUID, frozenset[str]] = {}
    for row in grounds:
        if row["participant"] not in whole:
            participant = UUID(row["participant"])
            shared[participant] = shared.get(participant, frozenset()) | frozenset(row["kinds"])
    return shared


def let_in(participant_id: UUID) -> None:
    """Add a participant that was just registered to what may be written, for the rest of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('fotfeste.mine', (coalesce(my_participants(), '{}') || %s::uuid)::text, true)",
            [participant_id],
        )


@contextmanager
def looking_as(user_id: int, today: date) -> Iterator[Scope]:
    """Look at something with the scope of another, such as one who invited; nothing stays, the scope least of all."""
    with transaction.atomic():
        yield enter(user_id, today)
        transaction.set_rollback(True)  # the scope ends with the savepoint


@contextmanager
def seen_by(user: Any, today: date) -> Iterator[Scope]:
    """Run a block in a transaction with the scope of a person: for background work and tests."""
    with transaction.atomic():
        yield enter(user.pk, today)


@contextmanager
def within_service(service_id: int) -> Iterator[None]:
    """Run background work with the scope of one service's team and of nobody: figures are made service by service."""
    with transaction.atomic(), connection.cursor() as cursor:
        for power in ("places", "work", "services"):
            cursor.execute("SELECT set_config(%s, %s, true)", [f"fotfeste.{power}", f"{{{int(service_id)}}}"])
        yield


def every_service() -> list[int]:
    """Number the services, for background work that goes through them one by one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM every_service()")
        return [row[0] for row in cursor.fetchall()]
