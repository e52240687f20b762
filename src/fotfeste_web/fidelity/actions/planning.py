"""Plan a review, move its days and its tasks, and write down what was seen and heard."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, When

from fotfeste import fidelity
from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.audit.versions import take
from fotfeste_web.fidelity.lists import tasks
from fotfeste_web.fidelity.models import PersonNote, Review, Reviewer, ReviewTask, Source
from fotfeste_web.organisations.models import Service

from .counting import queue_counting


@action
def plan_review(
    service: Service, *, kind: str, scale: fidelity.Scale, reviewers: Iterable[User], by: User, **dates: date
) -> Review:
    """Plan a review with the scale as it is now, and the tasks round its days."""
    review = Review.objects.create(
        service=service,
        kind=kind,
        scale_id=scale.id,
        scale_version=scale.version,
        scale_sha256=scale.sha256,
        planned_by=by,
        **dates,
    )
    Reviewer.objects.bulk_create(Reviewer(review=review, user=user) for user in reviewers)
    ReviewTask.objects.bulk_create(
        ReviewTask(
            review=review, what=task.what, party=task.party, due_on=task.due_on(review.starts_on, review.ends_on)
        )
        for task in tasks()
    )
    queue_counting(service.pk)  # the figures that stand beside each item
    record("review.planned", subject=review, by=by, kind=kind, scale=scale.id, scale_version=scale.version)
    return review


@action
def change_review(review: Review, *, version: int, reviewers: Iterable[User], by: User, **dates: date) -> Review:
    """Move the days of a review, with what is still to be done; change who rates, as long as nobody has."""
    review = take(review, version)
    moved = Case(
        When(due_on__lt=review.starts_on, then=F("due_on") + (dates["starts_on"] - review.starts_on)),
        default=F("due_on") + (dates["ends_on"] - review.ends_on),
        output_field=DateField(),
    )
    review.tasks.filter(done_on=None).update(due_on=moved, version=F("version") + 1)
    for name, value in dates.items():
        setattr(review, name, value)
    review.save()
    wanted = {user.pk for user in reviewers}
    there = set(review.reviewers.values_list("user_id", flat=True))
    review.reviewers.filter(user_id__in=there - wanted).delete()
    Reviewer.objects.bulk_create(Reviewer(review=review, user_id=pk) for pk in sorted(wanted - there))
    queue_counting(review.service_id)
    record("review.changed", subject=review, by=by, version=review.version)
    return review


@action
def change_task(task: ReviewTask, *, version: int, due_on: date, done_on: date | None, by: User) -> ReviewTask:
    task = take(task, version)
    task.due_on, task.done_on = due_on, done_on
    task.save()
    record("review.task_done" if done_on else "review.task_moved", subject=task.review, by=by, task=task.pk)
    return task


@action
def save_source(source: Source, *, version: int, note: str | None, by: User, **values: Any) -> Source:
    """Plan an interview or an observation, or write that it was held. ``note`` is the writer's own, about persons."""
    source = take(source, version) if source.pk else source
    for name, value in values.items():
        setattr(source, name, value)
    source.save()
    if note is not None:
        write_note(source.review, source=source, text=note, by=by)
    record("review.source_saved", subject=source.review, by=by, source=source.pk, code=source.code, held=source.held)
    return source


def write_note(review: Review, *, by: User, text: str, **about: Any) -> None:
    """Keep one writer's note about a file or a source; an empty one that was never there is not made."""
    target = {name: about.pop(name) for name in ("file", "source") if name in about}
    note = PersonNote.objects.filter(author=by, **target).first()
    if note is None and (text or any(about.get("answers", {}).values())):
        PersonNote.objects.create(review=review, author=by, text=text, closes_on=review.closes_on, **target, **about)
    elif note is not None:
        note.text, note.version = text, note.version + 1
        note.answers = about.get("answers", note.answers)
        note.save()
