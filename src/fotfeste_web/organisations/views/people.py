"""Folk og roller: who is here in which role, who comes and who leaves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste_web.organisations import actions, managed
from fotfeste_web.organisations.forms import EndForm, MembershipForm
from fotfeste_web.organisations.models import Membership
from fotfeste_web.organisations.pages import EndPage, MembershipPage, PeoplePage
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission


@requires(Permission.PEOPLE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("tjeneste", "")
    page = PeoplePage.of(request.scope, timezone.localdate(), int(chosen) if chosen.isdecimal() else None)
    return TemplateResponse(request, "organisations/people.html", {"page": page})


@requires(Permission.PEOPLE)
@require_http_methods(["GET", "POST"])
def membership(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Show one person in one role, and change post share, employer or team from a day."""
    today, held = timezone.localdate(), get_object_or_404(managed.memberships(request.scope), pk=membership_id)
    page = MembershipPage.of(held, request.scope, today)
    open_teams = managed.teams(request.scope).filter(closed_on=None)
    form = MembershipForm(request.POST or None, membership=held, teams=open_teams, today=today)
    if request.method == "POST" and form.is_valid() and not page.ended:
        changed = actions.change_membership(held, by=request.user, **form.cleaned_data)
        messages.success(request, "Endringen er lagret.")
        return redirect("membership", membership_id=changed.pk)
    context = {"page": page, "form": form}
    return TemplateResponse(request, "organisations/membership.html", context, status=422 if form.errors else 200)


@requires(Permission.PEOPLE)
@require_http_methods(["GET", "POST"])
def membership_end(request: HttpRequest, membership_id: int) -> HttpResponse:
    """End a role, and say what somebody else must take over."""
    today = timezone.localdate()
    held = get_object_or_404(managed.memberships(request.scope).exclude(ends_on__lt=today), pk=membership_id)
    form = EndForm(request.POST or None, membership=held, today=today)
    if request.method == "POST" and form.is_valid():
        closed = actions.end_membership(held, ends_on=form.ends_on, by=request.user, today=today)
        messages.success(request, CLOSED if closed else "Rollen er avsluttet fra den dagen du valgte.")
        return redirect("people")
    context = {"page": EndPage.of(held, today), "form": form, "move_href": _move_href(request, held)}
    return TemplateResponse(request, "organisations/membership_end.html", context, status=422 if form.errors else 200)


def _move_href(request: HttpRequest, held: Membership) -> str:
    """Where the participants of one who leaves are given to others; empty for one who may not."""
    if held.service_id is None or not request.scope.may(Permission.ASSIGN, held.service_id):
        return ""
    return f"{reverse('move_participants')}?tjeneste={held.service_id}&fra={held.user_id}"


CLOSED = "Rollen er avsluttet, og personen er logget ut overalt."
