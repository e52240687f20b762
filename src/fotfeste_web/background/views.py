"""One's own work that takes long: how far it has come, and what it made."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission

from . import actions
from .models import Work
from .pages import WorkPage, without_files, works_of_mine


@requires(Permission.OWN_ACCOUNT)
@require_safe
def works(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "background/works.html", {"works": works_of_mine()})


@requires(Permission.OWN_ACCOUNT)
@require_safe
def work(request: HttpRequest, work_id: UUID) -> HttpResponse:
    page = WorkPage.of(get_object_or_404(without_files(), pk=work_id))
    response = TemplateResponse(request, "background/work.html", {"page": page})
    response["Cache-Control"] = "no-store"
    return response


@requires(Permission.OWN_ACCOUNT)
@require_safe
def work_file(request: HttpRequest, work_id: UUID) -> HttpResponse:
    made = _with_file(work_id)
    response = HttpResponse(actions.fetch(made, by=request.user), content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    response["Cache-Control"] = "no-store"
    return response


@requires(Permission.OWN_ACCOUNT)
@require_POST
def work_throw_away(request: HttpRequest, work_id: UUID) -> HttpResponse:
    actions.throw_away(_with_file(work_id), by=request.user)
    messages.success(request, "Fila er slettet.")
    return redirect("works")


def _with_file(work_id: UUID) -> Work:
    made = get_object_or_404(Work, pk=work_id)
    if made.file is None:
        raise Http404
    return made
