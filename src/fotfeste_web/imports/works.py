"""What is done with a spreadsheet in the background: the check of all rows, the storing, the undoing."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse

from fotfeste_web.accounts.models import User
from fotfeste_web.background.kinds import CannotDo, Outcome, Progress, work_kind
from fotfeste_web.rows.kept import rules_by_table
from fotfeste_web.rows.roles import Permission
from fotfeste_web.ui.formats import count, number

from . import actions
from .examining import Examined, examine
from .files import fetch
from .kinds import KINDS
from .models import FileOfImport, Import, State
from .reading import Unusable

GONE = "Filen er borte: den slettes etter en uke. Last den opp på nytt."
OVER = "Dette er allerede hentet inn, angret eller kastet. Ingenting er endret."
CHANGED = "Noe i tjenesten er endret siden kontrollen. Ingenting er lagret. Se på det, og kontroller på nytt."


@work_kind("import_check", name="Kontroll av regneark", permission=Permission.IMPORT_RECORDS)
def check(about: dict[str, Any], *, by: User, today: date, progress: Progress, **_: Any) -> Outcome:
    one = _held(about, *actions.OPEN)
    try:
        examined = _examined(one, today, progress)
    except Unusable as reason:
        return _back(one, str(reason))
    actions.note_check(one, examined, by=by)
    if not examined.rows:
        return _back(one, "Filen har overskrifter, men ingen rader.")
    bad = len(examined.bad)
    told = f"{count(bad, 'rad', 'rader')} må rettes." if bad else "Alle radene kan hentes inn."
    return _back(one, f"{count(len(examined.rows), 'rad', 'rader')} er kontrollert. {told}")


@work_kind("import_store", name="Henting fra regneark", permission=Permission.IMPORT_RECORDS)
def store(about: dict[str, Any], *, by: User, today: date, progress: Progress, **_: Any) -> Outcome:
    """Examine once more: the service may have changed since the check. All rows are stored, or none."""
    one = _held(about, State.CHECKED)
    try:
        examined = _examined(one, today, lambda done, total: progress(done // 2, total))
    except Unusable as reason:
        raise CannotDo(str(reason)) from None
    if examined.bad or examined.counts != one.counts:
        actions.note_check(one, examined, by=by)
        return _back(one, CHANGED)
    try:
        with transaction.atomic():
            one = actions.store(one, examined, by=by, progress=lambda done, total: progress((total + done) // 2, total))
    except IntegrityError:  # somebody wrote the same at the same moment
        raise CannotDo(CHANGED) from None
    kind = KINDS[one.kind]
    return _back(one, f"{count(len(examined.new), kind.one, kind.many)} er hentet inn.")


@work_kind("import_undo", name="Angring av henting", permission=Permission.IMPORT_RECORDS)
def undo(about: dict[str, Any], *, by: User, **_: Any) -> Outcome:
    one = _held(about, State.STORED)
    try:
        actions.undo(one, by=by)
    except actions.Held as held:
        return _back(one, held_in_words(held))
    return _back(one, "Alt som ble hentet inn, er tatt bort igjen.")


def held_in_words(held: actions.Held) -> str:
    """Say what has been built on it, by the names that the rules of retention have for the tables."""
    rules = rules_by_table()
    changed = dict.fromkeys(rules[table].label for table, why, _ in held.by if why == "changed")
    hanging = {rules[table].label: times for table, why, times in held.by if why == "hangs"}
    told = [f"{label.lower()} er endret" for label in changed]
    told += [f"{label.lower()} er ført ({number(times)})" for label, times in hanging.items()]
    more = f" og {len(told) - 8} ting til" if len(told) > 8 else ""
    return (
        f"Kan ikke angres, for noe er bygget på det som ble hentet inn: {', '.join(told[:8])}{more}. Ingenting er tatt "
        "bort. Enkeltting som er feil, retter du, eller melder feilført."
    )


def _held(about: dict[str, Any], *states: State) -> Import:
    try:
        return actions.locked(UUID(about["import"]), *states)
    except (actions.NoLongerOpen, Import.DoesNotExist):
        raise CannotDo(OVER) from None


def _examined(one: Import, today: date, progress: Progress) -> Examined:
    content = fetch(one, FileOfImport.UPLOADED)
    if content is None:
        raise Unusable(GONE)
    return examine(content, KINDS[one.kind], one.columns, service=one.service, today=today, progress=progress)


def _back(one: Import, sentence: str) -> Outcome:
    return Outcome(sentence=sentence, link=reverse("import_one", args=[one.pk]))
