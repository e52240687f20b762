"""Oppfølging i jobb: the schedule, and the person's own no to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.followup import actions
from fotfeste_web.followup.forms import FollowUpDeclinedForm
from fotfeste_web.followup.models import FollowUpDeclined
from fotfeste_web.followup.pages.follow_up import FollowUpPage
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.roles import Permission

from .reading import participant_shown
from .sending import SAVED, changing, send


@requires(Permission.PARTICIPANT_READ)
@require_safe
def follow_up(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_shown(request, participant_id, Kind.WORK, Kind.CONTACTS, page="follow_up")
    page = FollowUpPage.of(person, may_write=request.scope.writes(person), today=timezone.localdate())
    return TemplateResponse(request, "followup/follow_up.html", {"page": page})


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def follow_up_declined(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """Write down the no, or change the one that holds: to ask earlier or later."""
    person = participant_for(request, participant_id, page="follow_up_declined", write=True)
    today = timezone.localdate()
    running = FollowUpDeclined.objects.filter(participant=person, starts_on__lte=today, ends_on__gt=today).first()
    form = FollowUpDeclinedForm(
        request.POST or None, instance=running or FollowUpDeclined(participant=person), today=today
    )
    act = (
        changing(actions.change_declined, running, form)
        if running
        else lambda **values: actions.decline_follow_up(person, **values)
    )
    status = send(request, form, act)
    if status == SAVED:
        messages.success(request, "Det er lagret. Fotfeste minner ikke om oppfølging før den dagen.")
        return redirect("follow_up", participant_id)
    context = {"form": form, "participant": person, "running": running is not None}
    return TemplateResponse(request, "followup/follow_up_declined.html", context, status=status)
