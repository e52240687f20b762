"""What is shown before data is taken out: what there is to take, and what was taken before."""

from dataclasses import dataclass
from datetime import datetime

from fotfeste_web.accounts.models import User
from fotfeste_web.organisations.models import Service

from .models import Extract

SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    what: str
    purpose: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractsPage:
    taken: tuple[Taken, ...]

    @classmethod
    def of(cls, service: Service) -> "ExtractsPage":
        extracts = list(Extract.objects.filter(service=service)[:SHOWN])
        names = dict(User.objects.filter(pk__in={one.asked_by_id for one in extracts}).values_list("pk", "name"))
        return cls(
            taken=tuple(
                Taken(
                    what=one.get_what_display(),
                    purpose=one.purpose,
                    who=names.get(one.asked_by_id, "en som har sluttet"),
                    at=one.asked_at,
                )
                for one in extracts
            )
        )
