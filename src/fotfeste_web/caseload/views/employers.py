"""The pages about employers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste_web.audit.log import read_list
from fotfeste_web.audit.versions import ChangedMeanwhile
from fotfeste_web.caseload.actions import employers as actions
from fotfeste_web.caseload.contact_beginning import working_in
from fotfeste_web.caseload.forms.employers import EmployerForm
from fotfeste_web.caseload.models import Employer
from fotfeste_web.caseload.pages.directory import Directory
from fotfeste_web.caseload.pages.employers import EmployerPage, EmployersPage
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission


@requires(Permission.EMPLOYERS)
@require_GET
def employers(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    page = EmployersPage.of(request.scope.services(Permission.EMPLOYERS), request.GET, today=today)
    return TemplateResponse(request, "caseload/employers.html", {"page": page, "today": today})


@requires(Permission.EMPLOYERS)
@require_GET
def employer(request: HttpRequest, employer_id: int) -> HttpResponse:
    today = timezone.localdate()
    page = EmployerPage.of(get_object_or_404(Employer, pk=employer_id), today=today, side=request.GET.get("side"))
    read_list(request, page.participants(), "employer")
    return TemplateResponse(request, "caseload/employer.html", {"page": page, "today": today})


@requires(Permission.EMPLOYERS)
@require_http_methods(["GET", "POST"])
def employer_add(request: HttpRequest) -> HttpResponse:
    service = working_in(request, Permission.EMPLOYERS, request.GET.get("tjeneste"))
    directory = Directory.of(request.GET)
    new = Employer(service=service, **directory.picked)
    form = EmployerForm(request.POST or None, instance=new, service=service)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_employer(service=service, by=request.user, **form.values())
        except actions.OrganisationNumberTaken:
            form.refuse_taken(form.cleaned_data["organisation_number"])
        else:
            messages.success(request, "Arbeidsgiveren er lagret.")
            return redirect("employer", added.pk)
    return _form_page(request, form, title="Ny arbeidsgiver", back=reverse("employers"), directory=directory)


@requires(Permission.EMPLOYERS)
@require_http_methods(["GET", "POST"])
def employer_edit(request: HttpRequest, employer_id: int) -> HttpResponse:
    stored = get_object_or_404(Employer.objects.select_related("service"), pk=employer_id)
    name = stored.name
    form = EmployerForm(request.POST or None, instance=stored, service=stored.service)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_employer(stored, version=form.cleaned_data["version"], by=request.user, **form.values())
        except ChangedMeanwhile as change:
            form.show_conflict(change.current)
        except actions.OrganisationNumberTaken:
            form.refuse_taken(form.cleaned_data["organisation_number"])
        else:
            messages.success(request, "Endringene er lagret.")
            return redirect("employer", employer_id)
    return _form_page(request, form, title=f"Rediger {name}", back=reverse("employer", args=[employer_id]))


def _form_page(
    request: HttpRequest, form: EmployerForm, *, title: str, back: str, directory: Directory | None = None
) -> HttpResponse:
    status = 409 if form.differences else 422 if form.errors else 200
    context = {"form": form, "title": title, "back": back, "directory": directory}
    return TemplateResponse(request, "caseload/employer_form.html", context, status=status)
