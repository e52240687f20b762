"""What came in about people, roles and places."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from fotfeste_web.accounts.models import User
from fotfeste_web.rows.scope import Scope
from fotfeste_web.ui.fields import DateField

from . import managed
from .models import Body, BodyKind, Membership, Service, TreatmentTeam, role_choices

# A participant's own account is made by those who work with the person: administrators see no participants.
INVITED_ROLES = [choice for choice in role_choices() if choice[0] != "deltaker"]
IN_A_TEAM = ("behandler", "arbeidsspesialist")
NAME_TAKEN = "Navnet er i bruk i denne tjenesten."
SERVICE_NAME_TAKEN = "En annen tjeneste har dette navnet."
ALREADY_HERE = "Det finnes allerede en konto med denne e-postadressen. Logg inn først, og åpne lenken igjen."
END_BEFORE_START = "Siste dag kan ikke være før første dag."


class ServiceChoice(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Service.objects.none(), label="Tjeneste", **kwargs)


class TeamChoice(forms.ModelChoiceField):
    """A treatment team with its service, for two services can have teams of one name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(TreatmentTeam.objects.none(), label="Behandlingsteam", required=False, **kwargs)
        self.empty_label = "Ikke i et team"

    def label_from_instance(self, team: TreatmentTeam) -> str:
        return f"{team.name} ({team.service.name})"


class EmployerFields(forms.Form):
    """Who employs a person: one of the known, or a new one by name and kind."""

    body = forms.ModelChoiceField(
        Body.objects.order_by("name"),
        label="Arbeidsgiver",
        required=False,
        empty_label="Velg, eller skriv en ny under",
        help_text="Den som har ansatt personen. Det er ofte en annen enn den som eier tjenesten.",
    )
    new_body_name = forms.CharField(label="Ny arbeidsgiver", max_length=120, required=False)
    new_body_kind = forms.ChoiceField(label="Type ny arbeidsgiver", choices=BodyKind, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        name, kind = cleaned.pop("new_body_name", ""), cleaned.pop("new_body_kind", "")
        if name and cleaned.get("body"):
            self.add_error("new_body_name", "Velg en arbeidsgiver fra lista eller skriv en ny, ikke begge deler.")
        cleaned["new_body"] = (name, kind or BodyKind.OTHER) if name else None
        return cleaned


class InviteForm(EmployerFields):
    email = forms.EmailField(label="E-postadresse", help_text="Den blir navnet personen logger inn med.")
    name = forms.CharField(label="Navn", max_length=120)
    role = forms.ChoiceField(label="Rolle", choices=INVITED_ROLES)
    service = ServiceChoice()
    team = TeamChoice(help_text="For behandlere og arbeids- og utdanningsspesialister.")
    post_share = forms.IntegerField(label="Stillingsprosent i tjenesten", min_value=0, max_value=100, initial=100)
    starts_on = DateField(label="Fra")
    ends_on = DateField(label="Til og med", required=False, help_text="La stå tomt når slutten ikke er kjent.")
    field_order = ["email", "name", "role", "service", "team"]

    def __init__(self, *args: Any, scope: Scope, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["service"].queryset = managed.services(scope)  # type: ignore[attr-defined]
        self.fields["team"].queryset = managed.teams(scope).filter(closed_on=None)  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = today
        if scope.installs:
            self.fields["service"].required = False
            self.fields["service"].empty_label = "Hele installasjonen (bare administrator)"  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        service, role, team = cleaned.get("service"), cleaned.get("role"), cleaned.get("team")
        if "service" in cleaned and service is None and role != "administrator":
            self.add_error("service", "Velg hvilken tjeneste rollen gjelder.")
        if role in IN_A_TEAM and team is None and "team" in cleaned:
            self.add_error("team", "Velg hvilket team personen arbeider i. Mangler det, legg det til under tjenesten.")
        if team and service and team.service_id != service.pk:
            self.add_error("team", "Teamet hører til en annen tjeneste.")
        if cleaned.get("ends_on") and cleaned.get("starts_on") and cleaned["ends_on"] < cleaned["starts_on"]:
            self.add_error("ends_on", END_BEFORE_START)
        if not self.errors:
            self._refuse_what_is_there(cleaned)
        return cleaned

    def _refuse_what_is_there(self, cleaned: dict[str, Any]) -> None:
        same = {"service": cleaned["service"], "role": cleaned["role"]}
        held = managed.memberships(self.scope).filter(user__email=cleaned["email"], **same)
        if held.exclude(ends_on__lt=cleaned["starts_on"]).exists():
            self.add_error("email", "Denne personen har allerede rollen.")
        elif managed.invitations(self.scope).filter(email=cleaned["email"], **same).exists():
            self.add_error("email", "Denne personen er allerede invitert. Åpne invitasjonen for å lage en ny lenke.")


class MembershipForm(EmployerFields):
    post_share = forms.IntegerField(label="Stillingsprosent i tjenesten", min_value=0, max_value=100)
    team = TeamChoice()
    applies_from = DateField(
        label="Gjelder fra",
        help_text="Det som gjaldt før denne dagen, blir stående. Skriv første dag i rollen for å rette en feil.",
    )
    field_order = ["post_share", "applies_from", "team"]

    def __init__(self, *args: Any, membership: Membership, teams: QuerySet[TreatmentTeam], today: date, **kwargs: Any):
        initial = {field: getattr(membership, field) for field in ("post_share", "body", "team")}
        initial["applies_from"] = max(today, membership.starts_on)
        super().__init__(*args, initial=initial, **kwargs)
        self.membership = membership
        self.fields["team"].queryset = teams.filter(service=membership.service_id)  # type: ignore[attr-defined]

    def clean_applies_from(self) -> date:
        applies_from, held = self.cleaned_data["applies_from"], self.membership
        if applies_from < held.starts_on or (held.ends_on and applies_from > held.ends_on):
            raise ValidationError("Dagen må ligge i tiden personen har rollen.")
        return applies_from


class EndForm(forms.Form):
    """When the door closes, as the first day outside: «today» means now."""

    outside_from = DateField(
        label="Har ikke tilgang fra",
        help_text="I dag betyr med en gang: personen logges ut overalt når du lagrer.",
    )

    def __init__(self, *args: Any, membership: Membership, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"outside_from": today}, **kwargs)
        self.membership, self.today = membership, today

    def clean_outside_from(self) -> date:
        outside_from = self.cleaned_data["outside_from"]
        if outside_from < self.membership.starts_on:
            raise ValidationError("Dagen kan ikke være før rollen begynte.")
        return outside_from

    def clean(self) -> dict[str, Any]:
        held = self.membership
        others = Membership.objects.live(self.today).filter(service=None, role="administrator").exclude(pk=held.pk)
        if held.service_id is None and not others.exists():
            raise ValidationError("Noen må administrere installasjonen. Inviter en administrator til før du avslutter.")
        return self.cleaned_data

    @property
    def ends_on(self) -> date:
        return self.cleaned_data["outside_from"] - timedelta(days=1)


class ServiceForm(forms.ModelForm):
    class Meta:
        model = Service
        fields = ["name", "catchment", "quiet_days", "first_employer_days", "collaboration"]
        labels = {"name": "Navn", "catchment": "Opptaksområde"}
        help_texts = {
            "catchment": "Kommuner og bydeler som tjenesten dekker.",
            "quiet_days": "«I dag» minner om deltakere i kartlegging og jobbutvikling som ingen har hatt kontakt med.",
            "first_employer_days": "Fra oppstart. Metoden sier 30 dager.",
            "collaboration": "Bestemmer hva skjemaet foreslår når en jobbspesialist deler noe. Valget er "
            "behandlingsansvarliges, etter råd fra jurist. Det kan velges annerledes hver gang.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field in ("quiet_days", "first_employer_days"):
            if field in cleaned and not 1 <= cleaned[field] <= 365:
                self.add_error(field, "Skriv et antall dager fra 1 til 365.")
        return cleaned


class PlaceForm(forms.Form):
    """A treatment team or a NAV office, named once in its service."""

    name = forms.CharField(label="Navn", max_length=120)
    body = forms.ModelChoiceField(Body.objects.order_by("name"), label="Eier", required=False)

    def __init__(self, *args: Any, places: QuerySet[Any], with_body: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        if not with_body:
            del self.fields["body"]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if self.places.filter(name=name).exists():
            raise ValidationError(NAME_TAKEN)
        return name


class AcceptForm(forms.Form):
    """A new account. The first administrator has no invitation to take the address from."""

    email = forms.EmailField(label="E-postadresse", help_text="Den blir navnet du logger inn med.")
    name = forms.CharField(label="Navn", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label="Velg et passord",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Minst 12 tegn. Noen ord på rad er lette å huske og vanskelige å gjette.",
    )

    def __init__(self, *args: Any, email: str, name: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"name": name}, **kwargs)
        self.email = email
        if email:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["email"] = (self.email or cleaned.get("email", "")).lower()
        if password := cleaned.get("password"):
            try:
                validate_password(password, User(email=cleaned["email"], name=cleaned.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        if User.objects.filter(email=cleaned["email"]).exists():
            self.add_error(None, ALREADY_HERE)
        return cleaned
