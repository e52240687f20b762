"""Django's cache for what must be the same in every process: attempts that were made, codes that were used.

Django's own cache in the database keeps its values as pickles, and whoever could write there could run code here. These
are JSON.
"""

import json
import math
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils import timezone

from .models import Attempt

KEEP = """
INSERT INTO accounts_attempt (key, value, expires_at) VALUES (%s, %s, to_timestamp(%s))
ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
"""
UNLESS_THERE = "WHERE accounts_attempt.expires_at <= clock_timestamp()"


class Attempts(BaseCache):
    """Rows whose time is out are as good as gone; the night takes them away (policies/retention.yaml)."""

    def __init__(self, _: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        kept = Attempt.objects.filter(pk=self._key(key, version), expires_at__gt=timezone.now())
        value = kept.values_list("value", flat=True).first()
        return default if value is None else value

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._keep(KEEP, key, value, timeout, version)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Set it unless it is there. Of two at the same moment, the second waits to see what the first did."""
        return self._keep(KEEP + UNLESS_THERE, key, value, timeout, version) == 1

    def delete(self, key: str, version: int | None = None) -> bool:
        return Attempt.objects.filter(pk=self._key(key, version)).delete()[0] == 1

    def clear(self) -> None:
        Attempt.objects.all().delete()

    def _key(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)

    def _keep(self, sql: str, key: str, value: Any, timeout: Any, version: int | None) -> int:
        until = self.get_backend_timeout(timeout)
        with connection.cursor() as cursor:
            cursor.execute(sql, [self._key(key, version), json.dumps(value), math.inf if until is None else until])
            return cursor.rowcount
