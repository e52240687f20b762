"""Veiledning: in groups, by two, and out among employers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import read_list
from fotfeste_web.audit.versions import ChangedMeanwhile
from fotfeste_web.organisations.chosen import chosen_service
from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission
from fotfeste_web.teamwork.actions import supervision as actions
from fotfeste_web.teamwork.forms.refusals import refusals_in
from fotfeste_web.teamwork.forms.supervision import SupervisionForm
from fotfeste_web.teamwork.members import colleagues
from fotfeste_web.teamwork.models import Supervision, SupervisionKind
from fotfeste_web.teamwork.pages.supervision import SupervisionPage, SupervisionsPage, readable, to_choose


@requires(Permission.TEAMWORK)
@require_safe
def supervision(request: HttpRequest) -> HttpResponse:
    chosen = chosen_service(request, Permission.TEAMWORK)
    kind, number = request.GET.get("type", ""), request.GET.get("side", "1")
    context = {
        "page": SupervisionsPage.of(chosen.service, request.user, kind, number),
        "chosen": chosen,
        "may_log": request.scope.may(Permission.SUPERVISE, chosen.service.pk),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "teamwork/supervisions.html", context)


@requires(Permission.SUPERVISE)
@require_http_methods(["GET", "POST"])
def supervision_add(request: HttpRequest) -> HttpResponse:
    """Log supervision of the kind that the address names; without one, in a group."""
    chosen = chosen_service(request, Permission.SUPERVISE)
    kind = request.GET.get("type", "")
    kind = SupervisionKind(kind if kind in SupervisionKind.values else SupervisionKind.GROUP)
    held = Supervision(service=chosen.service, kind=kind, supervisor=request.user)
    form = _form(request, held, chosen.service)
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            logged = actions.log_supervision(chosen.service, kind=kind, by=request.user, **form.values())
            messages.success(request, f"{kind.label} er lagret.")
            return redirect("supervision_one", logged.pk)
    read_list(request, [person.pk for person in form.people.values()], "supervision_add")
    context = {"form": form, "kind": kind, "kinds": _kinds(kind, chosen.service), "chosen": chosen}
    return TemplateResponse(request, "teamwork/supervision_form.html", context, status=422 if form.errors else 200)


@requires(Permission.TEAMWORK)
@require_http_methods(["GET", "POST"])
def supervision_one(request: HttpRequest, supervision_id: int) -> HttpResponse:
    """Show supervision to those it was between; the one who gave it puts it right."""
    held = get_object_or_404(
        readable(request.user).select_related("service", "supervisor", "specialist"), pk=supervision_id
    )
    gave = held.supervisor_id == request.user.pk and request.scope.may(Permission.SUPERVISE, held.service_id)
    if request.method == "POST" or "rett" in request.GET:
        if not gave:
            raise PermissionDenied
        return _correct(request, held)
    page = SupervisionPage.of(held)
    read_list(request, [pk for pk, _ in page.people], "supervision")
    context = {"page": page, "gave": gave, "today": timezone.localdate()}
    return TemplateResponse(request, "teamwork/supervision.html", context)


def _correct(request: HttpRequest, held: Supervision) -> HttpResponse:
    form, status = _form(request, held, held.service), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                with refusals_in(form):
                    stored = Supervision.objects.get(pk=held.pk)
                    version = form.cleaned_data["version"]
                    actions.correct_supervision(stored, version=version, by=request.user, **form.values())
                    messages.success(request, "Endringen er lagret.")
                    return redirect("supervision_one", held.pk)
            except ChangedMeanwhile as change:
                form.show_conflict(change.current)
                status = 409
    read_list(request, [person.pk for person in form.people.values()], "supervision")
    context = {"form": form, "kind": SupervisionKind(held.kind), "kinds": [], "chosen": None}
    return TemplateResponse(request, "teamwork/supervision_form.html", context, status=status)


def _form(request: HttpRequest, held: Supervision, service: Service) -> SupervisionForm:
    today = timezone.localdate()
    members = colleagues(service.pk, today)
    specialists = User.objects.filter(pk__in=[user.pk for user in members if user.pk != request.user.pk])
    return SupervisionForm(
        request.POST or None,
        instance=held,
        specialists=specialists.order_by("name"),
        members=members,
        participants=to_choose(service, today, held),
        today=today,
        initial={"specialist": request.GET.get("med", "")} if held.pk is None else {},
    )


def _kinds(chosen: SupervisionKind, service: Service) -> list[dict[str, object]]:
    return [
        {"label": label, "href": f"?tjeneste={service.pk}&type={value}", "current": value == chosen, "count": None}
        for value, label in SupervisionKind.choices
    ]
