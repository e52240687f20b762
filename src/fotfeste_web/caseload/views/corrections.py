"""Rett: mend a record of the way through the service, a next step or the terms of a job."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fotfeste_web.audit.versions import ChangedMeanwhile
from fotfeste_web.caseload.actions.corrections import correct as save
from fotfeste_web.caseload.forms import corrections as forms
from fotfeste_web.caseload.forms.refusals import CORRECTIONS as SENTENCES
from fotfeste_web.caseload.forms.refusals import refusals_in
from fotfeste_web.caseload.models import Assignment, NextStep, Pause, Period, Referral, StepDown, Term
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission


@dataclass(frozen=True)
class Correctable:
    model: type[Model]
    form: type[forms.Correction]
    title: str
    permission: Permission = Permission.PARTICIPANT_WRITE


CORRECTABLE = {
    "henvisning": Correctable(Referral, forms.ReferralCorrection, "Rett henvisningen"),
    "oppstart": Correctable(Period, forms.StartCorrection, "Rett oppstarten"),
    "jobbspesialist": Correctable(Assignment, forms.AssignmentCorrection, "Rett tildelingen", Permission.ASSIGN),
    "pause": Correctable(Pause, forms.PauseCorrection, "Rett pausen"),
    "nedtrapping": Correctable(StepDown, forms.StepDownCorrection, "Rett nedtrappingen"),
    "steg": Correctable(NextStep, forms.NextStepCorrection, "Rett neste steg"),
    "vilkar": Correctable(Term, forms.TermCorrection, "Rett vilkårene"),
}


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, what: str, row_id: int) -> HttpResponse:
    kind = CORRECTABLE.get(what)
    if kind is None:
        raise Http404
    row = get_object_or_404(kind.model, pk=row_id)
    about = row.job.participant_id if isinstance(row, Term) else row.participant_id
    participant = participant_for(request, about, page="correct", write=True)
    if not request.scope.may(kind.permission, participant.service_id):
        raise PermissionDenied
    form, status = kind.form(request.POST or None, instance=row, today=timezone.localdate()), 200
    if form.is_bound and form.is_valid():
        try:
            with refusals_in(form, SENTENCES):
                stored = kind.model.objects.get(pk=row_id)  # the form writes what was typed into its own
                save(stored, version=form.cleaned_data["version"], by=request.user, **form.values())
                messages.success(request, "Rettelsen er lagret. Det som sto før, er tatt vare på.")
                return redirect("job", row.job_id) if isinstance(row, Term) else redirect("participant", about)
        except ChangedMeanwhile as change:
            form.show_conflict(change.current)
            status = 409
    context = {"form": form, "participant": participant, "form_title": kind.title}
    status = 422 if status == 200 and form.errors else status
    return TemplateResponse(request, "caseload/phase_form.html", context, status=status)
