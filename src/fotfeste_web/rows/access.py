"""Every view says who may. The database decides which rows; these decorators which pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from .roles import Permission

View = Callable[..., HttpResponse]


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Let in those who have one of the permissions through some role. 403 for everybody else who is signed in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.scope.may(permission) for permission in permissions):  # type: ignore[attr-defined]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = permissions  # type: ignore[attr-defined]
        return guarded

    return decorate


def limited(action: str) -> Callable[[View], View]:
    """Limit how often a place asks for this view. Counted before it, since a view that fails undoes what it did."""

    def decorate(view: View) -> View:
        view.limited = action  # type: ignore[attr-defined]
        return view

    return decorate


def public(view: View) -> View:
    """Open a view to those who are not signed in: sign-in helpers, health, error pages. Nothing else."""
    view.is_public = True  # type: ignore[attr-defined]
    return view
