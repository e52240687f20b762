"""The pages about contacts: plan, log, say how it went, correct."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste_web.audit.log import read_list
from fotfeste_web.audit.versions import ChangedMeanwhile
from fotfeste_web.caseload.actions import contacts as actions
from fotfeste_web.caseload.contact_beginning import Beginning, rounded
from fotfeste_web.caseload.contact_setting import (
    Setting,
    candidates,
    lines_of,
    rounds_of_day,
    usual_purpose,
    usual_travel,
)
from fotfeste_web.caseload.figures_of_contacts import contacts_of_week, counts, overlapping
from fotfeste_web.caseload.forms.contacts import ContactForm, EditForm, LogForm, PlanForm, ResultForm
from fotfeste_web.caseload.models import Contact, ContactStatus, Participant, Round
from fotfeste_web.caseload.pages.contacts import ContactPage, kind_links, title_of, when
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission
from fotfeste_web.ui.formats import clock, relative_day


@requires(Permission.LOG_CONTACT, Permission.PARTICIPANT_READ)
@require_GET
def contact(request: HttpRequest, contact_id: int) -> HttpResponse:
    shown = _contact(contact_id)
    participants = _seen(request, shown)
    page = ContactPage.of(
        shown, participants, may_change=_may_change(request, shown, participants), today=timezone.localdate()
    )
    return TemplateResponse(request, "caseload/contact.html", {"page": page, "today": timezone.localdate()})


@requires(Permission.LOG_CONTACT)
@require_http_methods(["GET", "POST"])
def contact_log(request: HttpRequest) -> HttpResponse:
    now, today = timezone.localtime(), timezone.localdate()
    beginning = Beginning.of(request, page="contact_log")
    blank = beginning.contact(on=today, at=rounded(now), status=ContactStatus.HELD)
    setting = beginning.setting(request, blank.on)
    form = LogForm(request.POST or None, instance=blank, setting=setting, today=today, lines=beginning.lines)
    if request.method == "POST" and form.is_valid():
        goes_on = request.POST.get("then") == "round"
        logged = actions.log_contact(
            service=beginning.service,
            kind=beginning.kind,
            begins_round=goes_on,
            by=request.user,
            **_stored(form, setting),
        )
        _say(request, logged)
        if goes_on:
            return redirect(f"{reverse('contact_log')}?runde={logged.round_id}&type=arbeidsgiver")
        return redirect(_from_where(beginning))
    return _form_page(request, form, beginning, title="Logg kontakt", page="contact_log", goes_on=True)


@requires(Permission.LOG_CONTACT)
@require_http_methods(["GET", "POST"])
def contact_plan(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    beginning = Beginning.of(request, page="contact_plan")
    blank = beginning.contact(on=today, at=None)
    setting = beginning.setting(request, today)
    form = PlanForm(request.POST or None, instance=blank, setting=setting, today=today, lines=beginning.lines)
    if request.method == "POST" and form.is_valid():
        planned = actions.plan_contact(
            service=beginning.service, kind=beginning.kind, by=request.user, **_stored(form, setting)
        )
        _say(request, planned)
        return redirect(_from_where(beginning))
    return _form_page(request, form, beginning, title="Planlegg møte", page="contact_plan")


@requires(Permission.LOG_CONTACT)
@require_http_methods(["GET", "POST"])
def contact_result(request: HttpRequest, contact_id: int) -> HttpResponse:
    planned = _contact(contact_id)
    _to_change(request, planned)
    if request.method == "GET" and planned.status != ContactStatus.PLANNED:
        return redirect("contact", contact_id)
    # Who stands in for a colleague held the meeting; who leads the team writes down what another held.
    held_by = planned.specialist if request.scope.leads(planned.service_id) else request.user
    setting = _setting(request, planned, held_by.pk)
    form = ResultForm(
        request.POST or None, instance=planned, setting=setting, today=timezone.localdate(), lines=lines_of(planned)
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.give_result(
                planned,
                version=form.cleaned_data["version"],
                by=request.user,
                held_by=held_by,
                **_stored(form, setting),
            )
        except ChangedMeanwhile as change:
            form.show_conflict(change.current)
        else:
            _say(request, given)
            return redirect("today")
    shown = _contact(contact_id)
    taken_over = "Møtet føres på deg." if held_by != shown.specialist else ""
    return _record_page(request, "caseload/contact_result.html", form, shown, taken_over=taken_over)


@requires(Permission.LOG_CONTACT)
@require_http_methods(["GET", "POST"])
def contact_edit(request: HttpRequest, contact_id: int) -> HttpResponse:
    stored = _contact(contact_id)
    _to_change(request, stored)
    setting = _setting(request, stored, stored.specialist_id)
    form = EditForm(
        request.POST or None, instance=stored, setting=setting, today=timezone.localdate(), lines=lines_of(stored)
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_contact(
                stored,
                version=form.cleaned_data["version"],
                by=request.user,
                among=[candidate.id for candidate in setting.candidates],
                **{"employer": stored.employer, **_stored(form, setting)},
            )
        except ChangedMeanwhile as change:
            form.show_conflict(change.current)
        else:
            _say(request, changed)
            return redirect("contact", contact_id)
    return _record_page(request, "caseload/contact_edit.html", form, _contact(contact_id))


def _contact(contact_id: int) -> Contact:
    return get_object_or_404(
        Contact.objects.select_related("employer", "specialist", "round", "service"), pk=contact_id
    )


def _seen(request: HttpRequest, contact: Contact) -> list[Participant]:
    """Fetch those a contact is for that this person may see, each with a read event."""
    ids = contact.for_participants.order_by("pk").values_list("participant_id", flat=True)
    page = request.resolver_match.url_name
    return [participant_for(request, participant_id, page=page) for participant_id in list(ids)]


def _may_change(request: HttpRequest, contact: Contact, participants: list[Participant]) -> bool:
    return request.scope.may(Permission.LOG_CONTACT, contact.service_id) and (
        contact.specialist_id == request.user.pk
        or request.scope.leads(contact.service_id)
        or any(request.scope.grounds.get(p.pk, ("", False))[1] for p in participants)
    )


def _to_change(request: HttpRequest, contact: Contact) -> None:
    if not _may_change(request, contact, _seen(request, contact)):
        raise PermissionDenied


def _setting(request: HttpRequest, contact: Contact, held_by_id: int) -> Setting:
    return Setting(
        candidates=candidates(request.scope, contact.service_id),
        rounds=rounds_of_day(held_by_id, contact.on) if contact.round is None else (),
        round=contact.round,
        usual_travel=0 if contact.status != ContactStatus.PLANNED else usual_travel(held_by_id, contact.employer_id),
        usual_purpose=usual_purpose(contact.employer),
        travels=held_by_id == request.user.pk,
    )


def _stored(form: ContactForm, setting: Setting) -> dict[str, Any]:
    """What a form hands to an action."""
    said: dict[str, Any] = {**form.facts(), "notes": form.notes()}
    if "employer" in form.cleaned_data:
        said["employer"] = form.cleaned_data["employer"]
    if travel := form.cleaned_data.get("travel"):
        said["travel_minutes"] = None if travel.joins else travel.minutes
        said["round_"] = Round.objects.get(pk=travel.joins) if travel.joins else setting.round
    return said


def _say(request: HttpRequest, contact: Contact) -> None:
    """Say that it is saved, what it counts as, and which of one's own meetings it overlaps."""
    saved = "Avtalen er lagret." if contact.status == ContactStatus.PLANNED else "Kontakten er lagret."
    week = contacts_of_week(contact.specialist_id, contact.on)
    if counts(contact):
        number = sum(map(counts, week))
        saved += f" Den teller som arbeidsgivermøte nummer {number} den uka."
    messages.success(request, saved)
    if others := overlapping(contact, week):
        at = ", ".join(f"{other.starts_at:%H.%M}" for other in others)
        messages.warning(request, f"Tiden overlapper med en annen kontakt samme dag, kl. {at}. Tiden telles én gang.")


def _from_where(beginning: Beginning) -> str:
    if beginning.participant:
        return reverse("participant", args=[beginning.participant.pk])
    if beginning.employer:
        return reverse("employer", args=[beginning.employer.pk])
    return reverse("today")


def _usual(contact: Contact) -> str:
    """Say the defaults that are folded away: «I dag 09.30 · 30 min · Hos arbeidsgiver»."""
    minutes = f"{contact.minutes} min" if contact.minutes else ""
    at = f" {clock(contact.starts_at)}" if contact.starts_at else ""
    day = relative_day(contact.on, timezone.localdate()).capitalize() + at
    return " · ".join(text for text in (day, minutes, contact.get_place_display()) if text)


def _form_page(
    request: HttpRequest, form: ContactForm, beginning: Beginning, *, title: str, page: str, goes_on: bool = False
) -> HttpResponse:
    if request.method == "GET":
        read_list(request, [candidate.id for candidate in form.setting.candidates], page)
    context = {
        "form": form,
        "title": title,
        "kinds": kind_links(beginning, request.GET),
        "back": _from_where(beginning),
        "goes_on": goes_on and form.with_employer,
        "usual": _usual(form.instance),
    }
    template = "caseload/contact_log.html" if goes_on else "caseload/contact_plan.html"
    return TemplateResponse(request, template, context, status=422 if form.errors else 200)


def _record_page(request: HttpRequest, template: str, form: ContactForm, contact: Contact, **more: Any) -> HttpResponse:
    if request.method == "GET" and "participants" in form.fields:
        read_list(request, [candidate.id for candidate in form.setting.candidates], "contact_edit")
    context = {
        "form": form,
        "contact_id": contact.pk,
        "title": title_of(contact),
        "when": when(contact, timezone.localdate()),
        "usual": _usual(contact),
        **more,
    }
    status = 409 if form.differences else 422 if form.errors else 200
    return TemplateResponse(request, template, context, status=status)
