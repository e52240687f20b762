"""Links that let one person in, once. Only the hash of a link is stored; who holds the link is who it is for."""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse

from fotfeste_web.rows.scope import looking_as

from .models import Invitation

LINK_LIVES = timedelta(days=7)
FIRST_LINK_LIVES = timedelta(hours=24)


class InvitationGone(Exception):
    """Used, withdrawn, run out, another person's, or the one who invited may no longer: nobody is told which."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An invitation whose link somebody holds. The first administrator's says nothing and is from nobody."""

    link_hash: bytes
    invited_by: int | None
    invitation: Invitation | None

    @property
    def email(self) -> str:
        return self.invitation.email if self.invitation else ""

    @property
    def name(self) -> str:
        return self.invitation.name if self.invitation else ""


def new_token() -> str:
    return token_urlsafe(32)


def hash_of(token: str) -> bytes:
    return sha256(token.encode()).digest()


def address(token: str, site_url: str | None = None) -> str:
    return (site_url or settings.SITE_URL).rstrip("/") + reverse("accept_invitation", args=[token])


def open_link(token: str, today: date) -> Opened:
    """Find what a link leads to, seen with the eyes of the one who invited: a lost power ends its invitations."""
    link_hash = hash_of(token)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, invited_by FROM invitation_by_link(%s)", [link_hash])
        found = cursor.fetchone()
    if found is None:
        raise InvitationGone
    pk, invited_by = found
    if invited_by is None:
        return Opened(link_hash, None, None)
    with looking_as(invited_by, today):
        invitation = Invitation.objects.select_related("service", "body", "team", "invited_by").filter(pk=pk).first()
    if invitation is None:
        raise InvitationGone
    return Opened(link_hash, invited_by, invitation)


def send(invitation: Invitation, token: str, inviter: str) -> None:
    """Send the link. The letter says no role and no service: an address can be mistyped."""
    context = {"name": invitation.name, "inviter": inviter, "link": address(token), "expires": invitation.expires_at}
    send_mail(
        "Invitasjon til Fotfeste",
        render_to_string("organisations/mail/invitation.txt", context),
        None,
        [invitation.email],
    )
