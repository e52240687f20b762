"""A form sent twice is stored once.

Each form carries a key. The first that saves keeps the key with where it led; the second is sent there. Two at the same
moment wait for each other in the database.
"""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from .models import SentForm

FIELD = "form_key"
SAVED = "fotfeste_lagret"  # tells the browser which form was saved, so that it throws its copy of the text away


class SentOnceMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if key is None:
            return self.get_response(request)
        sent, location = _first_or_earlier(key, request.user.pk)
        if location:
            return _saying_saved(HttpResponseRedirect(location), key)
        response = self.get_response(request)
        if 300 <= response.status_code < 400:
            SentForm.objects.filter(pk=sent).update(location=response["Location"][:500])
            _saying_saved(response, key)
        elif response.status_code < 500:  # nothing was saved: the same form may be sent again, corrected
            SentForm.objects.filter(pk=sent).delete()
        return response


def _first_or_earlier(key: UUID, user: int) -> tuple[int, str]:
    """Keep the key, or find where it led. Waits for a transaction that holds the same key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_sentform (key, user_id, at, location) VALUES (%s, %s, now(), '')"
            " ON CONFLICT (user_id, key) DO UPDATE SET key = excluded.key RETURNING id, location",
            [key, user],
        )
        return cursor.fetchone()


def _saying_saved(response: HttpResponse, key: UUID) -> HttpResponse:
    response.set_cookie(SAVED, str(key), max_age=300, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def _key(request: HttpRequest) -> UUID | None:
    if request.method != "POST" or not request.user.is_authenticated or FIELD not in request.POST:
        return None
    try:
        return UUID(request.POST[FIELD])
    except ValueError:
        return None
