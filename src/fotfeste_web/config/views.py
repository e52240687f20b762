"""The front door, and whether anybody is home."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from fotfeste_web.config.installed import has_every_migration
from fotfeste_web.config.navigation import home_of
from fotfeste_web.config.queue import Queue
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


@public
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when all that people lean on is in order: the tables of this code, and somebody who does the work."""
    checks = {
        "Tabellene er ikke oppdatert: kjør fotfeste manage prepare.": has_every_migration,
        "Bakgrunnsarbeidet gir ikke livstegn.": lambda: Queue.now().is_worked_on,
    }
    missing = [sentence for sentence, holds in checks.items() if not holds()]
    return HttpResponse("\n".join(missing or ["klar"]), status=503 if missing else 200, content_type="text/plain")
