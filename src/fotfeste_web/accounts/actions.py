"""What can be done with accounts: begin, correct the own details, and get in again by the word of two people."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone

from fotfeste_web.audit.log import action, record

from .models import RecoveryRequest, User


class AlreadyAnswered(Exception):
    """Somebody else answered the request first, or it has run out."""


class NeedsAnotherPerson(Exception):
    """The one who asked cannot be the one who agrees, and nobody answers for themselves."""


def new_account(*, email: str, name: str, password: str) -> User:
    """Make an account whose address counts as proved: the link of the invitation was sent to it or handed over."""
    user = User.objects.create_user(email, name, password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def end_sessions(user: User) -> None:
    """Sign a person out everywhere, at once."""
    for session in UserSession.objects.filter(user=user):
        session.end()


@action
def change_own_details(*, name: str, phone: str, by: User) -> None:
    by.name, by.phone = name, phone
    by.save(update_fields=["name", "phone"])
    record("accounts.details_changed", subject=by, by=by)


@action
def ask_recovery(user: User, *, reason: str, by: User) -> RecoveryRequest:
    recovery = RecoveryRequest.objects.create(user=user, asked_by=by, reason=reason)
    record("people.recovery_asked", subject=recovery, by=by, user=user.pk)
    return recovery


@action
def agree_recovery(recovery: RecoveryRequest, *, by: User) -> None:
    """Take the second factor away and end the sessions. The next sign-in leads to setting up a new one."""
    recovery = _open(recovery)
    if by.pk in (recovery.asked_by_id, recovery.user_id):
        raise NeedsAnotherPerson
    recovery.agreed_by, recovery.agreed_at = by, timezone.now()
    recovery.save(update_fields=["agreed_by", "agreed_at"])
    Authenticator.objects.filter(user=recovery.user_id).delete()
    end_sessions(recovery.user)
    record("people.recovery_agreed", subject=recovery, by=by, user=recovery.user_id)


@action
def refuse_recovery(recovery: RecoveryRequest, *, by: User) -> None:
    """Refuse a request; the one who asked may take it back in the same way."""
    recovery = _open(recovery)
    if by.pk == recovery.user_id:
        raise NeedsAnotherPerson
    recovery.refused_at = timezone.now()
    recovery.save(update_fields=["refused_at"])
    record("people.recovery_refused", subject=recovery, by=by, user=recovery.user_id)


def _open(recovery: RecoveryRequest) -> RecoveryRequest:
    locked = RecoveryRequest.objects.waiting(timezone.now()).select_for_update().filter(pk=recovery.pk).first()
    if locked is None:
        raise AlreadyAnswered
    return locked
