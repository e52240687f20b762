"""The support plan and its measures."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste_web.audit.versions import ChangedMeanwhile
from fotfeste_web.caseload.models import Participant
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.plans.actions import support as actions
from fotfeste_web.plans.forms.support import MeasureForm, SupportPlanForm
from fotfeste_web.plans.models import CareerProfile, SupportMeasure, SupportPlan
from fotfeste_web.plans.pages.support import SupportPlanPage
from fotfeste_web.plans.saving import CHANGED_MEANWHILE, REFUSED, SAVED, SHOWN, save
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission

GONE = "Noen andre har rettet eller tatt bort dette i mellomtida. Lagrer du nå, blir ditt lagt til ved siden av deres."


@requires(Permission.PARTICIPANT_READ)
@require_http_methods(["GET", "POST"])
def support_plan(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="support_plan", write=request.method == "POST")
    plan, today = SupportPlan.objects.filter(participant=person).first(), timezone.localdate()
    page = SupportPlanPage.of(person, plan, may_write=request.scope.writes(person), today=today)
    form = SupportPlanForm(request.POST or None, instance=plan or _begun_from_profile(person), today=today)
    status = save(request, form, lambda values: actions.save_support_plan(person, by=request.user, **values))
    if status == SAVED:
        messages.success(request, "Jobbstøtteplanen er lagret.")
        return redirect("support_plan", participant_id)
    return TemplateResponse(request, "plans/support_plan.html", {"page": page, "form": form}, status=status)


def _begun_from_profile(person: Participant) -> SupportPlan:
    """Begin with the signs that the person has named in the career profile."""
    profile = CareerProfile.objects.filter(participant=person).first()
    signs = {name: getattr(profile, name, "")[:2000] for name in ("early_signs", "early_signs_then")}
    return SupportPlan(participant=person, version=0, **signs)


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def support_measure_add(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="support_measure_add", write=True)
    form = MeasureForm(request.POST or None)
    status = save(request, form, lambda values: actions.add_measure(person, by=request.user, **values))
    if status == SAVED:
        messages.success(request, "Lagt til i jobbstøtteplanen.")
        return redirect("support_plan", participant_id)
    return _measure_page(request, person, form, status, reverse("support_measure_add", args=[participant_id]))


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def support_measure_edit(request: HttpRequest, measure_id: int) -> HttpResponse:
    measure = get_object_or_404(SupportMeasure, pk=measure_id)
    person = participant_for(request, measure.participant_id, page="support_measure_edit", write=True)
    form = MeasureForm(request.POST or None, initial={name: getattr(measure, name) for name in MeasureForm.base_fields})
    send_to, status = request.path, REFUSED if request.method == "POST" else SHOWN
    if status == REFUSED and form.is_valid():
        try:
            actions.change_measure(measure, by=request.user, **form.cleaned_data)
        except ChangedMeanwhile:
            form.add_error(None, GONE)
            send_to, status = reverse("support_measure_add", args=[person.pk]), CHANGED_MEANWHILE
        else:
            messages.success(request, "Jobbstøtteplanen er lagret.")
            return redirect("support_plan", person.pk)
    return _measure_page(request, person, form, status, send_to, measure)


@requires(Permission.PARTICIPANT_WRITE)
@require_POST
def support_measure_end(request: HttpRequest, measure_id: int) -> HttpResponse:
    """Take a measure out of the plan. It stands in the versions until now."""
    measure = get_object_or_404(SupportMeasure, pk=measure_id)
    person = participant_for(request, measure.participant_id, page="support_plan", write=True)
    try:
        actions.end_measure(measure, by=request.user)
    except ChangedMeanwhile:
        messages.warning(request, "Noen andre har rettet eller tatt bort dette i mellomtida.")
    else:
        messages.success(request, "Tatt ut av planen. Tidligere utgaver har det fortsatt.")
    return redirect("support_plan", person.pk)


def _measure_page(
    request: HttpRequest,
    person: Participant,
    form: MeasureForm,
    status: int,
    send_to: str,
    measure: SupportMeasure | None = None,
) -> HttpResponse:
    context = {"form": form, "participant": person, "send_to": send_to, "measure": measure}
    return TemplateResponse(request, "plans/measure.html", context, status=status)
