"""Two people who edit one record: the second is told, sees both texts and chooses."""

from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class ChangedMeanwhile(Exception):
    """Somebody saved the record after this person opened it. ``current`` is what they saved."""

    def __init__(self, current: Any) -> None:
        super().__init__(current.pk)
        self.current = current


def take(record: M, version: int) -> M:
    """Lock a record to change it, and count its version up; refuse when it is not the version that was opened."""
    locked: Any = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if locked.version != version:
        raise ChangedMeanwhile(locked)
    locked.version += 1
    return locked
