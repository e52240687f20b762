"""Do one work: all of it or nothing, with the scope of the one who asked."""

from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from fotfeste_web.rows.scope import enter

from .files import encrypt
from .kinds import CannotDo, Outcome, kind_named
from .models import State, Work
from .progress import told

NOT_ALLOWED = "Du har ikke lenger tilgang til dette. Ingenting er gjort."
OUR_FAULT = "Noe gikk galt hos oss. Ingenting er lagret. Prøv igjen, og si fra til dem som drifter Fotfeste."


def do(work_id: UUID, user_id: int) -> None:
    """Do the work once. That it is done is stored with what it wrote, so one who comes again finds it done."""
    try:
        with told(work_id, user_id) as progress, transaction.atomic():
            scope = enter(user_id, timezone.localdate())
            with connection.cursor() as cursor:  # not a lock on the row: the progress is told there
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(work_id)])
            work = Work.objects.filter(pk=work_id).first()
            if work is None or work.ended:
                return
            kind = kind_named(work.kind)
            if kind is None or not scope.may(kind.permission):
                raise CannotDo(NOT_ALLOWED)
            progress(0, 0)
            by = get_user_model().objects.get(pk=user_id)
            outcome = kind.make(work.about, by=by, today=timezone.localdate(), scope=scope, progress=progress)
            _done(work, outcome)
    except CannotDo as reason:
        _failed(work_id, user_id, str(reason))
    except (InterfaceError, OperationalError):  # the database is gone: the job is tried again
        raise
    except Exception:
        _failed(work_id, user_id, OUR_FAULT)
        raise  # the operator sees the place in the log


def _done(work: Work, outcome: Outcome) -> None:
    Work.objects.filter(pk=work.pk).update(
        state=State.DONE,
        ended_at=timezone.now(),
        sentence=outcome.sentence,
        link=outcome.link or work.link,
        file=None if outcome.file is None else encrypt(outcome.file, work.pk),
        file_name=outcome.file_name,
        media_type=outcome.media_type,
    )


def _failed(work_id: UUID, user_id: int, sentence: str) -> None:
    with transaction.atomic():
        enter(user_id, timezone.localdate())
        Work.objects.filter(pk=work_id).update(state=State.FAILED, ended_at=timezone.now(), sentence=sentence)
