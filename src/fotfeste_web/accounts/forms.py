"""What came in about the own account and about getting into it again."""

from allauth.account.forms import LoginForm
from allauth.mfa import app_settings as mfa
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.core.cache import cache
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


class OpensOnce:
    """A code of the app opens once (RFC 6238, 5.2). Allauth forgets it after one step, and it holds for three."""

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]  # type: ignore[attr-defined]
        used = f"code:{self.user.pk}:{''.join(filter(str.isdigit, code))}"  # type: ignore[attr-defined]
        holds = mfa.TOTP_PERIOD * (2 * mfa.TOTP_TOLERANCE + 1)
        if cache.get(used):
            raise get_adapter().validation_error("incorrect_code")
        super().clean_code()  # type: ignore[misc]
        of_the_app = self.authenticator.type == Authenticator.Type.TOTP  # type: ignore[attr-defined]
        if of_the_app and not cache.add(used, True, holds):  # somebody else, in the same moment
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OpensOnce, AuthenticateForm):
    """The second factor at sign-in."""


class CodeAgainForm(OpensOnce, ReauthenticateForm):
    """The second factor before what is dangerous."""


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
