"""What came in about cover, openings and shares."""

from datetime import date
from typing import Any

from django import forms

from fotfeste_web.accounts.models import User
from fotfeste_web.organisations.models import Membership, Service
from fotfeste_web.rows.kinds import NAMES, SHARED_BY_CHOICE, Kind
from fotfeste_web.ui.fields import DateField, FreeTextField
from fotfeste_web.ui.widgets import FreeText, FreeTextLine

from .defaults import defaults
from .models import KINDS, Destination, GivenBy, Ground, OpeningReason

RECEIVERS = ("behandler", "arbeidsspesialist", "nav_veileder")


def members(service: Service, roles: tuple[str, ...], today: date) -> Any:
    """Give the people who have one of the roles in the service today."""
    live = Membership.objects.live(today).filter(service=service, role__in=roles)
    return User.objects.filter(pk__in=live.values("user"), is_active=True).order_by("name")


class OpenForm(forms.Form):
    reason = forms.ChoiceField(
        label="Hvorfor trenger du å se denne personen?", choices=OpeningReason, widget=forms.RadioSelect
    )


class CoverForm(forms.Form):
    absent = forms.ModelChoiceField(User.objects.none(), label="Hvem er borte?")
    covering = forms.ModelChoiceField(User.objects.none(), label="Hvem vikarierer?")
    starts_on = DateField(label="Fra")
    ends_on = DateField(label="Til og med")

    def __init__(self, *args: Any, service: Service, by: User, leads: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        specialists = members(service, ("jobbspesialist", "metodeveileder"), today)
        self.fields["absent"].queryset = specialists if leads else specialists.filter(pk=by.pk)
        self.fields["absent"].initial = None if leads else by.pk
        self.fields["covering"].queryset = specialists

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Siste dag kan ikke være før første dag.")
        if ends and ends < self.today:
            self.add_error("ends_on", "Vikariatet er over. Velg i dag eller en senere dag.")
        if values.get("absent") and values.get("absent") == values.get("covering"):
            self.add_error("covering", "Velg en annen enn den som er borte.")
        return values


class ReceiverChoice(forms.ModelChoiceField):
    """A member of the service with their role and employer: whom a statement names."""

    def label_from_instance(self, membership: Membership) -> str:
        body = f", {membership.body.name}" if membership.body else ""
        return f"{membership.user.name} ({membership.as_role().name.lower()}{body})"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Membership.objects.none(), to_field_name="user_id", **kwargs)


class ShareForm(forms.Form):
    shared_with = ReceiverChoice(label="Hvem skal få se?")
    kinds = forms.MultipleChoiceField(
        label="Hva skal de få se?",
        choices=[(kind.value, NAMES[kind]) for kind in SHARED_BY_CHOICE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Hvem det er og hvor i løpet personen er, følger alltid med. Del bare det mottakeren trenger.",
    )
    ground = forms.ChoiceField(label="Grunnlag", choices=Ground, widget=forms.RadioSelect)
    given_by = forms.ChoiceField(
        label="Hvem har sagt ja?",
        choices=[(g.value, g.label) for g in (GivenBy.PERSON, GivenBy.GUARDIAN)],
        required=False,
        widget=forms.RadioSelect,
        help_text="Gjelder samtykke og det deltakeren selv deler.",
    )
    guardian = forms.CharField(label="Navnet på foresatt eller verge", max_length=120, required=False)
    purpose = forms.CharField(label="Hva det skal brukes til", max_length=200)
    starts_on = DateField(label="Fra")
    ends_on = DateField(label="Til og med", required=False, help_text="La stå tomt hvis det gjelder til det trekkes.")
    told_how = forms.CharField(
        label="Hvordan fikk deltakeren vite det?", max_length=200, help_text="For eksempel: avtalt i møtet 9. november."
    )

    def __init__(
        self, *args: Any, service: Service, role: str = "", minor: bool = False, today: date, **kwargs: Any
    ) -> None:
        proposed = defaults(service.collaboration, role or RECEIVERS[0], today)
        initial = {
            "kinds": proposed.kinds,
            "ground": proposed.ground,
            "ends_on": proposed.ends_on,
            "given_by": GivenBy.GUARDIAN if minor else GivenBy.PERSON,
            "starts_on": today,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.minor = minor
        self.fields["shared_with"].queryset = (
            Membership.objects.live(today)
            .filter(service=service, role__in=[role] if role else RECEIVERS, user__is_active=True)
            .select_related("user", "body")
            .order_by("user__name", "user_id", "-starts_on")
            .distinct("user__name", "user_id")  # one who has two roles is one person
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Siste dag kan ikke være før første dag.")
        consented = values.get("ground") in (Ground.CONSENT, Ground.OWN)
        if values.get("ground") == Ground.CONSENT and not ends and starts and "ends_on" not in self.errors:
            self.add_error("ends_on", "Et samtykke gjelder for en tid. Si til hvilken dag.")
        given_by = (values.get("given_by") or GivenBy.PERSON) if consented else GivenBy.PROFESSIONAL
        if given_by == GivenBy.GUARDIAN and not values.get("guardian"):
            self.add_error("guardian", "Skriv navnet på den som har sagt ja for deltakeren.")
        if given_by == GivenBy.PERSON and self.minor:
            self.add_error("given_by", "Deltakeren er under 18 år. Si hvilken foresatt eller verge som har sagt ja.")
        return values

    def values(self) -> dict[str, Any]:
        """Give the terms of the share, with the receiver as they are employed now."""
        values = dict(self.cleaned_data)
        receiver: Membership = values.pop("shared_with")
        consented = values["ground"] in (Ground.CONSENT, Ground.OWN)
        values["given_by"] = (values["given_by"] or GivenBy.PERSON) if consented else GivenBy.PROFESSIONAL
        if values["given_by"] != GivenBy.GUARDIAN:
            values["guardian"] = ""
        return values | {
            "shared_with": receiver.user,
            "receiver_role": receiver.role,
            "receiver_body": receiver.body,
            "kinds": [Kind.BASIS.value, *values["kinds"]],
        }


class WithdrawForm(forms.Form):
    why = FreeTextField(
        label="Hvorfor trekkes det tilbake?",
        max_length=200,
        required=False,
        widget=FreeTextLine,
        help_text="Ingen trenger å begrunne det. Det gjelder med en gang.",
    )


class DisclosureForm(forms.Form):
    """What was given: the text as it was, and how it went."""

    text = FreeTextField(
        label="Teksten",
        max_length=20_000,
        widget=FreeText(attrs={"rows": 18, "id": "id_text"}),
        help_text="Les den, ta ut det som ikke trengs, og kopier den inn i det andre systemet.",
    )
    receiver = forms.CharField(label="Hvem mottar?", max_length=160, help_text="Virksomhet og navn eller rolle.")
    ground = forms.ChoiceField(label="Grunnlag", choices=Ground, widget=forms.RadioSelect)
    purpose = forms.CharField(label="Hva det skal brukes til", max_length=200)
    told_how = forms.CharField(label="Hvordan fikk deltakeren vite det?", max_length=200)
    destination = forms.ChoiceField(choices=Destination, widget=forms.HiddenInput)
    kinds = forms.MultipleChoiceField(choices=KINDS, widget=forms.MultipleHiddenInput)
    starts_on = DateField(label="Fra", widget=forms.HiddenInput)
    ends_on = DateField(label="Til og med", widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error(None, "Perioden slutter før den begynner. Velg den på nytt over teksten.")
        return values


class CheckForm(forms.Form):
    comment = FreeTextField(
        label="Hva har du funnet ut, og hva er gjort?",
        max_length=2000,
        help_text="Bruk saksnummer, aldri navn på deltakere. Står det ingenting i lista, skriv det.",
    )
