"""Notat og referat: written as a draft, moved on with one button."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.followup import actions
from fotfeste_web.followup.forms import NoteForm
from fotfeste_web.followup.models import Note, NoteState
from fotfeste_web.followup.pages.notes import NotePage, moves_of
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission

from .sending import SAVED, changing, send

SAYS = {
    None: "Notatet er lagret.",
    NoteState.SERVICE: "Notatet ses nå av dem i tjenesten som følger opp deltakeren.",
    NoteState.PARTICIPANT: "Notatet er delt med deltakeren.",
}


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def note_add(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="note_add", write=True)
    blank = Note(participant=person)
    form = NoteForm(request.POST or None, instance=blank, today=timezone.localdate())
    to = _chosen(request, blank)
    more = {"state": to} if to else {}
    status = send(request, form, lambda **values: actions.write_note(person, **values, **more))
    if status == SAVED:
        messages.success(request, SAYS[to] if to else "Utkastet er lagret. Bare du ser det.")
        return redirect("participant", participant_id)
    context = {"form": form, "participant": person, "moves": moves_of(NoteState.DRAFT)}
    return TemplateResponse(request, "followup/note_add.html", context, status=status)


@requires(Permission.PARTICIPANT_READ)
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, note_id: int) -> HttpResponse:
    return _note(request, note_id, to=None)


@requires(Permission.PARTICIPANT_WRITE)
@require_POST
def note_share(request: HttpRequest, note_id: int) -> HttpResponse:
    """Save what was typed, for those who may see it from now on."""
    return _note(request, note_id, to=_chosen(request, get_object_or_404(Note, pk=note_id)))


def _note(request: HttpRequest, note_id: int, *, to: NoteState | None) -> HttpResponse:
    stored = get_object_or_404(Note, pk=note_id)
    person = participant_for(request, stored.participant_id, page="note")
    may_write = request.scope.writes(person)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    page = NotePage.of(stored, may_write=may_write, today=timezone.localdate())
    form = NoteForm(request.POST or None, instance=stored, today=timezone.localdate())
    more = {"state": to} if to else {}
    act = changing(actions.save_note, stored, form)
    status = send(request, form, lambda **values: act(**values, **more))
    if status == SAVED:
        messages.success(request, SAYS[to])
        return redirect("participant", person.pk)
    context = {"form": form if may_write else None, "page": page, "participant": person}
    return TemplateResponse(request, "followup/note.html", context, status=status)


def _chosen(request: HttpRequest, note: Note) -> NoteState | None:
    """Give the state that a button asked for, if the note can move there."""
    asked = request.POST.get("to", "")
    return next((move.to for move in moves_of(note.state) if move.to == asked), None)
