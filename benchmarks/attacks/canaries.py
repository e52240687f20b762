"""Words that tell whose a text is: written into every text of two services, and looked for in what others are shown."""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.db import models, transaction
from django.db.utils import DatabaseError

from fotfeste_web.accounts.models import RecoveryRequest, User
from fotfeste_web.fidelity.models import Review, ReviewTask, Source
from fotfeste_web.organisations.models import Invitation, NavOffice, Service, TreatmentTeam

BODO, DRAMMEN = "bodo", "drammen"
# What one who administers the whole installation sees of every service; all else is seen in the service alone.
OF_PLACES = (User, Service, TreatmentTeam, NavOffice, Invitation, RecoveryRequest, Review, ReviewTask, Source)
NO_TEXT = {"password", "email", "location", "sha256", "scale_sha256"}
ROOM = 80  # a shorter column holds a code or a number


def word(service: str, *, of_places: bool) -> str:
    return f"xq{service}{'sted' if of_places else 'folk'}"


def plant(service: str, rows: Iterable[Any]) -> int:
    """Write the service's words into the texts of its rows, as the owner; give in how many."""
    planted = 0
    for row in rows:
        model = type(row)
        mark = word(service, of_places=model in OF_PLACES)
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField) and _holds_words(field):
                text = f"{getattr(row, field.attname)} {mark}".strip()
                planted += _written(model, row.pk, {field.attname: text})
    return planted


def _holds_words(field: Any) -> bool:
    return not field.choices and field.name not in NO_TEXT and (field.max_length or 0) >= ROOM


def _written(model: Any, key: object, text: dict[str, str]) -> int:
    try:
        with transaction.atomic():
            return int(model._base_manager.filter(pk=key).update(**text))
    except DatabaseError:  # a rule of the table: a text that is there only together with another
        return 0


def hidden_from(person: str | None) -> set[str]:
    """The words that a person may be shown nowhere."""
    words = {word(service, of_places=place): (service, place) for service in (BODO, DRAMMEN) for place in (True, False)}
    if person is None:
        return set(words)
    if person == "installer":
        return {each for each, (_, place) in words.items() if not place}
    own = DRAMMEN if person.startswith("outside") else BODO
    return {each for each, (service, _) in words.items() if service != own}


def told(answer: Any) -> bytes:
    """All that an answer says, unpacked: its headers, and the text of its body."""
    body = answer.getvalue() if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return repr(answer.items()).encode() + str(answer.cookies).encode() + body
