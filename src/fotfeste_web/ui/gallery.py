"""The form of the gallery: one field of each kind."""

from django import forms

from fotfeste_web.ui import fields, widgets


class GalleryForm(forms.Form):
    held = forms.ChoiceField(
        label="Ble møtet holdt?",
        choices=[("ja", "Ja"), ("nei", "Nei"), ("flyttet", "Flyttet")],
        widget=widgets.Chips,
    )
    purpose = forms.ChoiceField(
        label="Hva var møtet om?",
        choices=[
            ("kjent", "Bli kjent"),
            ("behov", "Behov for folk"),
            ("person", "En bestemt deltaker"),
            ("folge", "Oppfølging i jobb"),
        ],
        widget=forms.RadioSelect,
    )
    with_whom = forms.MultipleChoiceField(
        label="For hvem?",
        choices=[("v", "Vakker B."), ("s", "Stille S."), ("r", "Rask F.")],
        widget=widgets.ChipsMultiple,
        required=False,
    )
    decision_maker = forms.BooleanField(
        label="Den som bestemmer var med", required=False, help_text="Daglig leder, eller den som ansetter."
    )
    company = forms.CharField(
        label="Arbeidsgiver",
        widget=widgets.Suggest(suggestions=["Mørkved Dagligvare", "Saltvern Hagesenter"]),
    )
    role = forms.ChoiceField(
        label="Kontaktens stilling",
        choices=[("", "Velg"), ("leder", "Daglig leder"), ("hr", "Personalansvarlig")],
    )
    occupation = fields.OccupationField(label="Yrke", required=False)
    held_on = fields.DateField(label="Dato")
    began_at = fields.TimeField(label="Klokkeslett", required=False)
    minutes = fields.MinutesField(label="Varighet", help_text="Minutter. Reisen føres for seg.")
    hours_per_week = fields.DecimalField(label="Timer i uka", required=False, max_digits=5, decimal_places=2)
    organisation_number = fields.OrganisationNumberField(label="Organisasjonsnummer", required=False)
    identity_number = fields.IdentityNumberField(label="Fødselsnummer", required=False)
    note = fields.FreeTextField(
        label="Notat", required=False, help_text="Det som hjelper på jobb. Ikke diagnose eller behandling."
    )
