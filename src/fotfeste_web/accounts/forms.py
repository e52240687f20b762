"""What came in about the own account and about getting into it again."""

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html

from fotfeste_web.ui.fields import FreeTextField
from fotfeste_web.ui.widgets import FreeTextLine

from .models import User


class SignInForm(LoginForm):
    """Allauth's form in our words. Without mail nobody can be sent a new password, so none is promised."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-postadresse"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if settings.MAIL_IS_SET_UP:
            self.fields["password"].help_text = format_html(
                '<a class="ds-link" href="{}">Glemt passordet?</a>', reverse("account_reset_password")
            )


class NewPasskeyForm(AddWebAuthnForm):
    """A passkey opens the account by itself unless one says otherwise."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["passwordless"]
        field.initial, field.label = True, "Logg inn med denne alene, uten passord"
        field.help_text = "Enheten må kjenne deg igjen på ansikt, finger eller PIN."


class OwnDetailsForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "phone"]
        help_texts = {"phone": "Kollegaene i tjenesten ser det."}


class RecoveryForm(forms.Form):
    reason = FreeTextField(
        label="Hvordan har du bekreftet hvem det er?",
        max_length=300,
        widget=FreeTextLine,
        help_text="For eksempel: snakket sammen på kontoret, eller ringte et nummer jeg kjenner fra før.",
    )
