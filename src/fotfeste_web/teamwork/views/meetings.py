"""Behandlingsteammøte: the list, and the screen that runs the meeting."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste_web.audit.log import read_list
from fotfeste_web.audit.versions import ChangedMeanwhile
from fotfeste_web.organisations.chosen import chosen_service
from fotfeste_web.organisations.models import TreatmentTeam
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission
from fotfeste_web.teamwork.actions import meetings as actions
from fotfeste_web.teamwork.agenda import agenda
from fotfeste_web.teamwork.forms.meetings import BeginForm, LineForm, MeetingForm
from fotfeste_web.teamwork.forms.refusals import refusals_in
from fotfeste_web.teamwork.members import colleagues
from fotfeste_web.teamwork.models import TeamMeeting, TeamMeetingLine
from fotfeste_web.teamwork.pages.meetings import HeldPage, MeetingsPage, RunningPage, Subject
from fotfeste_web.ui.formats import clock


@requires(Permission.TEAMWORK)
@require_safe
def team_meetings(request: HttpRequest) -> HttpResponse:
    chosen = chosen_service(request, Permission.TEAMWORK)
    page = MeetingsPage.of(chosen.service, request.GET.get("side", "1"))
    context = {"page": page, "chosen": chosen, "today": timezone.localdate()}
    return TemplateResponse(request, "teamwork/meetings.html", context)


@requires(Permission.TEAMWORK)
@require_http_methods(["GET", "POST"])
def team_meeting_add(request: HttpRequest) -> HttpResponse:
    chosen, today = chosen_service(request, Permission.TEAMWORK), timezone.localdate()
    teams = TreatmentTeam.objects.filter(service=chosen.service, closed_on=None).order_by("name")
    form = BeginForm(request.POST or None, teams=teams, today=today)
    if form.is_bound and form.is_valid():
        meeting = actions.begin_team_meeting(**form.cleaned_data, by=request.user)
        return redirect("team_meeting", meeting.pk)
    context = {"form": form, "chosen": chosen}
    return TemplateResponse(request, "teamwork/meeting_add.html", context, status=422 if form.is_bound else 200)


@requires(Permission.TEAMWORK)
@require_http_methods(["GET", "POST"])
def team_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show a meeting that was held; run one that is not finished, or that is put right."""
    meeting = get_object_or_404(TeamMeeting.objects.select_related("team", "service"), pk=meeting_id)
    if request.method == "POST" or meeting.finished_at is None or "rett" in request.GET:
        return _run(request, meeting)
    page = HeldPage.of(meeting)
    read_list(request, [line.participant_id for line in page.lines], "team_meeting")
    return TemplateResponse(request, "teamwork/meeting.html", {"page": page, "today": timezone.localdate()})


def _run(request: HttpRequest, meeting: TeamMeeting) -> HttpResponse:
    today, finishing = timezone.localdate(), "finish" in request.POST
    form = MeetingForm(
        request.POST or None,
        instance=meeting,
        members=colleagues(meeting.service_id, today),
        today=today,
        finishing=finishing or meeting.finished_at is not None,
    )
    subjects = _subjects(request, meeting)
    page = RunningPage.of(meeting, subjects)
    read_list(request, page.people, "team_meeting")
    status = 200
    if request.method == "POST":
        status = _save(request, meeting, form, subjects, finishing=finishing)
        if "hx-request" in request.headers:
            return _saved_as_it_goes(request, form, subjects, status)
        if status == 302:
            messages.success(request, "Møtet er avsluttet." if finishing else "Lagret.")
            return redirect("team_meeting", meeting.pk)
        page = RunningPage.of(meeting, subjects)
    context = {"page": page, "form": form, "today": today}
    return TemplateResponse(request, "teamwork/meeting_run.html", context, status=status)


def _subjects(request: HttpRequest, meeting: TeamMeeting) -> list[Subject]:
    today = timezone.localdate()
    lines = {line.participant_id: line for line in meeting.lines.select_related("next_step")}
    return [
        Subject(
            item,
            LineForm(
                request.POST or None,
                prefix=str(pk := item.participant.pk),
                instance=lines.get(pk) or TeamMeetingLine(meeting=meeting, participant_id=pk, version=0),
                today=today,
            ),
            line.next_step.text if (line := lines.get(pk)) and line.next_step else "",
        )
        for item in agenda(meeting, request.user, request.scope, today)
    ]


def _save(
    request: HttpRequest, meeting: TeamMeeting, form: MeetingForm, subjects: Iterable[Subject], *, finishing: bool
) -> int:
    """Save what was written: all of it, or with a script what can be. Answers with the status of the page."""
    bit_by_bit = "hx-request" in request.headers
    stored = TeamMeeting.objects.get(pk=meeting.pk)  # the form has written over the one that it was given
    changed = [subject for subject in subjects if subject.form.is_changed(in_full=not bit_by_bit)]
    valid = all([form.is_valid(), *(subject.form.is_valid() for subject in changed)])
    if not valid and not bit_by_bit:
        return 422
    conflict = False
    with refusals_in(form), transaction.atomic():
        for subject in changed:
            if subject.form.is_valid():
                conflict |= _save_line(request, meeting, subject, subject.form.line(in_full=not bit_by_bit))
        if form.is_changed and form.is_valid():
            try:
                version = form.cleaned_data["version"]
                actions.save_team_meeting(stored, version=version, by=request.user, **form.values())
            except ChangedMeanwhile as change:
                conflict |= form.differs_from(change.current)
        if conflict and not bit_by_bit:
            transaction.set_rollback(True)
            return 409
        if finishing and valid:
            actions.finish_team_meeting(stored, now=timezone.now(), by=request.user)
    return 409 if conflict else 302 if valid and not form.errors else 422


def _save_line(request: HttpRequest, meeting: TeamMeeting, subject: Subject, line: dict[str, Any]) -> bool:
    """Save what was written of one participant. Tells whether somebody else has written something else meanwhile."""
    try:
        actions.save_line(meeting, subject.item.participant, by=request.user, **line)
    except ChangedMeanwhile as change:
        if subject.form.differs_from(change.current):
            return True
        # The script saved the same words a moment ago; the next step is made by the button alone.
        line["version"] = change.current.version
        actions.save_line(meeting, subject.item.participant, by=request.user, **line)
    return False


def _saved_as_it_goes(
    request: HttpRequest, form: MeetingForm, subjects: Iterable[Subject], status: int
) -> HttpResponse:
    """Answer a script with a word on what was saved, and with the versions that the page now has."""
    meeting = TeamMeeting.objects.get(pk=form.instance.pk)
    saved = {line.participant_id: line for line in meeting.lines.all()}
    hidden = [(form.auto_id % form.add_prefix("version"), form.add_prefix("version"), meeting.version)]
    if "version" in form.changed_data or form.differences:
        hidden = []  # somebody else has saved: this page must not say that it has seen it
    for subject in subjects:
        one, line = subject.form, saved.get(subject.item.participant.pk)
        if one.is_changed(in_full=False) and line and not one.errors and not one.differences:
            hidden.append((one.auto_id % one.add_prefix("version"), one.add_prefix("version"), line.version))
            for name in ("text", "decision"):
                bound = one[name]
                hidden.append((bound.html_initial_id, bound.html_initial_name, getattr(line, name)))
    said = {302: f"Lagret {clock(timezone.localtime())}", 409: CHANGED}.get(status, TO_PUT_RIGHT)
    return TemplateResponse(request, "teamwork/meeting_saved.html", {"said": said, "hidden": hidden})


CHANGED = "Noen andre har skrevet i det samme. Trykk «Lagre» for å se begge tekstene."
TO_PUT_RIGHT = "Noe er ikke lagret ennå. Trykk «Lagre» for å se hva som må rettes."
