"""The people of a service who do IPS together."""

from datetime import date

from fotfeste_web.accounts.models import User
from fotfeste_web.organisations.models import Membership

IPS_ROLES = ("jobbspesialist", "metodeveileder")


def colleagues(service_id: int, today: date, roles: tuple[str, ...] = IPS_ROLES) -> list[User]:
    """Give those who have one of the roles in the service today, by name."""
    live = Membership.objects.live(today).filter(service=service_id, role__in=roles)
    return list(User.objects.filter(pk__in=live.values("user"), is_active=True).order_by("name"))


def names_of(ids: list[int]) -> list[str]:
    """Name people by their numbers, in the order of their names."""
    return list(User.objects.filter(pk__in=ids).order_by("name").values_list("name", flat=True))
