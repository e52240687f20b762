from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste_web.audit.log import read_list
from fotfeste_web.caseload.directory import colleagues_participants
from fotfeste_web.organisations.chosen import chosen_service
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission
from fotfeste_web.sharing import actions
from fotfeste_web.sharing.forms import CoverForm, OpenForm
from fotfeste_web.sharing.models import Cover


@requires(Permission.OPEN_COLLEAGUES)
@require_http_methods(["GET", "POST"])
def open_colleague(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    if participant_id in request.scope.grounds:
        return redirect("participant", participant_id)
    found = colleagues_participants(request.scope.services(Permission.OPEN_COLLEAGUES))
    colleagues = next((one for one in found if one.participant_id == participant_id), None)
    if colleagues is None:
        raise Http404
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.open_colleagues(
            participant_id, colleagues.service_id, now=timezone.now(), by=request.user, **form.cleaned_data
        )
        messages.success(request, "Åpnet i ett døgn. Metodeveilederen ser at du har åpnet.")
        return redirect("participant", participant_id)
    read_list(request, [participant_id], "open_colleague")
    context = {"form": form, "title": colleagues.short_name}
    return TemplateResponse(request, "caseload/open_colleague.html", context, status=422 if form.is_bound else 200)


@requires(Permission.SET_COVER)
@require_http_methods(["GET", "POST"])
def cover_add(request: HttpRequest) -> HttpResponse:
    chosen = chosen_service(request, Permission.SET_COVER)
    service = chosen.service
    leads = request.scope.leads(service.pk)
    form = CoverForm(
        request.POST if request.method == "POST" else None,
        service=service,
        by=request.user,
        leads=leads,
        today=timezone.localdate(),
    )
    if form.is_valid():
        actions.give_cover(service, by=request.user, **form.cleaned_data)
        messages.success(request, "Vikaren ser deltakerne fra første dag, og fram til siste.")
        return redirect("team" if leads else "today")
    context = {"form": form, "chosen": chosen}
    return TemplateResponse(request, "caseload/cover_form.html", context, status=422 if form.is_bound else 200)


@requires(Permission.SET_COVER)
@require_POST
def cover_end(request: HttpRequest, cover_id: int) -> HttpResponse:
    cover = get_object_or_404(Cover, pk=cover_id)
    if not (request.scope.leads(cover.service_id) or cover.absent_id == request.user.pk):
        raise PermissionDenied
    actions.end_cover(cover, on=timezone.localdate(), by=request.user)
    messages.success(request, "Vikariatet er avsluttet.")
    return redirect("team" if request.scope.leads(cover.service_id) else "today")
