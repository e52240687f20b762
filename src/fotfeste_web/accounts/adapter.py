"""How allauth behaves here: nobody signs up by themselves, and signing in and out leaves events."""

from base64 import urlsafe_b64encode
from hashlib import blake2b
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.encoding import force_bytes

from fotfeste_web.audit.log import record
from fotfeste_web.rows.scope import enter
from fotfeste_web.sealing import secrets

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
        return MultiFernet(_ciphers()).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return MultiFernet(_ciphers()).decrypt(encrypted_text.encode()).decode()


def renewed(encrypted: str) -> str | None:
    """Encrypt a secret anew with the newest key; nothing, when it is that one's already."""
    try:
        _ciphers()[0].decrypt(encrypted.encode())
    except InvalidToken:
        return MultiFernet(_ciphers()).rotate(encrypted.encode()).decode()
    return None


def _ciphers() -> list[Fernet]:
    """Derive from each key that lies outside the database one that is for this alone, the newest first."""
    return [
        Fernet(urlsafe_b64encode(blake2b(force_bytes(key), digest_size=32, person=b"second factor").digest()))
        for key in secrets()
    ]
