"""What the method would count and nothing here records yet: said, and left to those who rate."""

from collections.abc import Callable

from fotfeste.fidelity import Figure

BY_HAND = "registreres ikke her ennå: vurderes for hånd."
WHOLE = {
    "10": "Når resultatene er vist til ledelse og ansatte, ",
}
IN_PART: dict[str, tuple[str, Callable[[Figure], bool]]] = {
    "2": ("At metodeveilederen har sett tallet, ", lambda one: one.id == "months_seen_by_supervisor"),
    "8": ("Metodeveilederens møter med teamenes ledere ", lambda one: one.id == "team_meetings_with_supervisor"),
    "9": ("Om personen fikk tilbud om hjelp til en ny jobb, ", lambda one: one.id == "next_job_offered"),
    "11": (
        "Møter i styringsgruppa, mål fortalt til alle og hindringer tatt opp ",
        lambda one: one.about in ("steering_meeting", "aims_told", "obstacles_raised"),
    ),
    "20": ("Hvilket foretak en virksomhet hører til, ", lambda one: "companies" in one.id),
}


def is_recorded(item: str) -> bool:
    return item not in WHOLE


def leaves_out(item: str, figure: Figure) -> bool:
    return item in IN_PART and IN_PART[item][1](figure)


def unrecorded(item: str) -> str:
    """Say what is not recorded of an item; nothing where all is."""
    what = WHOLE.get(item) or (IN_PART[item][0] if item in IN_PART else "")
    return what + BY_HAND if what else ""
