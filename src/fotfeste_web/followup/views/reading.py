"""Pages that are made of several kinds of information: whole, or not at all."""

from uuid import UUID

from django.http import Http404, HttpRequest

from fotfeste_web.caseload.models import Participant
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.rows.kinds import Kind


def participant_shown(request: HttpRequest, participant_id: UUID, *kinds: Kind, page: str) -> Participant:
    """Give the participant of a page, to one who is shown all the kinds that it is made of.

    With a part of them the page would say what is not so: that nobody met the person, that nothing was tried.
    """
    if not all(request.scope.sees(participant_id, kind) for kind in kinds):
        raise Http404
    return participant_for(request, participant_id, page=page)
