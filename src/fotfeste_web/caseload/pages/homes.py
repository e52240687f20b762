"""Where a record belongs: with NAV, with the health service, or with both, by who employs its author."""

from collections.abc import Iterable

from fotfeste_web.organisations.models import BodyKind, Membership
from fotfeste_web.sharing.models import Home

OF_A_BODY = {
    BodyKind.NAV: Home.NAV,
    BodyKind.HEALTH_TRUST: Home.HEALTH,
    BodyKind.MUNICIPALITY: Home.HEALTH,  # municipal mental health and substance services
}


def homes_of(service_id: int, users: Iterable[int]) -> dict[int, Home]:
    """Give the home of what each user writes, by their latest employer in the service. Common when none is known."""
    memberships = Membership.objects.filter(service=service_id, user__in=users, body__isnull=False)
    kinds = memberships.order_by("starts_on").values_list("user_id", "body__kind")
    return {user: OF_A_BODY.get(BodyKind(kind), Home.COMMON) for user, kind in kinds}
