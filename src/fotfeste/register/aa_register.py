"""Answers of the Aa-register's API, version 2, as rows: the terms of a job in ``jobs``, and its leave in ``leave``."""

import json
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from fotfeste.files import BadCell

Row = dict[str, str | None]
SCALARS = {
    "id": ("id",),
    "type.kode": ("type", "kode"),
    "ansettelsesperiode.sluttdato": ("ansettelsesperiode", "sluttdato"),
    "sluttaarsak.kode": ("ansettelsesperiode", "sluttaarsak", "kode"),
    "sistBekreftet": ("sistBekreftet",),
}
DETAILS = {
    "yrke.kode": ("yrke", "kode"),
    "ansettelsesform.kode": ("ansettelsesform", "kode"),
    "antallTimerPrUke": ("antallTimerPrUke",),
    "avtaltStillingsprosent": ("avtaltStillingsprosent",),
    "sisteStillingsprosentendring": ("sisteStillingsprosentendring",),
}
PARENTAL = "permisjonMedForeldrepenger"


def jobs(paths: Iterable[Path]) -> pl.DataFrame:
    """One row for each ansettelsesdetaljer of each arbeidsforhold, all as text.

    A row lasts for the months that the details were reported for, inside the ansettelsesperiode. The first reaches back
    to the start of the job, for the API leaves out older history unless it is asked for.

    Raises
    ------
    BadCell
        With reason json where a file is no such answer; missing where an arbeidsforhold lacks what a job must have,
        with its number in the file as ``row`` and the way to the value as ``column``.
    """
    rows = [row for file, number, told in _each(paths) for row in _terms(file, number, told)]
    names = ["arbeidstaker.ident", "arbeidssted.ident", "opplysningspliktig.ident", *SCALARS, *DETAILS, "start", "end"]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String))


def leave(paths: Iterable[Path]) -> pl.DataFrame:
    """One row for each permisjon and permittering, under our own names."""
    names = ["person_id", "job_id", "kind", "start", "end", "percent"]
    return pl.DataFrame(
        [row for file, number, told in _each(paths) for row in _leaves(file, number, told)],
        schema=dict.fromkeys(names, pl.String),
    )


def _each(paths: Iterable[Path]) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
    for path in paths:
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
        except json.JSONDecodeError as cause:
            raise BadCell(path.name, "json", row=cause.lineno) from None
        except UnicodeDecodeError:
            raise BadCell(path.name, "encoding") from None
        if isinstance(told, dict):
            told = told.get("arbeidsforhold", [told])
        if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
            raise BadCell(path.name, "json")
        for number, one in enumerate(told, start=1):
            yield path.name, number, one


def _terms(file: str, number: int, told: Mapping[str, Any]) -> Iterator[Row]:
    job: Row = {f"{who}.ident": _ident(told.get(who)) for who in ("arbeidstaker", "arbeidssted", "opplysningspliktig")}
    job |= {name: _text(_at(told, way)) for name, way in SCALARS.items()}
    start = _needed(file, number, told, ("ansettelsesperiode", "startdato"))
    ended = job["ansettelsesperiode.sluttdato"]
    details = told.get("ansettelsesdetaljer") or [{}]
    details = sorted(details, key=lambda one: _text(_at(one, ("rapporteringsmaaneder", "fra"))) or "")
    for place, one in enumerate(details):
        first = _text(_at(one, ("rapporteringsmaaneder", "fra")))
        last = _text(_at(one, ("rapporteringsmaaneder", "til")))
        begins = start if place == 0 or not first else max(start, f"{first}-01")
        ends = min(filter(None, (ended, _last_day(file, number, last) if last else None)), default=None)
        if ends is None or begins <= ends:
            yield job | {n: _text(_at(one, way)) for n, way in DETAILS.items()} | {"start": begins, "end": ends}


def _leaves(file: str, number: int, told: Mapping[str, Any]) -> Iterator[Row]:
    job: Row = {"person_id": _ident(told.get("arbeidstaker")), "job_id": _text(told.get("id"))}
    for name in ("permisjoner", "permitteringer"):
        for one in told.get(name) or ():
            parental = _at(one, ("type", "kode")) == PARENTAL
            kind = "layoff" if name == "permitteringer" else "parental" if parental else "other"
            start = _needed(file, number, one, ("startdato",))
            days: Row = {"start": start, "end": _text(one.get("sluttdato"))}
            yield job | days | {"kind": kind, "percent": _text(one.get("prosent"))}


def _needed(file: str, number: int, told: Mapping[str, Any], way: tuple[str, ...]) -> str:
    value = _text(_at(told, way))
    if value is None:
        raise BadCell(file, "missing", row=number, column=".".join(way))
    return value


def _ident(told: Any) -> str | None:
    """The identity of a person or an organisation; of several, a person's newest number."""
    if not isinstance(told, dict):
        return None
    several = [one for one in told.get("identer") or () if isinstance(one, dict)]
    in_force = [one for one in several if one.get("gjeldende")] or several
    preferred = [one for one in in_force if one.get("type") in ("FOLKEREGISTERIDENT", "ORGANISASJONSNUMMER")]
    return _text((preferred or in_force or [told])[0].get("ident"))


def _at(told: Any, way: tuple[str, ...]) -> Any:
    for name in way:
        told = told.get(name) if isinstance(told, dict) else None
    return told


def _text(value: Any) -> str | None:
    return None if value is None or value == "" else str(value)


def _last_day(file: str, number: int, month: str) -> str:
    try:
        year, in_year = (int(part) for part in month.split("-"))
        return f"{month}-{monthrange(year, in_year)[1]:02d}"
    except ValueError:
        raise BadCell(file, "month", row=number, column="rapporteringsmaaneder.til", value=month) from None
