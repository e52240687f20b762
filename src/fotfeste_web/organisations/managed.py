"""What an administrator manages: the services of the own roles, or everything for one of the whole installation.

The database lets nobody write elsewhere. These selections are about meaning: an administrator here can be a job
specialist in another service, whose people are colleagues there and not hers to manage.
"""

from django.db.models import Q, QuerySet

from fotfeste_web.rows.roles import Permission
from fotfeste_web.rows.scope import Scope

from .models import Invitation, Membership, NavOffice, Service, TreatmentTeam


def _managed(scope: Scope, column: str) -> Q:
    return Q() if scope.installs else Q(**{f"{column}__in": scope.services(Permission.PEOPLE)})


def services(scope: Scope) -> QuerySet[Service]:
    return Service.objects.filter(_managed(scope, "pk")).order_by("name")


def memberships(scope: Scope) -> QuerySet[Membership]:
    return Membership.objects.filter(_managed(scope, "service")).select_related("user", "service", "body", "team")


def invitations(scope: Scope) -> QuerySet[Invitation]:
    """Select those that wait for an answer, also when the link has run out: it can be made anew."""
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None).exclude(invited_by=None)
    return waiting.filter(_managed(scope, "service")).select_related("service", "body", "team", "invited_by")


def teams(scope: Scope) -> QuerySet[TreatmentTeam]:
    return TreatmentTeam.objects.filter(_managed(scope, "service")).select_related("service", "body").order_by("name")


def offices(scope: Scope) -> QuerySet[NavOffice]:
    return NavOffice.objects.filter(_managed(scope, "service")).select_related("service").order_by("name")
