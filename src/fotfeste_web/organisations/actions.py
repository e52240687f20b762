"""What can be done with people, roles and places. Each is one change with one event."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from fotfeste_web.accounts.actions import end_sessions, new_account
from fotfeste_web.accounts.models import User
from fotfeste_web.audit.log import action, record
from fotfeste_web.rows.scope import enter

from . import invitations
from .invitations import FIRST_LINK_LIVES, LINK_LIVES, InvitationGone, Opened, hash_of, new_token
from .models import Body, Invitation, Membership, NavOffice, Service, TreatmentTeam


def first_administrator_link(site_url: str) -> str | None:
    """Make the one-time link of the first administrator, run by the owner. None when somebody is here already."""
    if Membership.objects.exists():
        return None
    token = new_token()
    _invite_first_administrator(token, by=None)
    return invitations.address(token, site_url)


@action
def _invite_first_administrator(token: str, *, by: None) -> Invitation:
    """Replace every earlier such link: the one that was printed last is the one that works."""
    now = timezone.now()
    Invitation.objects.filter(invited_by=None, accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    invitation = Invitation.objects.create(
        role="administrator",
        starts_on=timezone.localdate(now),
        link_hash=hash_of(token),
        invited_at=now,
        expires_at=now + FIRST_LINK_LIVES,
    )
    record("people.first_link_made", subject=invitation, by=by)
    return invitation


@action
def invite(*, by: User, body: Body | None, new_body: tuple[str, str] | None, **fields: Any) -> tuple[Invitation, str]:
    """Invite somebody to a role. Answers with the token of the link, which is stored nowhere."""
    if new_body:
        body, _ = Body.objects.get_or_create(name=new_body[0], defaults={"kind": new_body[1]})
    token, now = new_token(), timezone.now()
    invitation = Invitation.objects.create(
        **fields, body=body, invited_by=by, invited_at=now, link_hash=hash_of(token), expires_at=now + LINK_LIVES
    )
    record("people.invited", subject=invitation, by=by, role=invitation.role, invitation=invitation.pk)
    _send_on_commit(invitation, token, by)
    return invitation, token


@action
def renew_invitation(invitation: Invitation, *, by: User) -> str:
    """Make a new link for an invitation that waits; the old one is dead from now on."""
    token = new_token()
    invitation.link_hash, invitation.expires_at = hash_of(token), timezone.now() + LINK_LIVES
    invitation.save(update_fields=["link_hash", "expires_at"])
    record("people.invitation_renewed", subject=invitation, by=by)
    _send_on_commit(invitation, token, by)
    return token


@action
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record("people.invitation_withdrawn", subject=invitation, by=by)


def _send_on_commit(invitation: Invitation, token: str, by: User) -> None:
    if settings.MAIL_IS_SET_UP:
        send: Callable[[], None] = partial(invitations.send, invitation, token, by.name)
        transaction.on_commit(send, robust=True)  # a mail server that is down takes no invitation back


@action
def accept_invitation(opened: Opened, *, by: User | None, today: date, **account: str) -> User:
    """Let in the one who holds the link: a new account, or the signed-in person whose address was invited."""
    user = by or new_account(**account)
    if opened.invited_by is None:
        membership = _begin_as_first_administrator(opened, user, today)
    else:
        membership = _join(opened, user, today)
    enter(user.pk, today)
    record("people.invitation_accepted", subject=membership, by=user, role=membership.role)
    return user


def _begin_as_first_administrator(opened: Opened, user: User, today: date) -> Membership:
    enter(user.pk, today)
    with connection.cursor() as cursor:
        cursor.execute("SELECT accept_first_administrator(%s, %s)", [opened.link_hash, today])
        pk = cursor.fetchone()[0]
    if pk is None:
        raise InvitationGone
    return Membership.objects.get(pk=pk)


def _join(opened: Opened, user: User, today: date) -> Membership:
    """Add the membership with the power of the one who invited, which the database tries now, not then."""
    enter(opened.invited_by, today)  # type: ignore[arg-type]
    invitation = (
        Invitation.objects.select_for_update()
        .filter(link_hash=opened.link_hash, accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
        .first()
    )
    if invitation is None or invitation.email != user.email:
        raise InvitationGone
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return Membership.objects.create(
        user=user,
        **{field: getattr(invitation, field) for field in ("service", "role", "body", "team", "post_share")},
        starts_on=invitation.starts_on,
        ends_on=invitation.ends_on,
    )


@action
def change_membership(membership: Membership, *, applies_from: date, by: User, **fields: Any) -> Membership:
    """Change post share, employer or team from a day. What was true before stays: the old row ends, a new begins."""
    if applies_from > membership.starts_on:
        ends_on = membership.ends_on
        membership.ends_on = applies_from - timedelta(days=1)
        membership.save(update_fields=["ends_on"])
        membership.pk, membership.starts_on, membership.ends_on = None, applies_from, ends_on
        membership._state.adding = True
    for name, value in fields.items():
        setattr(membership, name, value)
    membership.save()
    record("people.membership_changed", subject=membership, by=by, post_share=membership.post_share)
    return membership


@action
def end_membership(membership: Membership, *, ends_on: date, by: User, today: date) -> bool:
    """End a role after a day. Tells whether that closed the door: no role is left, so the sessions are ended."""
    membership.ends_on = ends_on
    # One that was given by mistake today is over too; what it said before stands in its history.
    membership.starts_on = min(membership.starts_on, ends_on)
    membership.save(update_fields=["starts_on", "ends_on"])
    left = Membership.objects.live(today).filter(user=membership.user).exists()
    if not left:
        end_sessions(membership.user)
    record("people.member_ended", subject=membership, by=by, role=membership.role, sessions_ended=not left)
    return not left


@action
def add_service(*, by: User, **fields: Any) -> Service:
    service = Service.objects.create(**fields)
    record("places.service_added", subject=service, by=by)
    return service


@action
def change_service(service: Service, *, by: User) -> None:
    """Keep the settings that the form has put on the service."""
    service.save()
    record(
        "places.service_changed",
        subject=service,
        by=by,
        quiet_days=service.quiet_days,
        first_employer_days=service.first_employer_days,
    )


@action
def add_team(service: Service, *, name: str, body: Body | None, by: User) -> TreatmentTeam:
    team = TreatmentTeam.objects.create(service=service, name=name, body=body)
    record("places.team_added", subject=team, by=by)
    return team


@action
def add_office(service: Service, *, name: str, by: User) -> NavOffice:
    office = NavOffice.objects.create(service=service, name=name)
    record("places.office_added", subject=office, by=by)
    return office


@action
def close_place(place: TreatmentTeam | NavOffice, *, closed_on: date | None, by: User) -> None:
    """Close a team or an office, or open it again: closed it stays where it was used, and can be picked no more."""
    place.closed_on = closed_on
    place.save(update_fields=["closed_on"])
    record("places.closed" if closed_on else "places.reopened", subject=place, by=by)
