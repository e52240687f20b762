"""The own calendar on the telephone: an address that is made and withdrawn here, and what it answers."""

from django.contrib import messages
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste_web.accounts.models import User
from fotfeste_web.rows.access import limited, public, requires
from fotfeste_web.rows.roles import Permission
from fotfeste_web.rows.scope import enter
from fotfeste_web.teamwork import ics
from fotfeste_web.teamwork.actions import calendar as actions
from fotfeste_web.teamwork.models import CalendarLink
from fotfeste_web.teamwork.pages.calendar import events


@requires(Permission.TEAMWORK)
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Make or withdraw the address. A new one is shown on this page alone, and stored nowhere."""
    link, address = CalendarLink.objects.filter(user=request.user).first(), ""
    if request.POST.get("what") == "withdraw":
        if link is not None:
            actions.withdraw_link(link, by=request.user)
        messages.success(request, "Adressen er trukket tilbake. Den virker ikke lenger.")
        return redirect("calendar")
    if request.POST.get("what") == "make":
        token = actions.make_link(by=request.user)
        address = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
    context = {"link": link, "address": address, "today": timezone.localdate()}
    response = TemplateResponse(request, "teamwork/calendar.html", context)
    response["Cache-Control"] = "no-store"
    return response


@public
@limited("calendar")
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar program with the meetings and dates of the one whose address it is, and of nobody else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT calendar_of_link(%s)", [actions.hash_of(token)])
        user_id = cursor.fetchone()[0]
    if user_id is None:
        raise Http404
    now = timezone.localtime()
    scope = enter(user_id, now.date())
    if not scope.may(Permission.TEAMWORK):  # has left
        raise Http404
    text = ics.calendar(events(User.objects.get(pk=user_id), scope, now.date()), name="Fotfeste", now=now)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response
