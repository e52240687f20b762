"""Taking out: all about a person for the person, and data of a service for analysis."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fotfeste.register.key_file import new_code
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.organisations.chosen import chosen_service
from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission

from . import actions
from .forms import ExtractForm, PersonForm
from .models import What
from .pages import ExtractsPage


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def person_export(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """Give all that is kept about a person: also of a record that is locked, for the right to see it has no end."""
    person = participant_for(request, participant_id, page="person_export")
    if not request.scope.works_with(person):
        raise PermissionDenied
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        work = actions.ask_for_person(person, by=request.user, **form.cleaned_data)
        return redirect("work", work.pk)
    context = {"form": form, "participant_id": person.pk, "name": str(person)}
    return TemplateResponse(request, "exports/person.html", context, status=422 if form.errors else 200)


@requires(Permission.EXPORT_SERVICE)
@require_http_methods(["GET", "POST"])
def service_export(request: HttpRequest) -> HttpResponse:
    chosen = chosen_service(request, Permission.EXPORT_SERVICE)
    form = ExtractForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["what"] == What.PARTICIPANTS:
            return _with_code(request, chosen.service, form.cleaned_data)
        work = actions.ask_for_extract(chosen.service, by=request.user, **form.cleaned_data)
        return redirect("work", work.pk)
    page = ExtractsPage.of(chosen.service)
    context = {"chosen": chosen, "page": page, "form": form, "today": timezone.localdate()}
    return TemplateResponse(request, "exports/extracts.html", context, status=422 if form.errors else 200)


def _with_code(request: HttpRequest, service: Service, asked: dict[str, str]) -> HttpResponse:
    """Show the code of the key file, this once: only what is public of it goes to those who make the file."""
    code, public = new_code()
    work = actions.ask_for_extract(service, by=request.user, public=public.hex(), **asked)
    response = TemplateResponse(request, "exports/code.html", {"code": code, "work": work})
    response["Cache-Control"] = "no-store"
    return response
