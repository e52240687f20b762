"""The front door, and whether anybody is home."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from fotfeste_web.config.navigation import home_of
from fotfeste_web.rows.access import public, requires
from fotfeste_web.rows.roles import Permission


@requires(Permission.OWN_ACCOUNT)
def home(request: HttpRequest) -> HttpResponse:
    """Send each to the page that is of use to their role."""
    return redirect(home_of(request.scope))


@public
def health(request: HttpRequest) -> HttpResponse:
    """Answer when the site and its database do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
