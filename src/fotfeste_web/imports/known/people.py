"""The participants of a service, found by identity number or by name and year."""

from collections import defaultdict
from typing import NamedTuple
from uuid import UUID

from fotfeste_web.caseload.identity import hashes_in_service
from fotfeste_web.caseload.models import Participant
from fotfeste_web.imports.reading.words import fold_name
from fotfeste_web.imports.rows_read import Row

WHO = ("identity", "first_name", "last_name", "name", "birth_year")
NOT_SURE = "En deltaker med samme navn står i tjenesten. Skriv fødselsår, så vi ser om det er samme person."


class Person(NamedTuple):
    id: UUID
    birth_year: int | None
    identity_hash: bytes | None
    locked: bool


def names_of(row: Row) -> tuple[str, str] | None:
    """Give first name and last name; a whole name is «Etternavn, Fornavn», or has the last name last."""
    first, last, whole = row["first_name"], row["last_name"], row["name"]
    if whole and not (first or last):
        if "," in whole:
            last, _, first = (part.strip() for part in whole.partition(","))
        else:
            first, _, last = whole.rpartition(" ")
    return (first, last) if first and last else None


def key_of(first: str, last: str) -> str:
    return fold_name(f"{first} {last}")


def told_by(row: Row) -> str:
    """Name the column that says who the row is about, for what is wrong with it."""
    return next((key for key in ("identity", "last_name", "name", "first_name") if key in row.texts), "")


class People:
    def __init__(self, service_id: int) -> None:
        self.service_id = service_id
        self.by_hash: dict[bytes, Person] = {}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        columns = ("id", "birth_year", "identity_hash", "locked_on", "first_name", "last_name")
        for id, year, hashed, locked_on, first, last in Participant.objects.filter(service=service_id).values_list(
            *columns
        ):
            person = Person(id, year, bytes(hashed) if hashed else None, locked_on is not None)
            if person.identity_hash:
                self.by_hash[person.identity_hash] = person
            self.by_name[key_of(first, last)].append(person)

    def hash_of(self, row: Row) -> bytes | None:
        """Give the hash that is known of the person, by whichever key is in use; else the newest key's."""
        if not row["identity"]:
            return None
        hashes = hashes_in_service(row["identity"].digits, self.service_id)
        return next((one for one in hashes if one in self.by_hash), hashes[0])

    def same(self, row: Row, first: str, last: str, hashed: bytes | None) -> Person | None:
        """Find the one that a row would register once more. When it could be or not be, the row is refused."""
        if hashed and hashed in self.by_hash:
            return self.by_hash[hashed]
        year, namesakes = row["birth_year"], self.by_name.get(key_of(first, last), ())
        # Two different identity numbers are two people, and so are two years.
        others = [one for one in namesakes if not (hashed and one.identity_hash)]
        same = [one for one in others if one.birth_year == year]
        if not same and any(one.birth_year is None or year is None for one in others):
            row.refuse("birth_year" if "birth_year" in row.texts else told_by(row), NOT_SURE)
        return same[0] if same else None

    def named(self, row: Row) -> Person | None:
        """Find the one that a row is about. None, with a reason, when it is nobody, several, or one who is locked."""
        if row.is_bad(*WHO):
            return None
        hashed, names = self.hash_of(row), names_of(row)
        if hashed and (person := self.by_hash.get(hashed)):
            return self._open(row, person)
        if names is None:
            row.refuse(told_by(row), "Fant ingen deltaker med dette fødselsnummeret." if hashed else "Skriv hvem.")
            return None
        year = row["birth_year"]
        namesakes = [
            one
            for one in self.by_name.get(key_of(*names), ())
            if not (hashed and one.identity_hash) and (None in (year, one.birth_year) or one.birth_year == year)
        ]
        if len(namesakes) > 1 and any(one.birth_year == year for one in namesakes):
            namesakes = [one for one in namesakes if one.birth_year == year]
        if len(namesakes) == 1:
            return self._open(row, namesakes[0])
        if namesakes:
            row.refuse(told_by(row), "Flere deltakere heter dette. Skriv fødselsår eller fødselsnummer.")
        else:
            row.refuse(told_by(row), "Fant ingen deltaker i tjenesten med dette navnet. Hent inn deltakerne først.")
        return None

    def _open(self, row: Row, person: Person) -> Person | None:
        if person.locked:
            row.refuse(told_by(row), "Opplysningene om personen er låst, så ingenting nytt kan skrives.")
            return None
        return person
