"""What stands at the top of every page: where this person can go, and who this is."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class NavItem:
    label: str
    href: str
    current: bool


def site(request: HttpRequest) -> dict[str, object]:
    return {}
