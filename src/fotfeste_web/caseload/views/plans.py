"""Kartlegging, åpenhet and next steps."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste_web.audit.versions import ChangedMeanwhile
from fotfeste_web.caseload.actions import plans as actions
from fotfeste_web.caseload.forms.plans import NextStepForm, OpennessForm, WishesForm
from fotfeste_web.caseload.models import NextStep, Openness, Wishes
from fotfeste_web.caseload.pages.plans import openness_versions, wishes_versions
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def wishes(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="wishes", write=True)
    stored = Wishes.objects.filter(participant=person).first()
    form = WishesForm(request.POST or None, instance=stored or Wishes(participant=person, version=0))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.save_wishes(person, version=form.cleaned_data["version"], by=request.user, **form.values())
            except ChangedMeanwhile as change:
                form.show_conflict(change.current)
                status = 409
            else:
                messages.success(request, "Kartleggingen er lagret.")
                return redirect("wishes" if "stay" in request.POST else "participant", participant_id)
    context = {"form": form, "participant": person, "versions": wishes_versions(stored)}
    return TemplateResponse(request, "caseload/wishes.html", context, status=status)


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def openness(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="openness", write=True)
    stored = Openness.objects.filter(participant=person).first()
    form = OpennessForm(
        request.POST or None, instance=stored or Openness(participant=person, version=0), today=timezone.localdate()
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.save_openness(person, version=form.cleaned_data["version"], by=request.user, **form.values())
            except ChangedMeanwhile as change:
                form.show_conflict(change.current)
                status = 409
            else:
                messages.success(request, "Åpenhetsplanen er lagret.")
                return redirect("participant", participant_id)
    context = {"form": form, "participant": person, "versions": openness_versions(stored)}
    return TemplateResponse(request, "caseload/openness.html", context, status=status)


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def next_step_add(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="next_step_add", write=True)
    form = NextStepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_next_step(person, by=request.user, **form.cleaned_data)
        messages.success(request, "Neste steg er lagret.")
        return redirect("participant", participant_id)
    context = {"form": form, "participant": person}
    return TemplateResponse(request, "caseload/next_step_add.html", context, status=422 if form.is_bound else 200)


@requires(Permission.PARTICIPANT_WRITE)
@require_POST
def next_step_done(request: HttpRequest, step_id: int) -> HttpResponse:
    step = get_object_or_404(NextStep, pk=step_id)
    participant_for(request, step.participant_id, page="participant", write=True)
    if step.done_on is None:
        actions.finish_next_step(step, on=timezone.localdate(), by=request.user)
        messages.success(request, "Bra. Steget er merket som gjort.")
    return redirect("participant", step.participant_id)
