"""What is found in the directory of establishments while an employer is written for the first time."""

from collections.abc import Mapping
from dataclasses import dataclass

from fotfeste.norway.codes import municipalities
from fotfeste_web.establishments.models import Establishment


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    organisation_number: str
    name: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """A search, what it found, and what of it was picked, as the form of an employer begins with it."""

    there: bool
    sought: str
    service: str
    hits: tuple[Hit, ...]
    picked: dict[str, str]

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Directory":
        sought = asked.get("finn", "").strip()
        hits = Establishment.objects.sought(sought) if sought else []
        picked = Establishment.objects.filter(pk=asked["nummer"]).first() if "nummer" in asked else None
        return cls(
            there=bool(hits or picked) or Establishment.objects.exists(),
            sought=sought,
            service=asked.get("tjeneste", ""),
            hits=tuple(Hit(organisation_number=hit.pk, name=hit.name, place=_place(hit.municipality)) for hit in hits),
            picked=_begun(picked) if picked else {},
        )


def _place(municipality: str) -> str:
    code = municipalities().get(municipality)
    return code.name if code else ""


def _begun(picked: Establishment) -> dict[str, str]:
    known = municipalities().get(picked.municipality)
    return {
        "name": picked.name[:160],
        "organisation_number": picked.pk,
        "municipality": picked.municipality if known else "",
    }
