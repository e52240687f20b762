"""Bring in what a service has in a spreadsheet: send it, match it, have it checked, say yes, or take it back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fotfeste_web.organisations.models import Service
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission

from . import actions, marking
from .examining import table_of
from .files import fetch
from .forms import ConfirmForm, FileForm, MatchForm, UploadForm
from .kinds import KINDS
from .models import FileOfImport, Import, State
from .pages import ColumnsPage, ImportPage, ImportsPage, steps
from .template import template_csv, template_xlsx

OVER = "Dette er allerede hentet inn, angret eller kastet. Ingenting er endret."
GONE = "Filen er borte: den slettes etter en uke. Last den opp på nytt."


@requires(Permission.IMPORT_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    services = Service.objects.filter(pk__in=request.scope.services(Permission.IMPORT_RECORDS)).order_by("name")
    form = UploadForm(request.POST or None, request.FILES or None, services=services)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        one = actions.upload(service=given["service"], kind=given["kind"], content=form.content, by=request.user)
        return redirect("import_columns", one.pk)
    context = {"page": ImportsPage.of(request.scope), "form": form, "steps": steps(0), "today": timezone.localdate()}
    return TemplateResponse(request, "imports/imports.html", context, status=422 if request.method == "POST" else 200)


@requires(Permission.IMPORT_RECORDS)
@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    """The file to begin with: ?hva=deltakere&som=xlsx."""
    word, form = request.GET.get("hva", "deltakere"), request.GET.get("som", "xlsx")
    kind = next((kind for kind in KINDS.values() if kind.word == word), None)
    if kind is None or form not in ("csv", "xlsx"):
        raise Http404
    content = template_csv(kind) if form == "csv" else template_xlsx(kind)
    return _file(content, form, f"mal-{word}")


@requires(Permission.IMPORT_RECORDS)
@require_safe
def import_one(request: HttpRequest, import_id: UUID) -> HttpResponse:
    one = _import(import_id)
    if one.state == State.UPLOADED and not one.work_id:
        return redirect("import_columns", one.pk)
    return _page(request, one)


@requires(Permission.IMPORT_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show which columns were matched, with the first rows; sent, all rows are checked in the background."""
    one = _import(import_id)
    content = fetch(one, FileOfImport.UPLOADED)
    if content is None or one.state not in actions.OPEN:
        messages.error(request, GONE if one.state in actions.OPEN else OVER)
        return redirect("imports")
    kind = KINDS[one.kind]
    table = table_of(content, kind)
    page = ColumnsPage.of(one, table)
    form = MatchForm(request.POST or None, table=table, kind=kind, found=page.found)
    if request.method == "POST" and form.is_valid():
        return _ask(request, one, "import_check", columns=form.columns)
    context = {"page": page, "form": form}
    return TemplateResponse(request, "imports/columns.html", context, status=422 if request.method == "POST" else 200)


@requires(Permission.IMPORT_RECORDS)
@require_POST
def import_file(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Take a corrected file in the place of the one that was checked."""
    one = _import(import_id)
    form = FileForm(request.POST, request.FILES, kind=KINDS[one.kind])
    if not form.is_valid():
        return _page(request, one, file_form=form)
    return _do(request, "import_columns", one, lambda: actions.replace(one, content=form.content, by=request.user))


@requires(Permission.IMPORT_RECORDS)
@require_safe
def import_marked(request: HttpRequest, import_id: UUID) -> HttpResponse:
    one = _import(import_id)
    content = fetch(one, FileOfImport.MARKED)
    if content is None:
        raise Http404
    return _file(content, "xlsx" if content.startswith(b"PK") else "csv", f"rett-{KINDS[one.kind].word}")


@requires(Permission.IMPORT_RECORDS)
@require_POST
def import_confirm(request: HttpRequest, import_id: UUID) -> HttpResponse:
    one = _import(import_id)
    form = ConfirmForm(request.POST, doubtful=one.counts.get("doubtful", 0))
    if one.state == State.CHECKED and one.counts["bad"]:
        messages.error(request, "Rett de radene som har feil først. Enten hentes alle inn, eller ingen.")
        return redirect("import_one", one.pk)
    if one.state == State.CHECKED and not one.counts["new"]:
        messages.error(request, "Det er ingen nye rader å hente inn.")
        return redirect("import_one", one.pk)
    if one.state == State.CHECKED and not form.is_valid():
        return _page(request, one, confirm=form)
    if one.state == State.UPLOADED:
        messages.error(request, "Kontroller radene først.")
        return redirect("import_columns", one.pk)
    return _ask(request, one, "import_store")


@requires(Permission.IMPORT_RECORDS)
@require_POST
def import_undo(request: HttpRequest, import_id: UUID) -> HttpResponse:
    return _ask(request, _import(import_id), "import_undo")


@requires(Permission.IMPORT_RECORDS)
@require_POST
def import_discard(request: HttpRequest, import_id: UUID) -> HttpResponse:
    one = _import(import_id)
    done = "Kastet. Filen er slettet, og ingenting er lagret."
    return _do(request, "imports", None, lambda: actions.discard(one, by=request.user), done)


def _import(key: UUID) -> Import:
    return get_object_or_404(Import.objects.select_related("service", "ended_by"), pk=key)


def _ask(request: HttpRequest, one: Import, work: str, **more: Any) -> HttpResponse:
    try:
        asked = actions.ask_for(one, work, by=request.user, **more)
    except actions.NoLongerOpen:
        messages.error(request, OVER)
        return redirect("import_one", one.pk)
    return redirect("work", asked.pk)


def _do(request: HttpRequest, to: str, one: Import | None, act: Callable[[], object], done: str = "") -> HttpResponse:
    try:
        act()
    except actions.NoLongerOpen:
        messages.error(request, OVER)
        return redirect("imports")
    if done:
        messages.success(request, done)
    return redirect(to, one.pk) if one else redirect(to)


def _page(
    request: HttpRequest, one: Import, *, file_form: FileForm | None = None, confirm: ConfirmForm | None = None
) -> HttpResponse:
    refused = file_form or confirm
    context = {
        "page": ImportPage.of(one),
        "file_form": file_form or FileForm(kind=KINDS[one.kind]),
        "confirm": confirm or ConfirmForm(doubtful=one.counts.get("doubtful", 0)),
        "today": timezone.localdate(),
    }
    response = TemplateResponse(request, "imports/import.html", context, status=422 if refused else 200)
    response["Cache-Control"] = "no-store"
    return response


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=marking.XLSX if form == "xlsx" else marking.CSV)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Cache-Control"] = "no-store"
    return response
