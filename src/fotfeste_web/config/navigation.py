"""What stands at the top of every page: where this person can go, and who this is."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from fotfeste_web.rows.roles import Permission
from fotfeste_web.rows.scope import NOBODY, Scope
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.formats import initials

# Label, name of the address, who may. The address names are those of `home` in policies/roles.yaml too.
PAGES = (
    ("I dag", "today", Permission.TODAY),
    ("Delt med meg", "shared", Permission.SHARED_WITH_ME),
    ("Min plan", "own_plan", Permission.OWN_PLAN),
    ("Deltakere", "participants", Permission.PARTICIPANTS_LIST),
    ("Henvisninger", "referrals", Permission.REFER),
    ("Arbeidsgivere", "employers", Permission.EMPLOYERS),
    ("Teammøter", "team_meetings", Permission.TEAMWORK),
    ("Veiledning", "supervision", Permission.TEAMWORK),
    ("Team", "team", Permission.TEAM),
    ("Kvalitetsvurdering", "reviews", Permission.REVIEWS),
    ("Metodetrohet nå", "fidelity_now", Permission.FIDELITY_NOW),
    ("Tiltaksplan", "improvements", Permission.REVIEWS),
    ("Tall", "figures", Permission.FIGURES),
    ("Resultater", "results", Permission.FIGURES),
    ("Datauttak", "service_export", Permission.EXPORT_SERVICE),
    ("Kontroll av innsyn", "lookup_check", Permission.CHECK_LOOKS),
    ("Definisjoner", "definitions", Permission.DEFINITIONS),
    ("Folk og roller", "people", Permission.PEOPLE),
    ("Oppbevaring", "retention", Permission.RETENTION),
    ("Hent inn fra regneark", "imports", Permission.IMPORT_RECORDS),
)

# Not of every day: one menu of their own for whoever has more pages than the bar holds.
METHOD_AND_DATA = {
    *("reviews", "fidelity_now", "improvements", "figures", "results", "service_export", "definitions"),
    "imports",
}
MOST_IN_BAR = 8

OF_A_SERVICE = {"reviews", "improvements"}  # nothing there for one who administers the installation alone


@dataclass(frozen=True, slots=True)
class NavItem:
    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class SiteUser:
    name: str
    initials: str
    role: str
    account_href: str


def home_of(scope: Scope) -> str:
    """Name the page after sign-in; one without a role sees the own account."""
    return scope.roles[0][1].home if scope.roles else "account"


def site(request: HttpRequest) -> dict[str, object]:
    scope: Scope = getattr(request, "scope", NOBODY)
    demo = {"href": address("demo_persons")} if settings.DEMO else None
    today = timezone.localdate()
    if scope.user_id is None:
        return {"site_demo": demo, "today": today}
    items = {
        name: NavItem(label, address(name), request.path.startswith(address(name)))
        for label, name, permission in PAGES
        if scope.may(permission) and (name not in OF_A_SERVICE or scope.services(permission))
    }
    folded = METHOD_AND_DATA if len(items) > MOST_IN_BAR else set()
    return {
        "site_nav": [item for name, item in items.items() if name not in folded],
        "site_nav_more": [item for name, item in items.items() if name in folded],
        "site_user": SiteUser(
            name=request.user.name,
            initials=initials(request.user.name),
            role=", ".join(dict.fromkeys(role.name for _, role in scope.roles)),
            account_href=address("account"),
        ),
        "site_demo": demo,
        "today": today,
    }
