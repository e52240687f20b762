"""Arbeidstid og fravær."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste_web.organisations.chosen import chosen_service
from fotfeste_web.organisations.models import Membership
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission
from fotfeste_web.teamwork.actions import working_time as actions
from fotfeste_web.teamwork.forms.refusals import refusals_in
from fotfeste_web.teamwork.forms.working_time import AbsenceForm, HoursForm, OtherWorkForm, TeamMemberForm
from fotfeste_web.teamwork.members import colleagues
from fotfeste_web.teamwork.models import Absence, TeamMember
from fotfeste_web.teamwork.pages.working_time import WorkingTimePage


@requires(Permission.TEAMWORK)
@require_http_methods(["GET", "POST"])
def working_time(request: HttpRequest) -> HttpResponse:
    """Show who is at work; take new hours, and what of a month went to other work."""
    chosen, today = chosen_service(request, Permission.TEAMWORK), timezone.localdate()
    service, what = chosen.service, request.POST.get("what")
    people = colleagues(service.pk, today) if request.scope.leads(service.pk) else [request.user]
    hours = HoursForm(request.POST if what == "hours" else None, people=people, today=today, prefix="hours")
    specialists = [user for user in colleagues(service.pk, today, ("jobbspesialist",)) if user in people]
    team = TeamMemberForm(
        request.POST if what == "team" else None,
        service_id=service.pk,
        people=specialists,
        today=today,
        prefix="team",
    )
    other = None
    own = Membership.objects.live(today).filter(service=service, user=request.user, role="jobbspesialist")
    if own.exists():
        other = OtherWorkForm(request.POST if what == "other" else None, today=today, prefix="other")
    if hours.is_bound and hours.is_valid():
        with refusals_in(hours):
            actions.set_weekly_hours(service, by=request.user, **hours.cleaned_data)
            messages.success(request, "Timene er lagret.")
            return redirect("working_time")
    if team.is_bound and team.is_valid():
        with refusals_in(team):
            actions.join_team(service, by=request.user, **team.cleaned_data)
            messages.success(request, "Medlemskapet i teamet er lagret.")
            return redirect("working_time")
    if other and other.is_bound and other.is_valid():
        actions.state_other_work(service, now=timezone.now(), by=request.user, **other.cleaned_data)
        messages.success(request, "Takk, det er lagret.")
        return redirect("working_time")
    context = {
        "page": WorkingTimePage.of(service, people, today),
        "hours": hours,
        "team": team if specialists else None,
        "other": other,
        "chosen": chosen,
        "today": today,
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "teamwork/working_time.html", context, status=status)


@requires(Permission.TEAMWORK)
@require_http_methods(["GET", "POST"])
def absence_add(request: HttpRequest) -> HttpResponse:
    chosen, today = chosen_service(request, Permission.TEAMWORK), timezone.localdate()
    everybody = colleagues(chosen.service.pk, today)
    leads = request.scope.leads(chosen.service.pk)
    form = AbsenceForm(
        request.POST or None, away=everybody if leads else [request.user], colleagues=everybody, today=today
    )
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            actions.add_absence(chosen.service, by=request.user, **form.values())
            messages.success(request, "Fraværet er lagret. Vikaren ser deltakerne fra første dag.")
            return redirect("working_time")
    context = {"form": form, "chosen": chosen}
    return TemplateResponse(request, "teamwork/absence_form.html", context, status=422 if form.is_bound else 200)


@requires(Permission.TEAMWORK)
@require_POST
def absence_end(request: HttpRequest, absence_id: int) -> HttpResponse:
    """Back at work: the absence ends today, and so does the cover."""
    absence = get_object_or_404(Absence, pk=absence_id)
    if not (request.scope.leads(absence.service_id) or absence.specialist_id == request.user.pk):
        raise PermissionDenied
    actions.end_absence(absence, on=timezone.localdate(), by=request.user)
    messages.success(request, "Fraværet er avsluttet. Vikariatet slutter også.")
    return redirect("working_time")


@requires(Permission.TEAMWORK)
@require_POST
def team_member_end(request: HttpRequest, member_id: int) -> HttpResponse:
    """Leave a treatment team from today."""
    member = get_object_or_404(TeamMember, pk=member_id)
    if not (request.scope.leads(member.service_id) or member.specialist_id == request.user.pk):
        raise PermissionDenied
    actions.leave_team(member, on=timezone.localdate(), by=request.user)
    messages.success(request, "Medlemskapet i teamet er avsluttet.")
    return redirect("working_time")
