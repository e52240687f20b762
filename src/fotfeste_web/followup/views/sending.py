"""What became of a form: the same four answers everywhere."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from fotfeste_web.audit.versions import ChangedMeanwhile
from fotfeste_web.caseload.forms.refusals import refusals_in
from fotfeste_web.followup.forms import SENTENCES
from fotfeste_web.ui.versioned import VersionedForm

SHOWN, SAVED, CONFLICT, REFUSED = 200, 302, 409, 422


def send(request: HttpRequest, form: VersionedForm, act: Callable[..., object]) -> int:
    """Hand what was typed to an action; a refusal of the database becomes a sentence beside its field."""
    if request.method != "POST":
        return SHOWN
    if form.is_valid():
        try:
            with refusals_in(form, SENTENCES):
                act(by=request.user, **form.values())
        except ChangedMeanwhile as change:
            form.show_conflict(change.current)
            return CONFLICT
    return REFUSED if form.errors else SAVED


def changing(act: Callable[..., object], row: Any, form: VersionedForm) -> Callable[..., object]:
    """Give the action on a row, with the version that was opened."""
    return lambda **values: act(row, version=form.cleaned_data["version"], **values)
