"""The kinds of work that takes long. An app names its own in ``works.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from fotfeste_web.rows.roles import Permission


class CannotDo(Exception):
    """The work cannot be done: the message is a sentence for the one who asked, without anything about a person."""


class Progress(Protocol):
    def __call__(self, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it: a sentence, and perhaps a file to fetch or a page to go to."""

    sentence: str
    link: str = ""
    file: bytes | None = None
    file_name: str = ""
    media_type: str = "application/octet-stream"


Make = Callable[..., Outcome]


@dataclass(frozen=True, slots=True)
class WorkKind:
    """What is done, under the name that users read, by those who may."""

    name: str
    permission: Permission
    make: Make


_kinds: dict[str, WorkKind] = {}


def work_kind(key: str, *, name: str, permission: Permission) -> Callable[[Make], Make]:
    """Make a function a kind of work.

    It is called as ``make(about, by=user, today=today, scope=scope, progress=progress)``, in one transaction with the
    scope of the one who asked, and may be called again for the same work when a worker was killed. What it raises
    rolls back all that it wrote: ``CannotDo`` gives its sentence to the one who asked.
    """

    def keep(make: Make) -> Make:
        if key in _kinds:
            raise ValueError(f"Two kinds of work are named {key}.")
        _kinds[key] = WorkKind(name, permission, make)
        return make

    return keep


def kind_named(key: str) -> WorkKind | None:
    return _kinds.get(key)
