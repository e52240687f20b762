"""The record of a closed participant, written for the owner's archive: JSON with every version, and a PDF to read."""

import contextlib
import hashlib
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from fotfeste.documents import FONTS, showable
from fotfeste_web.caseload.identity import decrypt
from fotfeste_web.caseload.models import Participant
from fotfeste_web.ui.formats import day

from .records import day_of, described, kinds, values_of

SCHEMA, VERSION = "fotfeste.record", 1
TEMPLATE = Path(__file__).with_name("record.typ")


def write(person: Participant, *, today: date) -> str:
    """Write both files and give the hash of the JSON. Whole or not at all: a file is named when it is complete."""
    record = record_of(person, today=today)
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True).encode()
    folder = Path(settings.FOTFESTE_ARCHIVE) / str(person.service_id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _store(folder / f"{person.pk}.json", text)
    _store(folder / f"{person.pk}.pdf", pdf(record))
    return hashlib.sha256(text).hexdigest()


def record_of(person: Participant, *, today: date, bookkeeping: bool = False) -> dict[str, Any]:
    """Everything that is kept about a person, in the words of the forms, each record with its versions."""
    number = decrypt(person.identity_encrypted, person.pk) if person.identity_encrypted else ""
    parts = [
        {"label": kind.rule.label, "table": kind.rule.table, "rows": [_row(row) for row in rows]}
        for kind in kinds(bookkeeping=bookkeeping)
        if (rows := list(kind.of(person)))
    ]
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "title": str(person),
        "service": person.service.name,
        "identity": number,
        "written": day(today),
        "parts": parts,
    }


def pdf(record: dict[str, Any]) -> bytes:
    """Set a record as tagged PDF. It may have ``front``, sentences before all else, and ``looks``, rows of a table."""
    import typst  # with the fonts of papers: not waited for by a process that starts

    shown = {
        **record,
        "parts": [{**part, "rows": [_to_read(row) for row in part["rows"]]} for part in record["parts"]],
    }
    return typst.compile(
        str(TEMPLATE),
        sys_inputs={"record": showable(json.dumps(shown, ensure_ascii=False))},
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_standards="ua-1",
    )


def _row(row: models.Model) -> dict[str, Any]:
    when = day_of(row)
    return {
        "title": day(when) if when else "",
        "lines": [list(line) for line in described(row)],
        "values": values_of(row),
        "versions": [
            values_of(version)
            for history in _histories(type(row))
            for version in history.objects.filter(pgh_obj_id=row.pk).order_by("pk")
        ],
    }


def _histories(model: type[models.Model]) -> list[Any]:
    return [history for history in apps.get_models() if getattr(history, "pgh_tracked_model", None) is model]


def _to_read(row: dict[str, Any]) -> dict[str, Any]:
    return {"title": row["title"], "lines": row["lines"]}


def _store(file: Path, content: bytes) -> None:
    """Write a file that nobody else may read; it has its name only when it is whole and on the disk."""
    new = file.with_suffix(file.suffix + ".new")
    with contextlib.suppress(FileNotFoundError):
        new.unlink()
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    new.rename(file)
