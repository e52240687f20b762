"""From a form that was sent to the answer's status: saved, refused, or changed by somebody else meanwhile."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from fotfeste_web.audit.versions import ChangedMeanwhile

from .forms.refusals import refusals_in

SHOWN, SAVED, CHANGED_MEANWHILE, REFUSED = 200, 302, 409, 422


def save(request: HttpRequest, form: Any, act: Callable[[dict[str, Any]], object], said: str = "Lagret.") -> int:
    """Hand what a versioned form holds to an action, with its version, and give the status to answer with."""
    if request.method != "POST":
        return SHOWN
    if not form.is_valid():
        return REFUSED
    try:
        with refusals_in(form):
            act({"version": form.cleaned_data["version"], **form.values()})
            messages.success(request, said)
            return SAVED
    except ChangedMeanwhile as change:
        form.show_conflict(change.current)
        return CHANGED_MEANWHILE
    return REFUSED
