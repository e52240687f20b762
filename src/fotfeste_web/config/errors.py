"""Error pages: what happened and what to do, with no data in them."""

import sys
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults
from psycopg.errors import DiskFull


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read. Django's own looks for a token in it, and may fail in the reading."""
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault. Where the database is gone or full, say so; that passes, and the browser may come again."""
    error = sys.exc_info()[1]
    if not isinstance(error, InterfaceError | OperationalError):
        return defaults.server_error(request)
    words = render_to_string("503.html", {"disk_full": isinstance(error.__cause__, DiskFull)})
    return HttpResponse(words, status=503, headers={"Retry-After": "30"})


class LargestBodyMiddleware:
    """Refuse a body that is larger than any form or file of ours, before a byte of it is kept on disk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length[:20]) > settings.LARGEST_BODY:
            return HttpResponse(render_to_string("413.html"), status=413)
        return self.get_response(request)


class MethodNotAllowedPage:
    """Give the answer to an address that is only for sending, opened after a new sign-in or from memory, its words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = render(request, "405.html").content
        return response
