"""Oppsøking, and what was agreed for when the person does not come."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste_web.caseload.pages.plans import versions_of
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.followup import actions
from fotfeste_web.followup.forms import NoShowPlanForm, OutreachForm
from fotfeste_web.followup.models import NoShowPlan, OutreachAttempt
from fotfeste_web.followup.pages.outreach import PLAN, OutreachPage
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.roles import Permission

from .reading import participant_shown
from .sending import SAVED, changing, send

FORM = "followup/outreach_form.html"


@requires(Permission.PARTICIPANT_READ)
@require_safe
def outreach(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_shown(request, participant_id, Kind.CONTACTS, page="outreach")
    page = OutreachPage.of(person, may_write=request.scope.writes(person), today=timezone.localdate())
    return TemplateResponse(request, "followup/outreach.html", {"page": page})


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def outreach_add(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="outreach_add", write=True)
    blank = OutreachAttempt(participant=person)
    form = OutreachForm(request.POST or None, instance=blank, today=timezone.localdate())
    status = send(request, form, lambda **values: actions.log_attempt(person, **values))
    if status == SAVED:
        messages.success(request, "Forsøket er lagret.")
        return redirect("outreach", participant_id)
    return TemplateResponse(request, FORM, {"form": form, "participant": person, "new": True}, status=status)


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def outreach_edit(request: HttpRequest, attempt_id: int) -> HttpResponse:
    stored = get_object_or_404(OutreachAttempt, pk=attempt_id)
    person = participant_for(request, stored.participant_id, page="outreach_edit", write=True)
    form = OutreachForm(request.POST or None, instance=stored, today=timezone.localdate())
    status = send(request, form, changing(actions.change_attempt, stored, form))
    if status == SAVED:
        messages.success(request, "Forsøket er lagret.")
        return redirect("outreach", person.pk)
    return TemplateResponse(request, FORM, {"form": form, "participant": person}, status=status)


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def no_show_plan(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="no_show_plan", write=True)
    stored = NoShowPlan.objects.filter(participant=person).first()
    plan = stored or NoShowPlan(participant=person, version=0)
    form = NoShowPlanForm(request.POST or None, instance=plan, today=timezone.localdate())
    status = send(request, form, changing(actions.save_no_show_plan, person, form))
    if status == SAVED:
        messages.success(request, "Kontaktplanen er lagret.")
        return redirect("outreach", participant_id)
    context = {"form": form, "participant": person, "versions": versions_of(stored, PLAN)}
    return TemplateResponse(request, "followup/no_show_plan.html", context, status=status)
