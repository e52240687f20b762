"""The form of the gallery: one field of each kind."""

from django import forms

from fotfeste_web.ui import widgets


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
    note = forms.CharField(
        label="Notat",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Det som hjelper på jobb. Ikke diagnose eller behandling.",
    )
