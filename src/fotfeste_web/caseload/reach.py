"""Fetch a participant for a page: who may not see gets 404, who may not write 403, and each look is logged."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from fotfeste_web.audit.log import read

from .models import Assignment, Participant


def participant_for(request: HttpRequest, participant_id: UUID, *, page: str, write: bool = False) -> Participant:
    """Give the participant that a page is about, and leave the read event. The database shows only rows in scope."""
    unopened = Assignment.objects.filter(participant=OuterRef("pk"), specialist=request.user, opened_at=None)
    people = Participant.objects.select_related("service", "treatment_team", "nav_office")
    participant = get_object_or_404(people.annotate(unopened=Exists(unopened)), pk=participant_id)
    if write and not request.scope.writes(participant):
        raise PermissionDenied
    if request.method == "GET":
        read(request, participant, page)
        _mark_opened(request, participant)
    return participant


def _mark_opened(request: HttpRequest, participant: Participant) -> None:
    """A new assignment is unopened until its job specialist has looked at the person."""
    if participant.unopened and request.scope.ground(participant.pk) == "own":
        Assignment.objects.filter(participant=participant, specialist=request.user, opened_at=None).update(
            opened_at=timezone.now()
        )
