"""The scope of the person who asks, round everything; and everything closed that is not opened by name."""

from collections.abc import Callable
from time import monotonic

from allauth.core.ratelimit import consume_or_429, respond_429
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.cache import caches
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from fotfeste_web.rows.scope import NOBODY, enter

Answer = Callable[[HttpRequest], HttpResponse]


SEEN_FOR = 300  # seconds
LONGEST_WORD = 2000  # of a query; the addresses that "next" carries are the longest there are


class SessionSeenMiddleware:
    """Note in the list of sessions where and when each was used: once in five minutes, not with every page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _is_first(request.session.session_key):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)


def _is_first(session: str | None) -> bool:
    """Tell whether this process has not seen the session for a while. Another process may note it once more."""
    return caches["process"].add(f"seen:{session}", True, SEEN_FOR)


class ReadableQueryMiddleware:
    """Refuse a query that no page of ours asks: further in it would only be a fault."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        words = [word for _, asked in request.GET.lists() for word in asked]
        if any("\0" in word or len(word) > LONGEST_WORD for word in words):
            raise SuspiciousOperation("A word in the query holds a zero byte or is too long.")
        return self.get_response(request)


class ScopeMiddleware:
    """One transaction round the view and its template, with the scope of the person in it.

    ATOMIC_REQUESTS stays on: inside this transaction it is the savepoint that a failing view rolls back to.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            request.scope = enter(request.user.pk, timezone.localdate()) if request.user.is_authenticated else NOBODY
            response = self.get_response(request)
            if response.status_code >= 500:  # a template can fail after its view has written
                transaction.set_rollback(True)
            return response


class ClosedByDefaultMiddleware:
    """A view says who may by ``@requires``; one that says nothing is closed. Allauth's own pages are let through."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        if hasattr(view, "limited") and (refused := consume_or_429(request, action=view.limited, limit_get=True)):
            return refused
        if getattr(view, "is_public", False) or view.__module__.startswith("allauth."):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        if not hasattr(view, "permission"):
            raise RuntimeError(f"{view.__module__}.{view.__name__} does not say who may see it.")
        if not _has_second_factor(request):
            return redirect("mfa_index")
        return respond_429(request) if request.method == "POST" and _sends_too_much(request.user.pk) else None


def _sends_too_much(user_id: int) -> bool:
    """Tell whether somebody sends more than a person can. Counted in this process, so that no form asks more for it."""
    sent, key = caches["process"], f"sent:{user_id}:{int(monotonic() // 60)}"
    sent.add(key, 0, 120)
    return sent.incr(key) > settings.FORMS_A_MINUTE


def _has_second_factor(request: HttpRequest) -> bool:
    """Tell whether the person has a second factor; the made-up persons of a demo need none."""
    return request.user.made_up or is_mfa_enabled(request.user)
