"""The plan for the search with its steps, and the places that were tried."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fotfeste_web.caseload.actions.plans import add_next_step
from fotfeste_web.caseload.forms.plans import NextStepForm
from fotfeste_web.caseload.models import Participant
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.plans.actions import search as actions
from fotfeste_web.plans.forms.search import ApplicationForm, SearchPlanForm
from fotfeste_web.plans.models import Answer, JobApplication, SearchPlan
from fotfeste_web.plans.pages.search import ApplicationsPage, SearchPlanPage
from fotfeste_web.plans.saving import REFUSED, SAVED, save
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission


@requires(Permission.PARTICIPANT_READ)
@require_http_methods(["GET", "POST"])
def search_plan(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="search_plan", write=request.method == "POST")
    form = _plan_form(person, request.POST or None)
    status = save(request, form, lambda values: actions.save_search_plan(person, by=request.user, **values))
    if status == SAVED:
        messages.success(request, "Planen er lagret.")
        return redirect("search_plan", participant_id)
    return _plan_page(request, person, form, NextStepForm(prefix="steg"), status)


@requires(Permission.PARTICIPANT_WRITE)
@require_POST
def search_plan_step(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """Add a next step from the plan."""
    person = participant_for(request, participant_id, page="search_plan", write=True)
    step = NextStepForm(request.POST, prefix="steg")
    if step.is_valid():
        add_next_step(person, by=request.user, **step.cleaned_data)
        messages.success(request, "Steget er lagt til i planen.")
        return redirect(f"{reverse('search_plan', args=[participant_id])}#steg")
    return _plan_page(request, person, _plan_form(person, None), step, REFUSED)


def _plan_form(person: Participant, sent: Any) -> SearchPlanForm:
    stored = SearchPlan.objects.filter(participant=person).first()
    plan = stored or SearchPlan(participant=person, version=0)
    return SearchPlanForm(sent, instance=plan, today=timezone.localdate())


def _plan_page(
    request: HttpRequest, person: Participant, form: SearchPlanForm, step: NextStepForm, status: int
) -> HttpResponse:
    plan = SearchPlan.objects.filter(participant=person).first()  # the form writes what was typed into its own
    page = SearchPlanPage.of(person, plan, may_write=request.scope.writes(person), today=timezone.localdate())
    context = {"page": page, "form": form, "step": step}
    return TemplateResponse(request, "plans/search_plan.html", context, status=status)


@requires(Permission.PARTICIPANT_READ)
@require_safe
def applications(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="applications")
    page = ApplicationsPage.of(person, may_write=request.scope.writes(person), today=timezone.localdate())
    return TemplateResponse(request, "plans/applications.html", {"page": page})


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def application_add(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="application_add", write=True)
    blank = JobApplication(participant=person, version=0)
    form = ApplicationForm(request.POST or None, instance=blank, today=timezone.localdate())
    status = save(request, form, lambda values: actions.add_application(person, by=request.user, **form.values()))
    return _application_answer(request, person, form, status, "Nytt sted å søke")


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def application_edit(request: HttpRequest, application_id: int) -> HttpResponse:
    application = get_object_or_404(JobApplication, pk=application_id)
    person = participant_for(request, application.participant_id, page="application_edit", write=True)
    form = ApplicationForm(request.POST or None, instance=application, today=timezone.localdate())
    status = save(request, form, lambda values: actions.change_application(application, by=request.user, **values))
    return _application_answer(request, person, form, status, "Jobbsøk")


def _application_answer(
    request: HttpRequest, person: Participant, form: ApplicationForm, status: int, title: str
) -> HttpResponse:
    back = reverse("applications", args=[person.pk])
    if status == SAVED and form.cleaned_data["answer"] == Answer.OFFER:
        messages.success(request, "Så bra, et tilbud! Skriv jobben her når den er avtalt.")
        return redirect("job_add", person.pk)
    if status == SAVED:
        messages.success(request, "Jobbsøket er lagret.")
        return redirect(back)
    context = {"form": form, "participant": person, "title": title, "back": back}
    return TemplateResponse(request, "plans/form.html", context, status=status)
