"""The way through the service, one page a step."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fotfeste_web.audit.versions import ChangedMeanwhile
from fotfeste_web.caseload.actions import phases as actions
from fotfeste_web.caseload.forms.phases import (
    AssignForm,
    EducationEndForm,
    EducationForm,
    EndForm,
    PauseForm,
    PeriodEndForm,
    StartForm,
    StepDownForm,
)
from fotfeste_web.caseload.forms.refusals import refusals_in
from fotfeste_web.caseload.models import Assignment, Education, Participant, Pause, Period, StepDown
from fotfeste_web.caseload.pages.phases import AssignPage, still_running
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission

FORM = "caseload/phase_form.html"


@requires(Permission.ASSIGN)
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    participant, today = participant_for(request, participant_id, page="assign", write=True), timezone.localdate()
    referral = participant.referrals.filter(Q(outcome="") | Q(period__isnull=False, period__ends_on=None)).first()
    if referral is None:
        return _back(request, participant, "Personen har ingen åpen henvisning og er ikke i gang i tjenesten.")
    page = AssignPage.of(participant, today)
    form = AssignForm(
        request.POST or None,
        specialists=page.specialists,
        running=page.running,
        referred_on=referral.received_on,
        today=today,
    )
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            actions.assign(participant, by=request.user, **form.cleaned_data)
            messages.success(request, "Jobbspesialisten er tildelt.")
            return redirect("participant", participant.pk)
    return _form_page(request, participant, form, "Tildel jobbspesialist", "caseload/phase_assign.html", page=page)


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    participant, today = participant_for(request, participant_id, page="start", write=True), timezone.localdate()
    referral = participant.referrals.filter(outcome="").first()
    if referral is None:
        return _back(request, participant, "Personen har ingen åpen henvisning, så det er ingen oppstart å registrere.")
    assignment = _assignment(participant, today)
    if assignment is None:
        return _back(request, participant, "Tildel en jobbspesialist før du registrerer oppstarten.", to="assign")
    form = StartForm(request.POST or None, referral=referral, today=today)
    if form.is_bound and form.is_valid():
        # A supervisor registers for the job specialist; one who covers held the meeting in person.
        held_by = assignment.specialist if request.scope.leads(participant.service_id) else request.user
        with refusals_in(form):
            actions.start(referral, specialist=held_by, by=request.user, **form.cleaned_data)
            messages.success(request, "Oppstarten er registrert. Første arbeidsgivermøte bør komme innen en måned.")
            return redirect("participant", participant.pk)
    return _form_page(request, participant, form, "Registrer oppstart")


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def end_period(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """End the period that runs; for a supervisor also correct how the last one ended."""
    participant, today = participant_for(request, participant_id, page="end_period", write=True), timezone.localdate()
    leads = request.scope.leads(participant.service_id)
    period = participant.periods.order_by("-starts_on").first()
    if period is None or (period.ends_on is not None and not leads):
        raise Http404
    correcting = period.ends_on is not None
    form, status = PeriodEndForm(request.POST or None, instance=period, today=today), 200
    if form.is_bound and form.is_valid():
        try:
            with refusals_in(form):
                actions.end_period(
                    get_object_or_404(Period, pk=period.pk),
                    version=form.cleaned_data["version"],
                    by=request.user,
                    **form.values(),
                )
                messages.success(request, "Avslutningen er rettet." if correcting else "Perioden er avsluttet.")
                # A job specialist no longer sees the person.
                return redirect("participant", participant.pk) if leads else redirect("participants")
        except ChangedMeanwhile as change:
            form.show_conflict(change.current)
            status = 409
    title = "Rett avslutningen" if correcting else "Avslutt perioden"
    template, running = "caseload/phase_end.html", [] if correcting else still_running(participant, today)
    return _form_page(request, participant, form, title, template, status=status, running=running)


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def pause_add(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    return _add(request, participant_id, PauseForm, actions.add_pause, "Pause", "pause_end", "Pausen er lagret.")


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def pause_end(request: HttpRequest, pause_id: int) -> HttpResponse:
    pause = get_object_or_404(Pause, pk=pause_id)
    return _end(request, pause, EndForm, actions.end_pause, "Avslutt pausen", "Pausen er avsluttet.")


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def education_add(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    act, done = actions.add_education, "Utdanningen er lagret."
    return _add(request, participant_id, EducationForm, act, "Utdanning", "education_end", done)


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def education_end(request: HttpRequest, education_id: int) -> HttpResponse:
    education = get_object_or_404(Education, pk=education_id)
    act, done = actions.end_education, "Utdanningen er avsluttet."
    return _end(request, education, EducationEndForm, act, "Avslutt utdanningen", done)


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def step_down_add(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    act, done = actions.add_step_down, "Nedtrappingen er lagret."
    return _add(request, participant_id, StepDownForm, act, "Nedtrapping", "step_down_end", done)


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def step_down_end(request: HttpRequest, step_down_id: int) -> HttpResponse:
    step_down = get_object_or_404(StepDown, pk=step_down_id)
    act, done = actions.end_step_down, "Nedtrappingen er avsluttet."
    return _end(request, step_down, EndForm, act, "Avslutt nedtrappingen", done)


RUNNING = {"pause_end": Pause, "education_end": Education, "step_down_end": StepDown}


def _add(
    request: HttpRequest,
    participant_id: UUID,
    form_class: Callable[..., forms.Form],
    act: Callable[..., Any],
    title: str,
    ends_at: str,
    done: str,
) -> HttpResponse:
    """Ask for something new in the period that runs, and tell of what runs already."""
    page = request.resolver_match.url_name
    participant, today = participant_for(request, participant_id, page=page, write=True), timezone.localdate()
    period = participant.periods.filter(ends_on=None).first()
    if period is None:
        return _back(request, participant, "Personen er ikke i gang i tjenesten nå, så dette kan ikke registreres.")
    open_rows = list(RUNNING[ends_at].objects.filter(participant=participant, ends_on=None).order_by("starts_on"))
    several = ends_at == "education_end"  # of the others only one runs at a time
    if request.method == "GET" and open_rows and not several:
        return redirect(ends_at, open_rows[0].pk)
    form = form_class(request.POST or None, period=period, today=today)
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            act(participant, by=request.user, **form.cleaned_data)
            messages.success(request, done)
            return redirect("participant", participant.pk)
    running = [(f"{row.programme}, {row.place}", reverse(ends_at, args=[row.pk])) for row in open_rows if several]
    return _form_page(request, participant, form, title, running=running)


def _end(
    request: HttpRequest,
    row: Pause | Education | StepDown,
    form_class: Callable[..., forms.Form],
    act: Callable[..., Any],
    title: str,
    done: str,
) -> HttpResponse:
    page = request.resolver_match.url_name
    participant, today = participant_for(request, row.participant_id, page=page, write=True), timezone.localdate()
    if row.ends_on is not None:
        return _back(request, participant, "Dette er avsluttet fra før.")
    form = form_class(request.POST or None, starts_on=row.starts_on, today=today)
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            act(row, by=request.user, **form.cleaned_data)
            messages.success(request, done)
            return redirect("participant", participant.pk)
    return _form_page(request, participant, form, title)


def _form_page(
    request: HttpRequest,
    participant: Participant,
    form: forms.Form,
    title: str,
    template: str = FORM,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context |= {"form": form, "participant": participant, "form_title": title, "today": timezone.localdate()}
    status = 422 if status == 200 and form.errors else status
    return TemplateResponse(request, template, context, status=status)


def _back(request: HttpRequest, participant: Participant, why: str, to: str = "participant") -> HttpResponse:
    messages.warning(request, why)
    return redirect(to, participant.pk)


def _assignment(participant: Participant, today: date) -> Assignment | None:
    live = participant.assignments.filter(Q(ends_on=None) | Q(ends_on__gt=today))
    return live.select_related("specialist").order_by("starts_on").first()
