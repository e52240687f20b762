"""Ask for work that takes long, fetch what it made, throw it away."""

from typing import Any

from fotfeste_web.audit.log import action, record

from .files import decrypt
from .kinds import kind_named
from .models import Work
from .tasks import do_work


@action
def ask(kind: str, *, about: dict[str, Any], by: Any, back: str = "") -> Work:
    """Store the work and hand it to the worker when this transaction is over. ``back`` is where it was asked for."""
    if kind_named(kind) is None:
        raise KeyError(f"No kind of work is named {kind}.")
    work = Work.objects.create(kind=kind, about=about, asked_by=by, link=back)
    do_work.defer(work_id=str(work.pk), user_id=by.pk)
    record("background.asked", subject=work, by=by, kind=kind)
    return work


@action
def fetch(work: Work, *, by: Any) -> bytes:
    record("background.file_fetched", subject=work, by=by, kind=work.kind)
    return decrypt(work.file, work.pk)


@action
def throw_away(work: Work, *, by: Any) -> None:
    """Empty the file of a work. That it was made, and when, stays for a week."""
    work.file = None
    work.save(update_fields=["file"])
    record("background.file_thrown_away", subject=work, by=by, kind=work.kind)
