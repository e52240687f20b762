"""Økonomisk rådgivning: written down, and mended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.followup import actions
from fotfeste_web.followup.forms import AdviceForm
from fotfeste_web.followup.models import BenefitsAdvice
from fotfeste_web.followup.pages.advice import jobs_to_advise
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission

from .sending import SAVED, changing, send


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def advice_add(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="advice_add", write=True)
    chosen = next((f"{what}-{request.GET[what]}" for what in ("vilkar", "jobb") if what in request.GET), "")
    form = AdviceForm(
        request.POST or None,
        instance=BenefitsAdvice(participant=person),
        today=timezone.localdate(),
        about=jobs_to_advise(person, timezone.localdate()),
        chosen=chosen,
    )
    status = send(request, form, lambda **values: actions.add_advice(person, **values))
    if status == SAVED:
        messages.success(request, "Rådgivningen er lagret.")
        return redirect("participant", participant_id)
    context = {"form": form, "participant": person, "title": "Økonomisk rådgivning"}
    return TemplateResponse(request, "followup/advice_form.html", context, status=status)


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def advice_edit(request: HttpRequest, advice_id: int) -> HttpResponse:
    stored = get_object_or_404(BenefitsAdvice, pk=advice_id)
    person = participant_for(request, stored.participant_id, page="advice_edit", write=True)
    about = jobs_to_advise(person, timezone.localdate())
    form = AdviceForm(request.POST or None, instance=stored, today=timezone.localdate(), about=about)
    status = send(request, form, changing(actions.change_advice, stored, form))
    if status == SAVED:
        messages.success(request, "Rådgivningen er lagret.")
        return redirect("participant", person.pk)
    context = {"form": form, "participant": person, "title": "Økonomisk rådgivning"}
    return TemplateResponse(request, "followup/advice_form.html", context, status=status)
