"""Services, and the teams and offices round them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste_web.organisations import actions, managed
from fotfeste_web.organisations.forms import NAME_TAKEN, SERVICE_NAME_TAKEN, PlaceForm, ServiceForm
from fotfeste_web.organisations.pages import ServicePage
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission


@requires(Permission.PEOPLE)
@require_http_methods(["GET", "POST"])
def service_add(request: HttpRequest) -> HttpResponse:
    if not request.scope.installs:
        raise PermissionDenied
    form = ServiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            service = actions.add_service(by=request.user, **form.cleaned_data)
        except IntegrityError:
            form.add_error("name", SERVICE_NAME_TAKEN)
        else:
            messages.success(request, "Tjenesten er opprettet. Legg til team og kontor, og inviter folk.")
            return redirect("service", service_id=service.pk)
    return TemplateResponse(
        request, "organisations/service_add.html", {"form": form}, status=422 if form.errors else 200
    )


@requires(Permission.PEOPLE)
@require_http_methods(["GET", "POST"])
def service(request: HttpRequest, service_id: int) -> HttpResponse:
    found = get_object_or_404(managed.services(request.scope), pk=service_id)
    page = ServicePage.of(found, request.scope)
    form = ServiceForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_service(found, by=request.user)
        except IntegrityError:  # the name of a service that this administrator does not see
            form.add_error("name", SERVICE_NAME_TAKEN)
        else:
            messages.success(request, "Innstillingene er lagret.")
            return redirect("service", service_id=service_id)
    context = {"page": page, "form": form}
    return TemplateResponse(request, "organisations/service.html", context, status=422 if form.errors else 200)


@requires(Permission.PEOPLE)
@require_http_methods(["GET", "POST"])
def team_add(request: HttpRequest, service_id: int) -> HttpResponse:
    return _add_place(request, service_id, team=True)


@requires(Permission.PEOPLE)
@require_http_methods(["GET", "POST"])
def office_add(request: HttpRequest, service_id: int) -> HttpResponse:
    return _add_place(request, service_id, team=False)


def _add_place(request: HttpRequest, service_id: int, *, team: bool) -> HttpResponse:
    found = get_object_or_404(managed.services(request.scope), pk=service_id)
    places = found.teams.all() if team else found.nav_offices.all()
    form = PlaceForm(request.POST or None, places=places, with_body=team)
    if request.method == "POST" and form.is_valid():
        add = actions.add_team if team else actions.add_office
        try:
            add(found, by=request.user, **form.cleaned_data)
        except IntegrityError:  # somebody added the same name a moment ago
            form.add_error("name", NAME_TAKEN)
        else:
            messages.success(request, "Teamet er lagt til." if team else "NAV-kontoret er lagt til.")
            return redirect("service", service_id=service_id)
    context = {"service": found.name, "service_id": found.pk, "form": form, "team": team}
    return TemplateResponse(request, "organisations/place_add.html", context, status=422 if form.errors else 200)


@requires(Permission.PEOPLE)
@require_POST
def team_close(request: HttpRequest, team_id: int) -> HttpResponse:
    return _close(request, get_object_or_404(managed.teams(request.scope), pk=team_id))


@requires(Permission.PEOPLE)
@require_POST
def office_close(request: HttpRequest, office_id: int) -> HttpResponse:
    return _close(request, get_object_or_404(managed.offices(request.scope), pk=office_id))


def _close(request: HttpRequest, place: object) -> HttpResponse:
    reopen = "reopen" in request.POST
    actions.close_place(place, closed_on=None if reopen else timezone.localdate(), by=request.user)  # type: ignore[arg-type]
    messages.success(request, "Åpnet igjen." if reopen else "Merket som nedlagt. Det blir stående der det er brukt.")
    return redirect("service", service_id=place.service_id)  # type: ignore[attr-defined]
