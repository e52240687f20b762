"""The files of an import: encrypted beside it, each bound to its own row, and taken away when it is over."""

import json
from typing import Any
from uuid import uuid4

from fotfeste_web.background.files import decrypt, encrypt

from .models import FileOfImport, Import, ImportFile


def keep(one: Import, what: FileOfImport, content: bytes) -> None:
    """Keep a file in the place of the one there was."""
    ImportFile.objects.filter(of=one, what=what).delete()
    key = uuid4()
    ImportFile.objects.create(id=key, of=one, what=what, content=encrypt(content, key))


def fetch(one: Import, what: FileOfImport) -> bytes | None:
    """Give a file, or none when it has had its time."""
    file = ImportFile.objects.filter(of=one, what=what).first()
    return decrypt(file.content, file.pk) if file else None


def take_away(one: Import, *but: FileOfImport) -> None:
    ImportFile.objects.filter(of=one).exclude(what__in=but).delete()


def keep_findings(one: Import, findings: dict[str, Any]) -> None:
    keep(one, FileOfImport.FINDINGS, json.dumps(findings, ensure_ascii=False).encode())


def findings_of(one: Import) -> dict[str, Any]:
    content = fetch(one, FileOfImport.FINDINGS)
    return json.loads(content) if content else {}
