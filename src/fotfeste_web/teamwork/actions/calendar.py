"""Make and withdraw the secret address of the own calendar."""

from hashlib import sha256
from secrets import token_urlsafe

from django.utils import timezone

from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.teamwork.models import CalendarLink


def hash_of(token: str) -> bytes:
    return sha256(token.encode()).digest()


@action
def make_link(*, by: User) -> str:
    """Make a new address; the one before is dead from now on. Answers with the token, which is stored nowhere."""
    token = token_urlsafe(32)
    link, _ = CalendarLink.objects.update_or_create(
        user=by, defaults={"link_hash": hash_of(token), "made_at": timezone.now()}
    )
    record("calendar.link_made", subject=link, by=by)
    return token


@action
def withdraw_link(link: CalendarLink, *, by: User) -> None:
    record("calendar.link_withdrawn", subject=link, by=by)
    link.delete()
