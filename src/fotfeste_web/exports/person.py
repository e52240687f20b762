"""All that is kept about a person, for the person: GDPR articles 15 and 20."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Participant
from fotfeste_web.caseload.pages.looks import Look, every_look
from fotfeste_web.retention import archive
from fotfeste_web.rows.kept import closed
from fotfeste_web.ui.formats import count, day

SCHEMA, VERSION = "fotfeste.person", 1


def everything_about(person: Participant, *, today: date) -> dict[str, Any]:
    """The record as the owner's archive has it, and who has looked. The scope of the transaction says what is seen."""
    record = archive.record_of(person, today=today, bookkeeping=True)
    return record | {
        "schema": SCHEMA,
        "version": VERSION,
        "front": list(front(person)),
        "parts": sorted([*record["parts"], *_account(person)], key=_place),
        "looks": [_look(look) for look in every_look(person)],
    }


def front(person: Participant) -> Iterator[str]:
    """Say in plain words what this is, why it is kept and how long, what is not in it, and what one can ask for."""
    yield (
        f"Dette er det Fotfeste har lagret om deg i {person.service.name}. Du har rett til å se det og få det med deg "
        "(personvernforordningen artikkel 15 og 20)."
    )
    yield (
        "Først står opplysningene med de ordene de er ført med. De er brukt til å hjelpe deg til en jobb og i jobben. "
        "Hvem noe er delt med, står under «Deling» og «Tekst gitt til journal eller NAV». Til slutt står hver gang "
        "noen har sett eller endret noe, og hvorfor."
    )
    yield (
        "Det som er rettet, er tatt vare på som det var før. De gamle utgavene står i filen for dataprogrammer (JSON), "
        "som du også kan be om."
    )
    yield (
        "Ikke med: utkast som bare den som skriver, kan se, det en veileder og en jobbspesialist har sagt mellom seg, "
        "og notatene til dem som vurderer kvaliteten. Er dette hentet av jobbspesialisten, er heller ikke kontoen "
        "din eller om du er trukket ut til en kvalitetsvurdering med. Den som leder tjenesten, kan hente det."
    )
    yield (
        f"{count(closed().erase, 'dag', 'dager')} etter at oppfølgingen din er avsluttet, slettes alt her. Før det "
        "skrives det ut til arkivet til den som eier tjenesten."
    )
    yield (
        "Er noe feil, kan du be om at det blir rettet. Du kan be om at noe blir slettet, eller si nei til at det "
        "brukes. Er du uenig i svaret, kan du klage til Datatilsynet."
    )


def _place(part: dict[str, Any]) -> int:
    """The person first, then the work together, then all else."""
    table = part["table"]
    return 0 if table == Participant._meta.db_table else 1 if table.startswith("caseload_") else 2


def _account(person: Participant) -> Iterator[dict[str, Any]]:
    user = User.objects.filter(pk=person.user_id).first()
    if user:
        lines = [["Navn", user.name], ["E-postadresse", user.email], ["Telefon", user.phone]]
        lines.append(["Laget", day(user.joined_at)])
        if user.last_login:
            lines.append(["Sist logget inn", day(user.last_login)])
        values = {"id": str(user.pk), "joined_at": str(user.joined_at), "last_login": str(user.last_login or "")}
        told = [line for line in lines if line[1]]
        yield {
            "label": "Konto",
            "table": User._meta.db_table,
            "rows": [{"title": "", "lines": told, "values": values, "versions": []}],
        }


def _look(look: Look) -> dict[str, str]:
    who = ", ".join(part for part in (look.who, look.role, look.employer) if part)
    return {"at": look.at.isoformat(), "when": look.when, "who": who, "what": look.what, "ground": look.ground}


def as_json(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, indent=1).encode()


FILES = {"pdf": ("application/pdf", archive.pdf), "json": ("application/json", as_json)}
