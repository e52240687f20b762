"""From a form that was sent to the answer's status: saved, refused, or changed by somebody else meanwhile."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from fotfeste_web.audit.versions import ChangedMeanwhile
from fotfeste_web.caseload.forms.phases import GOES_ON_LATER
from fotfeste_web.caseload.forms.refusals import constraint_of

SAVED, SHOWN, REFUSED, CHANGED_MEANWHILE = 302, 200, 422, 409
# What only the database could know: the form has checked the same before.
REFUSALS = {
    "application_in_the_past": "Det som er gjort eller svart, kan ikke ligge fram i tid.",
    "application_answer_with_day": "Et svar har en dag, og en dag har et svar.",
    "application_answered_after_it_was_sent": "Svaret kan ikke være kommet før søknaden.",
    "held_job_ends_after_start": "Jobben kan ikke slutte før den begynte.",
    "education_going_on_has_begun": GOES_ON_LATER,
    "education_over_with_its_end": "En utdanning som er over, har en sluttdag.",
    "education_ends_after_start": "Utdanningen kan ikke slutte før den starter.",
}


def save(request: HttpRequest, form: Any, act: Callable[[dict[str, Any]], object]) -> int:
    """Hand what the form holds to an action, and give the status to answer with."""
    if request.method != "POST":
        return SHOWN
    if not form.is_valid():
        return REFUSED
    try:
        with transaction.atomic():
            act(form.cleaned_data)
    except ChangedMeanwhile as change:
        form.show_conflict(change.current)
        return CHANGED_MEANWHILE
    except IntegrityError as error:
        if (constraint := constraint_of(error)) not in REFUSALS:
            raise
        form.add_error(None, REFUSALS[constraint])
        return REFUSED
    return SAVED
