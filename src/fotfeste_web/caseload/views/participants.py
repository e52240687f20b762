"""Participants: the list, the page of one, who it is, and who has looked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste_web.audit.log import read_list
from fotfeste_web.audit.versions import ChangedMeanwhile
from fotfeste_web.caseload.actions import participants as actions
from fotfeste_web.caseload.forms.participants import ParticipantForm
from fotfeste_web.caseload.pages.looks import PRINTED, LooksPage
from fotfeste_web.caseload.pages.participant import ParticipantPage
from fotfeste_web.caseload.pages.participants import Chosen, ParticipantsPage
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission


@requires(Permission.PARTICIPANTS_LIST)
@require_safe
def participants(request: HttpRequest) -> HttpResponse:
    scope = request.scope
    leads = any(scope.leads(service) for service in scope.services(Permission.PARTICIPANTS_LIST))
    chosen = Chosen.of(request.GET, leads=leads)
    page = ParticipantsPage.of(scope, chosen, request.GET.get("side", "1"), today=timezone.localdate())
    read_list(request, [row.id for row in page.rows], "participants")
    return TemplateResponse(request, "caseload/participants.html", {"page": page, "today": timezone.localdate()})


@requires(Permission.PARTICIPANT_READ)
@require_safe
def participant(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="participant")
    page = ParticipantPage.of(person, request.scope, request.GET.get("side", "1"), today=timezone.localdate())
    context = {
        "page": page,
        "participant": person,
        "may_refer_again": request.scope.may(Permission.ASSIGN, person.service_id),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "caseload/participant.html", context)


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def participant_edit(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="participant_edit", write=True)
    name = str(person)  # the form writes what was typed into its instance
    form = ParticipantForm(request.POST or None, instance=person, today=timezone.localdate())
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.change_participant(
                    person, version=form.cleaned_data["version"], by=request.user, **form.values()
                )
            except ChangedMeanwhile as change:
                form.show_conflict(change.current)
                status = 409
            else:
                messages.success(request, "Opplysningene er lagret.")
                return redirect("participant", participant_id)
    context = {"form": form, "participant_id": participant_id, "name": name}
    return TemplateResponse(request, "caseload/participant_edit.html", context, status=status)


@requires(Permission.PARTICIPANT_WRITE)
@require_safe
def looks(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="looks", write=True)
    page = LooksPage.of(person, request.GET.get("side", "1"), today=timezone.localdate())
    return TemplateResponse(request, "caseload/looks.html", {"page": page})


@requires(Permission.PARTICIPANT_WRITE)
@require_safe
def looks_print(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="looks_print", write=True)
    page = LooksPage.of(person, "1", today=timezone.localdate(), per_page=PRINTED)
    return TemplateResponse(request, "caseload/looks_print.html", {"page": page})
