"""What the database refuses, said in the words of the form."""

from contextlib import AbstractContextManager

from django import forms

from fotfeste_web.caseload.forms.refusals import refusals_in as refusals

SENTENCES = {
    "review_is_signed": ("", "Vurderingen er signert av alle. Den blir stående som den er."),
    "source_of_a_signed_review": ("", "Vurderingen er signert av alle. Den blir stående som den er."),
    "handed_in_for_good": ("", "Dette er gjort fra før, og kan ikke gjøres om."),
    "rating_is_handed_in": ("", "Du har levert. Det du ga hvert punkt, kan ikke endres."),
    "consensus_is_signed": ("", "Noen har signert. Signaturen må trekkes før noe kan endres."),
    "reviewers_are_settled": ("reviewers", "Noen har begynt å vurdere. Hvem som vurderer, kan ikke endres nå."),
    "reviewer_once": ("reviewers", "Noen andre lagret det samme nå. Se hva som står der."),
    "rated_once": ("", "Du lagret det samme punktet i et annet vindu. Se hva som står der."),
    "agreed_once": ("", "Noen andre lagret det samme punktet nå. Se hva som står der."),
    "drawn_once": ("", "Trekningen er gjort fra før."),
    "drawn_in_an_order": ("", "Trekningen er gjort fra før."),
    "one_note_a_file_and_author": ("", "Du lagret det samme skjemaet i et annet vindu. Se hva som står der."),
    "one_note_a_source_and_author": ("", "Du lagret det samme notatet i et annet vindu. Se hva som står der."),
    "review_has_days": ("last_day", "Siste dag kan ikke være før første dag."),
    "review_period_days": ("period_last_day", "Perioden kan ikke slutte før den begynner."),
    "review_looks_back": ("period_last_day", "Perioden kan ikke slutte etter vurderingens siste dag."),
}


def refusals_in(form: forms.BaseForm) -> AbstractContextManager[None]:
    """Turn a refusal of the database into an error of the form. What has no sentence here is a fault, and is raised."""
    return refusals(form, SENTENCES)


class Refusable(forms.Form):
    """A button with no field, that the database may refuse."""

    def __init__(self) -> None:
        super().__init__({})
        self.full_clean()
