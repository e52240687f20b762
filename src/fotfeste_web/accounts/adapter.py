"""How allauth behaves here: nobody signs up by themselves, and signing in and out leaves events."""

from base64 import urlsafe_b64encode
from hashlib import blake2b
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.encoding import force_bytes

from fotfeste_web.audit.log import record
from fotfeste_web.rows.scope import enter

from .models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:  # type: ignore[override]
        """Sign in, when every factor is there."""
        super().login(request, user)
        enter(user.pk, timezone.localdate())
        record("accounts.signed_in", subject=user, by=user)

    def logout(self, request: HttpRequest) -> None:
        record("accounts.signed_out", subject=request.user, by=request.user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave an event: of the account that was tried, or of none. What was typed is not kept."""
        tried = User.objects.filter(email=credentials.get("email", "")).first() or User()
        record("accounts.sign_in_failed", subject=tried, by=request.user if request.user.is_authenticated else None)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of one-time codes are stored encrypted: a copy of the database alone opens no account."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    """Derive from the key that lies outside the database one that is for this alone."""
    secret = force_bytes(settings.FOTFESTE_IDENTITY_KEY)
    return Fernet(urlsafe_b64encode(blake2b(secret, digest_size=32, person=b"second factor").digest()))
