"""Every write is an action with one event; every page about a person leaves a read event."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import pghistory
from django.db import connection, models, transaction
from django.http import HttpRequest

from .models import ReadEvent, WriteEvent

P = ParamSpec("P")
T = TypeVar("T")
_recorded: ContextVar[list[int] | None] = ContextVar("recorded", default=None)


class NotRecorded(RuntimeError):
    """An action ended without exactly one event: a fault in the action, and nothing is stored."""


def action(function: Callable[P, T]) -> Callable[P, T]:
    """Make a function an action: one transaction, one audit event, every constraint checked before it answers.

    An action called by an action belongs to the outer one and may leave an event of its own.
    """

    @wraps(function)
    def act(*args: P.args, **kwargs: P.kwargs) -> T:
        by = kwargs.get("by")
        events: list[int] = []
        token = _recorded.set(events)
        try:
            with (
                transaction.atomic(),
                pghistory.context(user=getattr(by, "pk", None), action=function.__name__),
            ):
                result = function(*args, **kwargs)
                if len(events) != 1:
                    raise NotRecorded(f"{function.__qualname__} left {len(events)} events; an action leaves one.")
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        finally:
            _recorded.reset(token)
        return result

    return act


def record(action_name: str, *, subject: models.Model, by: Any, **details: str | int | bool | None) -> None:
    """Leave the audit event of an action. Details are codes and numbers, never text that somebody wrote."""
    participant = _participant_id(subject)
    WriteEvent.objects.create(
        user=by,
        service_id=_service_id(subject),
        participant_id=participant,
        action=action_name,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        details=details,
    )
    events = _recorded.get()
    if events is not None:
        events.append(1)


def read(request: HttpRequest, participant: Any, page: str) -> None:
    """Leave the read event of a page about one participant."""
    read_by(request.user, participant, page, ground=request.scope.ground(participant.pk))  # type: ignore[attr-defined]


def read_by(user: Any, participant: Any, page: str, *, ground: str) -> None:
    """Leave the read event of one participant outside a page, as background work does."""
    ReadEvent.objects.create(
        user=user, service_id=participant.service_id, participant_id=participant.pk, page=page, ground=ground
    )


def read_list(request: HttpRequest, participants: Iterable[UUID], page: str) -> None:
    """Leave the one read event of a list, with the participants that it showed. An empty list shows nobody."""
    services = {service for service, _ in request.scope.roles if service}  # type: ignore[attr-defined]
    read_list_by(request.user, participants, page, service_id=services.pop() if len(services) == 1 else None)


def read_list_by(user: Any, participants: Iterable[UUID], page: str, *, service_id: int | None) -> None:
    """Leave the one read event of a list outside a page."""
    if shown := list(dict.fromkeys(participants)):
        ReadEvent.objects.create(user=user, service_id=service_id, participants=shown, page=page, ground="list")


def _participant_id(subject: models.Model) -> UUID | None:
    if subject._meta.label_lower == "caseload.participant":
        return subject.pk
    return getattr(subject, "participant_id", None)


def _service_id(subject: models.Model) -> int | None:
    if subject._meta.label_lower == "organisations.service":
        return subject.pk
    service = getattr(subject, "service_id", None)
    if service is None and getattr(subject, "participant_id", None):
        service = subject.participant.service_id  # type: ignore[attr-defined]
    return service
