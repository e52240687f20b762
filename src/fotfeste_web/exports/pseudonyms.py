"""Names for people and things that mean nothing outside one file that was taken out.

They are keyed hashes. The key is made with the file and kept nowhere, so two files cannot be held together by them, and
nobody can work out whose a pseudonym is by trying every number there is.
"""

import base64
import hmac
import secrets
from typing import Any

BYTES = 10  # 80 bits: no two of a million rows are alike


class Pseudonyms:
    def __init__(self, service_id: int) -> None:
        self._service, self._key = service_id, secrets.token_bytes(32)
        self._made: dict[tuple[str, Any], str] = {}

    def of(self, table: str, key: Any) -> str:
        """Name one row of a table. It begins with a letter, so that no spreadsheet takes it for a number."""
        if (table, key) not in self._made:
            digest = hmac.digest(self._key, f"{self._service}:{table}:{key}".encode(), "sha256")
            self._made[table, key] = "p" + base64.b32encode(digest[:BYTES]).decode().lower()
        return self._made[table, key]
