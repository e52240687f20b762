"""What is shown about records that end: wrongly entered ones, and how long what is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, models
from django.db.models import Q
from django.urls import reverse

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Participant
from fotfeste_web.organisations.models import Membership, Service
from fotfeste_web.rows.kept import Closed, backup_days, closed, removable, rules_by_table
from fotfeste_web.rows.roles import Permission, roles
from fotfeste_web.rows.scope import Scope
from fotfeste_web.ui.formats import count, day

from .models import Removal, Sealed
from .records import Kind, day_of, described, held_by, kinds

SEALED_SHOWN = 50
AHEAD = timedelta(days=30)


def label_of(kind: str) -> str:
    rule = removable().get(kind)
    return rule.label if rule else kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A record of a participant that can be said to be wrongly entered."""

    label: str
    when: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalAskPage:
    """One record, or the whole participant with its records to choose from."""

    participant_id: UUID
    name: str
    label: str
    lines: tuple[tuple[str, str], ...]
    takes: tuple[str, ...]
    held: tuple[str, ...]
    choices: tuple[Choice, ...]
    whole: bool
    confirmers: tuple[str, ...]

    @classmethod
    def of(cls, kind: Kind, row: models.Model, person: Participant, *, by: User, today: date) -> "RemovalAskPage":
        whole = kind.model is Participant
        return cls(
            participant_id=person.pk,
            name=str(person),
            label=kind.rule.label,
            lines=() if whole else tuple(described(row)),
            takes=tuple(goes(kind, row, person)),
            held=() if whole else tuple(held_by(row)),
            choices=tuple(choices(person, today)) if whole else (),
            whole=whole,
            confirmers=confirmers(person.service_id, besides=by, today=today),
        )


def choices(person: Participant, today: date) -> Iterable[Choice]:
    for kind in kinds():
        if kind.rule.removable and kind.model is not Participant:
            for row in kind.of(person):
                when = day_of(row)
                href = reverse("removal_ask", args=[kind.rule.removable, row.pk])
                yield Choice(label=kind.rule.label, when=day(when, today) if when else "", href=href)


def goes(kind: Kind, row: models.Model, person: Participant) -> Iterable[str]:
    """Count what would go with a record."""
    whole = kind.model is Participant
    for hanging in kinds():
        if whole and hanging.model is not Participant:
            number = hanging.of(person).count()
        elif hanging.rule.table in kind.rule.takes:
            via = next(f.name for f in hanging.model._meta.concrete_fields if f.related_model is kind.model)
            number = hanging.model._default_manager.filter(**{via: row.pk}).count()
        else:
            continue
        if number:
            yield f"{hanging.rule.label}: {number}"


def confirmers(service_id: int, *, besides: User, today: date) -> tuple[str, ...]:
    """Name those who may confirm: who leads the service, but for the one who asks."""
    leading = [role.id for role in roles().values() if Permission.CONFIRM_REMOVAL in role.may]
    live = Membership.objects.live(today).filter(service=service_id, role__in=leading).exclude(user=besides)
    return tuple(
        User.objects.filter(pk__in=live.values("user"), is_active=True).order_by("name").values_list("name", flat=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalLine:
    id: int
    participant_id: UUID
    label: str
    name: str
    asked_by: str
    asked_at: datetime
    refusal: str
    waits_for_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedLine:
    label: str
    reason: str
    at: datetime
    asked_by: str
    confirmed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalsPage:
    """What waits for a second person, what was refused, and the sealed lines of what is gone."""

    waiting: tuple[RemovalLine, ...]
    refused: tuple[RemovalLine, ...]
    sealed: tuple[SealedLine, ...]

    @classmethod
    def of(cls, scope: Scope, by: User) -> "RemovalsPage":
        led = scope.services(Permission.CONFIRM_REMOVAL)
        removals = list(Removal.objects.filter(Q(service__in=led) | Q(asked_by=by)).order_by("-asked_at"))
        sealed = list(Sealed.objects.filter(Q(service__in=led) | Q(asked_by=by)).order_by("-at")[:SEALED_SHOWN])
        users = names(r.asked_by_id for r in removals) | names(
            user for line in sealed for user in (line.asked_by_id, line.confirmed_by_id) if user
        )
        asked_about = Participant.objects.filter(pk__in=[r.participant_id for r in removals])
        people = {person.pk: str(person) for person in asked_about}
        lines = [
            RemovalLine(
                id=r.pk,
                participant_id=r.participant_id,
                label=label_of(r.kind),
                name=people.get(r.participant_id, ""),
                asked_by=users.get(r.asked_by_id, ""),
                asked_at=r.asked_at,
                refusal=r.refusal,
                waits_for_me=r.asked_by_id != by.pk and r.service_id in led,
            )
            for r in removals
        ]
        return cls(
            waiting=tuple(line for line in lines if not line.refusal),
            refused=tuple(line for line in lines if line.refusal),
            sealed=tuple(
                SealedLine(
                    label=label_of(line.kind),
                    reason=line.get_reason_display(),
                    at=line.at,
                    asked_by=users.get(line.asked_by_id or 0, ""),
                    confirmed_by=users.get(line.confirmed_by_id or 0, ""),
                )
                for line in sealed
            ),
        )


def names(users: Iterable[int]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=set(users)).values_list("pk", "name"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalPage:
    """One request, for the one who is to confirm or refuse it."""

    id: int
    participant_id: UUID
    name: str
    label: str
    reason: str
    explanation: str
    asked_by: str
    asked_at: datetime
    own: bool
    may_confirm: bool
    refusal: str
    lines: tuple[tuple[str, str], ...]
    takes: tuple[str, ...]
    gone: bool  # the record was taken away in another way meanwhile
    confirmers: tuple[str, ...]

    @classmethod
    def of(
        cls,
        removal: Removal,
        kind: Kind,
        row: models.Model | None,
        person: Participant,
        scope: Scope,
        *,
        by: User,
        today: date,
    ) -> "RemovalPage":
        own = removal.asked_by_id == by.pk
        return cls(
            id=removal.pk,
            participant_id=person.pk,
            name=str(person),
            label=kind.rule.label,
            reason=removal.get_reason_display(),
            explanation=removal.explanation,
            asked_by=names([removal.asked_by_id]).get(removal.asked_by_id, ""),
            asked_at=removal.asked_at,
            own=own,
            may_confirm=not own and scope.may(Permission.CONFIRM_REMOVAL, removal.service_id),
            refusal=removal.refusal,
            lines=() if row is None or kind.model is Participant else tuple(described(row)),
            takes=() if row is None else tuple(goes(kind, row, person)),
            gone=row is None,
            confirmers=confirmers(person.service_id, besides=by, today=today) if own else (),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """How many records of a service come to a step of their closing, within the next days."""

    service: str
    locked: int
    exported: int
    erased: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionPage:
    closed: Closed
    backup_days: int
    with_participant: tuple[str, ...]
    by_age: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str], ...]
    ahead: tuple[Ahead, ...]
    until: date

    @classmethod
    def of(cls, *, today: date) -> "RetentionPage":
        rules, times = rules_by_table().values(), closed()
        return cls(
            closed=times,
            backup_days=backup_days(),
            with_participant=tuple(rule.label for rule in rules if rule.with_participant),
            by_age=tuple((rule.label, count(rule.days, "dag", "dager")) for rule in rules if rule.days is not None),
            kept=tuple(dict.fromkeys((rule.label, rule.reason) for rule in rules if rule.reason)),
            ahead=tuple(ahead(times, today)),
            until=today + AHEAD,
        )


def ahead(times: Closed, today: date) -> Iterable[Ahead]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM closings_until(%s, %s, %s, %s, %s)",
            [today + AHEAD, times.lock, times.export, times.erase, today],
        )
        found = {service: numbers for service, *numbers in cursor.fetchall()}
    for service in Service.objects.order_by("name"):
        locked, exported, erased = found.get(service.pk, (0, 0, 0))
        yield Ahead(service=service.name, locked=locked, exported=exported, erased=erased)
