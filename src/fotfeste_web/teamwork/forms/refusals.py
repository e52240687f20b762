"""What the database refuses when two people save at once, said in the words of the form."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.db import IntegrityError

from fotfeste_web.caseload.forms.refusals import constraint_of

ABSENT_ALREADY = "Det er registrert fravær i den tida fra før. Velg andre dager, eller avslutt det som står der."
HOURS_OVERLAP = "Det er avtalt andre timer fra en senere dag. Velg den dagen eller senere."
MEMBER_ALREADY = "Hen er medlem av teamet i den tida fra før."
SENTENCES = {
    "member_of_a_team_once_at_a_time": ("starts_on", MEMBER_ALREADY),
    "absent_once_at_a_time": ("starts_on", ABSENT_ALREADY),
    "absence_ends_after_start": ("last_day", "Siste dag kan ikke være før første dag."),
    "weekly_hours_once_at_a_time": ("starts_on", HOURS_OVERLAP),
    "team_meeting_once_a_day": ("on", "Teamet har et annet møte den dagen."),
    "team_meeting_held_by_today": ("on", "Møtet er ikke holdt ennå. Avslutt det den dagen det er."),
    "supervision_held_by_today": ("on", "Datoen kan ikke være etter i dag."),
    "week_reviewed_once": ("", "Uka er stemplet allerede."),
    "supervision_about_once": ("participants", "Noen andre lagret det samme nå. Se hva som står der."),
}


@contextmanager
def refusals_in(form: forms.BaseForm) -> Iterator[None]:
    """Turn a refusal of the database into an error of the form. What has no sentence here is a fault, and is raised."""
    try:
        yield
    except IntegrityError as error:
        constraint = constraint_of(error)
        if constraint not in SENTENCES:
            raise
        field, sentence = SENTENCES[constraint]
        form.add_error(field if field in form.fields else None, sentence)
