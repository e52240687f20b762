"""What the database refuses, said in the words of the form.

A form checks the same rules first. These are for the moment when two people save at once, and for what only the
database can know.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django import forms
from django.db import IntegrityError

from fotfeste_web.caseload.actions.endings import NoLongerOpen

NO_LONGER_OPEN = "Noen andre har nettopp registrert dette eller avsluttet det. Gå tilbake og se hva som står der nå."
# Constraint: the field it is about, and the sentence.
SENTENCES = {
    "one_open_referral_a_participant": ("", "Personen har en åpen henvisning fra før."),
    "referral_ends_after_received": ("on", "Datoen kan ikke være før henvisningen kom."),
    "one_specialist_at_a_time": ("on", "Personen har en annen jobbspesialist i den tida. Velg en senere dato."),
    "assignment_ends_after_start": ("on", "Slutten kan ikke være før starten."),
    "took_place_in_the_past": ("on", "Oppstartsmøtet kan ikke være etter i dag. Registrer det når det er holdt."),
    "period_once_at_a_time": ("on", "Datoen er i en annen periode personen har vært med. Velg en annen dato."),
    "period_ends_after_start": ("ends_on", "Slutten kan ikke være før oppstarten."),
    "pause_once_at_a_time": ("starts_on", "Personen har en annen pause i den tida."),
    "pause_ends_after_start": ("ends_on", "Pausen kan ikke slutte før den starter."),
    "pause_follow_up_after_start": ("follow_up_on", "Dagen kan ikke være før pausen starter."),
    "education_ends_after_start": ("ends_on", "Utdanningen kan ikke slutte før den starter."),
    "education_going_on_has_begun": ("starts_on", "En utdanning som pågår, kan ikke ha start fram i tid."),
    "step_down_once_at_a_time": ("starts_on", "Personen er under nedtrapping i den tida fra før."),
    "step_down_ends_after_start": ("ends_on", "Nedtrappingen kan ikke slutte før den starter."),
}
# A correction asks for the same days by the names of the record.
CORRECTIONS = SENTENCES | {
    "one_specialist_at_a_time": ("starts_on", "Personen har en annen jobbspesialist i den tida. Rett den først."),
    "period_once_at_a_time": ("starts_on", "Datoen er i en annen periode personen har vært med. Velg en annen dato."),
}


def constraint_of(error: IntegrityError) -> str:
    """Name the constraint that refused."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


@contextmanager
def refusals_in(form: forms.BaseForm, sentences: Mapping[str, tuple[str, str]] = SENTENCES) -> Iterator[None]:
    """Turn a refusal of the database into an error of the form. What has no sentence here is a fault, and is raised."""
    try:
        yield
    except NoLongerOpen:
        form.add_error(None, NO_LONGER_OPEN)
    except IntegrityError as error:
        constraint = constraint_of(error)
        if constraint not in sentences:
            raise
        field, sentence = sentences[constraint]
        form.add_error(field if field in form.fields else None, sentence)
