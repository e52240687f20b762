"""Move participants from one job specialist to others."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import read_list
from fotfeste_web.caseload.forms.refusals import refusals_in
from fotfeste_web.caseload.models import Assignment
from fotfeste_web.caseload.pages.phases import specialists_with_caseload
from fotfeste_web.organisations.chosen import chosen_service
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission
from fotfeste_web.teamwork.actions.moving import move_participants as move
from fotfeste_web.teamwork.forms.moving import MoveForm
from fotfeste_web.ui.formats import count


@requires(Permission.ASSIGN)
@require_http_methods(["GET", "POST"])
def move_participants(request: HttpRequest) -> HttpResponse:
    """Choose whose participants, then who takes over whom. All are moved, or none."""
    chosen, today = chosen_service(request, Permission.ASSIGN), timezone.localdate()
    asked = request.GET.get("fra", "")[:18]
    live = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), participant__service=chosen.service)
    owners = User.objects.filter(pk__in=live.values("specialist")).order_by("name")
    giver = owners.filter(pk=int(asked)).first() if asked.isdecimal() and asked.isascii() else None
    context = {"chosen": chosen, "giver": giver, "today": today}
    if giver is None:
        context["owners"] = list(owners)
        return TemplateResponse(request, "teamwork/move.html", context, status=422 if request.method == "POST" else 200)
    own = live.filter(specialist=giver, starts_on__lte=today).select_related("participant__service")
    assignments = list(own.order_by("participant__first_name"))
    later = live.filter(participant__in=[a.participant_id for a in assignments], starts_on__gt=today)
    form = MoveForm(
        request.POST or None,
        assignments=assignments,
        planned=dict(later.values_list("participant_id", "starts_on")),
        takers=[(user, label) for user, label in specialists_with_caseload(chosen.service.pk, today) if user != giver],
        today=today,
    )
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            moved = move(form.takers, on=form.cleaned_data["on"], by=request.user)
            messages.success(request, f"{count(len(moved), 'deltaker', 'deltakere')} er flyttet.")
            return redirect("team")
    read_list(request, [assignment.participant_id for assignment in assignments], "move_participants")
    context |= {"form": form, "participants": count(len(assignments), "deltaker", "deltakere")}
    return TemplateResponse(request, "teamwork/move.html", context, status=422 if request.method == "POST" else 200)
