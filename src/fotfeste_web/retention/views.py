"""Wrongly entered: one asks, another confirms. And the rules of how long what is kept."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fotfeste_web.audit.log import read_list
from fotfeste_web.caseload.models import Participant
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission

from . import actions
from .forms import AskForm, RefuseForm
from .models import Removal
from .pages import RemovalAskPage, RemovalPage, RemovalsPage, RetentionPage
from .records import Kind, kind_named

WHY = {
    "answered": "Meldingen er besvart, eller oppføringen er borte. Ingenting er slettet.",
    "another": "Den som meldte det, kan ikke bekrefte selv. En annen som leder tjenesten, må gjøre det.",
    "left": "Den som meldte det, arbeider ikke lenger i tjenesten. Avslå, og meld det på nytt.",
    "held": "Noe annet bygger på oppføringen, så den kan ikke slettes alene. Meld hele deltakeren, eller rett den.",
}


@requires(Permission.PARTICIPANT_WRITE)
@require_safe
def removals(request: HttpRequest) -> HttpResponse:
    page = RemovalsPage.of(request.scope, request.user)
    read_list(request, [line.participant_id for line in (*page.waiting, *page.refused)], "removals")
    return TemplateResponse(request, "retention/removals.html", {"page": page, "today": timezone.localdate()})


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def removal_ask(request: HttpRequest, kind: str, id: str) -> HttpResponse:
    found, row = _record(kind, id)
    person = _worked_with(request, _participant_of(found, row), "removal_ask")
    form, today = AskForm(request.POST or None), timezone.localdate()
    page = RemovalAskPage.of(found, row, person, by=request.user, today=today)
    if request.method == "POST" and form.is_valid() and not page.held:
        try:
            removal = actions.ask_removal(
                person, kind=kind, subject_id=str(row.pk), by=request.user, **form.cleaned_data
            )
        except IntegrityError:
            form.add_error(None, "Dette er meldt fra før, og venter på en som kan bekrefte.")
        else:
            messages.success(request, "Meldingen er sendt. Ingenting slettes før en annen har bekreftet.")
            return redirect("removal", removal.pk)
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(
        request, "retention/removal_ask.html", {"page": page, "form": form, "today": today}, status=status
    )


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def removal(request: HttpRequest, removal_id: int) -> HttpResponse:
    """Look at a request; sent, it is refused, or taken back by the one who asked."""
    asked = get_object_or_404(Removal, pk=removal_id)
    person = _worked_with(request, asked.participant_id, "removal")
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if asked.asked_by_id != request.user.pk and not request.scope.may(Permission.CONFIRM_REMOVAL, asked.service_id):
            raise PermissionDenied
        try:
            actions.refuse_removal(asked, refusal=form.cleaned_data["refusal"], by=request.user)
        except actions.NotRemoved as error:
            form.add_error(None, WHY[error.why])
        else:
            messages.success(request, "Oppføringen blir stående. Ingenting er slettet.")
            return redirect("removals")
    return _removal_page(request, asked, person, form, status=422 if form.errors else 200)


@requires(Permission.CONFIRM_REMOVAL)
@require_POST
def removal_confirm(request: HttpRequest, removal_id: int) -> HttpResponse:
    asked = get_object_or_404(Removal, pk=removal_id)
    person = _worked_with(request, asked.participant_id, "removal")
    try:
        actions.confirm_removal(asked, today=timezone.localdate(), by=request.user)
    except actions.NotRemoved as error:
        return _removal_page(request, asked, person, RefuseForm(), status=422, error=WHY[error.why])
    messages.success(request, "Slettet, også fra historikken. En forseglet linje sier at det er gjort, og av hvem.")
    return redirect("removals")


@requires(Permission.RETENTION)
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    page = RetentionPage.of(today=timezone.localdate())
    return TemplateResponse(request, "retention/retention.html", {"page": page, "today": timezone.localdate()})


def _removal_page(
    request: HttpRequest, asked: Removal, person: Participant, form: RefuseForm, *, status: int, error: str = ""
) -> HttpResponse:
    kind = kind_named(asked.kind)
    if kind is None:
        raise Http404
    row = kind.model._default_manager.filter(pk=asked.subject_id).first()
    today = timezone.localdate()
    page = RemovalPage.of(asked, kind, row, person, request.scope, by=request.user, today=today)
    context = {"page": page, "form": form, "error": error, "today": today}
    return TemplateResponse(request, "retention/removal.html", context, status=status)


def _record(word: str, key: str) -> tuple[Kind, Any]:
    """Find the record that an address names. What is not in scope is not there."""
    kind = kind_named(word)
    try:
        row = kind and kind.model._default_manager.filter(pk=kind.model._meta.pk.to_python(key)).first()
    except ValidationError:
        row = None
    if kind is None or row is None:
        raise Http404
    return kind, row


def _participant_of(kind: Kind, row: Any) -> Any:
    found = kind.model._default_manager.filter(pk=row.pk).values_list(kind.path, flat=True).first()
    if found is None:  # a contact that was for no participant, or for none that is seen
        raise Http404
    return found


def _worked_with(request: HttpRequest, participant_id: Any, page: str) -> Participant:
    """Give the participant to one who works with them; a locked record may still be wrong."""
    person = participant_for(request, participant_id, page=page)
    if not request.scope.works_with(person):
        raise PermissionDenied
    return person
