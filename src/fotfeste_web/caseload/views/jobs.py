"""A job: added, seen, begun, on new terms, ended."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste_web.audit.versions import ChangedMeanwhile
from fotfeste_web.caseload.actions import jobs as actions
from fotfeste_web.caseload.forms.jobs import (
    JobBeginForm,
    JobEditForm,
    JobEndForm,
    JobForm,
    NewTermsForm,
    refusal,
)
from fotfeste_web.caseload.models import Job
from fotfeste_web.caseload.pages.jobs import JobPage
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission


@requires(Permission.PARTICIPANT_READ)
@require_safe
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    job = _job_for(request, job_id, write=False)
    page = JobPage.of(job, may_write=request.scope.writes(job.participant), today=timezone.localdate())
    return TemplateResponse(request, "caseload/job.html", {"page": page})


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def job_add(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="job_add", write=True)
    form = JobForm(request.POST or None, service_id=person.service_id, today=timezone.localdate())
    status = _save(request, form, lambda values: actions.add_job(person, by=request.user, **values))
    if status == 302:
        messages.success(request, "Jobben er lagret.")
        return redirect("participant", participant_id)
    context = {"form": form, "participant": person}
    return TemplateResponse(request, "caseload/job_add.html", context, status=status)


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def job_edit(request: HttpRequest, job_id: int) -> HttpResponse:
    job = _job_for(request, job_id)
    form = JobEditForm(request.POST or None, instance=job, today=timezone.localdate())
    status = _save(request, form, lambda values: actions.change_job(job, by=request.user, **values))
    return _answer(request, job_id, form, status, "caseload/job_edit.html", "Jobben er lagret.")


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def job_begin(request: HttpRequest, job_id: int) -> HttpResponse:
    job = _job_for(request, job_id)
    if job.begun:
        return redirect("job", job_id)
    form = JobBeginForm(request.POST or None, instance=job, today=timezone.localdate())
    status = _save(request, form, lambda values: actions.begin_job(job, by=request.user, **values))
    return _answer(request, job_id, form, status, "caseload/job_begin.html", "Så bra! Jobben har begynt.")


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def job_end(request: HttpRequest, job_id: int) -> HttpResponse:
    job = _job_for(request, job_id)
    form = JobEndForm(request.POST or None, instance=job, today=timezone.localdate())
    status = _save(request, form, lambda values: actions.end_job(job, by=request.user, **values))
    return _answer(request, job_id, form, status, "caseload/job_end.html", "Slutten på jobben er lagret.")


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def term_add(request: HttpRequest, job_id: int) -> HttpResponse:
    job = _job_for(request, job_id)
    form = NewTermsForm(request.POST or None, job=job, today=timezone.localdate())
    status = _save(request, form, lambda values: actions.add_terms(job, by=request.user, **values))
    return _answer(request, job_id, form, status, "caseload/term_add.html", "Vilkårene er lagret.")


def _job_for(request: HttpRequest, job_id: int, *, write: bool = True) -> Job:
    job = get_object_or_404(Job, pk=job_id)
    job.participant = participant_for(request, job.participant_id, page="job", write=write)
    return job


def _save(request: HttpRequest, form: Any, save: Callable[[dict[str, Any]], object]) -> int:
    """Save what the form holds. 200: nothing was sent, 302: saved, 422: refused, 409: changed meanwhile."""
    if request.method != "POST":
        return 200
    if not form.is_valid():
        return 422
    try:
        save(form.cleaned_data)
    except ChangedMeanwhile as change:
        form.show_conflict(change.current)
        return 409
    except IntegrityError as error:
        form.add_error(None, refusal(error))
        return 422
    return 302


def _answer(request: HttpRequest, job_id: int, form: Any, status: int, template: str, saved: str) -> HttpResponse:
    if status == 302:
        messages.success(request, saved)
        return redirect("job", job_id)
    job = Job.objects.select_related("participant").get(pk=job_id)  # the form writes what was typed into its own
    return TemplateResponse(request, template, {"form": form, "job": job}, status=status)
