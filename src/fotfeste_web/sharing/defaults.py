"""What the share form proposes, by the service's own reading of the law (docs/adr/0005). A proposal, never a rule."""

from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste_web.organisations.models import Collaboration
from fotfeste_web.rows.kinds import Kind

from .models import Ground, ReceiverRole

A_CONSENT_LASTS = timedelta(days=180)
HEALTH = (ReceiverRole.THERAPIST, ReceiverRole.EDUCATION_SPECIALIST)
# What each needs for their part of the work, and no more.
NEEDED = {
    ReceiverRole.THERAPIST: (Kind.PLAN, Kind.WORK),
    ReceiverRole.EDUCATION_SPECIALIST: (Kind.PLAN, Kind.WORK),
    ReceiverRole.NAV_ADVISER: (Kind.PLAN, Kind.WORK, Kind.ECONOMY),
    ReceiverRole.OTHER: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    ground: Ground
    kinds: tuple[Kind, ...]
    ends_on: date | None


def defaults(collaboration: str, role: str, today: date) -> Defaults:
    """Propose ground, kinds and last day for a receiver of a role."""
    receiver = ReceiverRole(role)
    if collaboration == Collaboration.HEALTH_25 and receiver in HEALTH:
        ground = Ground.HEALTH_25
    elif collaboration != Collaboration.CONSENT and receiver == ReceiverRole.NAV_ADVISER:
        ground = Ground.NAV_7
    else:
        ground = Ground.CONSENT
    ends_on = today + A_CONSENT_LASTS if ground is Ground.CONSENT else None
    return Defaults(ground=ground, kinds=NEEDED[receiver], ends_on=ends_on)
