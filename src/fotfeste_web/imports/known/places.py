"""Employers, teams, offices and colleagues of a service, by the names that a spreadsheet has for them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import Employer
from fotfeste_web.imports.reading.words import fold_name
from fotfeste_web.imports.rows_read import Row
from fotfeste_web.organisations.models import Membership, NavOffice, Service, TreatmentTeam
from fotfeste_web.rows.roles import Permission, roles


class Named:
    """A few things of the service by name; what is not among them is refused with the names that are."""

    def __init__(self, what: str, named: Iterable[tuple[str, int]]) -> None:
        self.what, self.by_name, self.names = what, dict[str, int](), list[str]()
        for name, key in named:
            self.by_name[fold_name(name)] = key
            self.names.append(name)

    def find(self, row: Row, column: str) -> int | None:
        if row[column] is None:
            return None
        found = self.by_name.get(row[column])
        if found is None:
            there_are = f"Her er {', '.join(sorted(self.names))}." if self.names else "Her er ingen ennå."
            row.refuse(column, f"Tjenesten har ikke dette {self.what}. {there_are}")
        return found


def teams_of(service: Service) -> Named:
    open_teams = TreatmentTeam.objects.filter(service=service, closed_on=None)
    return Named("behandlingsteamet", open_teams.values_list("name", "pk"))


def offices_of(service: Service) -> Named:
    return Named("NAV-kontoret", NavOffice.objects.filter(service=service, closed_on=None).values_list("name", "pk"))


class Colleagues:
    """Those who have or had a role in the service that lets them follow participants."""

    def __init__(self, service: Service, today: date, held: Iterable[str]) -> None:
        members = Membership.objects.filter(service=service, role__in=list(held))
        self.here_now = set(members.live(today).values_list("user", flat=True))
        self.by_word: dict[str, set[User]] = defaultdict(set)
        for user in User.objects.filter(pk__in=members.values("user")):
            for word in (user.name, user.email):
                self.by_word[fold_name(word)].add(user)

    def find(self, row: Row, column: str = "specialist", *, here_now: bool = False) -> User | None:
        if row[column] is None:
            return None
        found = self.by_word.get(row[column], set())
        if here_now:
            found = {user for user in found if user.pk in self.here_now}
        if len(found) == 1:
            return next(iter(found))
        if found:
            row.refuse(column, "Flere i tjenesten heter dette. Skriv e-postadressen.")
        else:
            now = " nå" if here_now else ""
            row.refuse(column, f"Fant ingen jobbspesialist i tjenesten med dette navnet{now}. Skriv hele navnet.")
        return None


def who_log_contacts() -> list[str]:
    return [role.id for role in roles().values() if Permission.LOG_CONTACT in role.may]


class Employers:
    """The employers of a service, and those that the file names for the first time."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.by_number: dict[str, Employer] = {}
        self.by_name: dict[str, list[Employer]] = defaultdict(list)
        for employer in Employer.objects.filter(service=service).only("id", "name", "organisation_number"):
            self.add(employer)

    def add(self, employer: Employer) -> None:
        if employer.organisation_number:
            self.by_number[employer.organisation_number] = employer
        self.by_name[fold_name(employer.name)].append(employer)

    def same(self, row: Row, column: str) -> Employer | None:
        """Find the one that a row means. When it could be or not be, the row is refused."""
        number, namesakes = row["organisation_number"], self.by_name.get(fold_name(row[column] or ""), [])
        if number in self.by_number:
            return self.by_number[number]
        if number:
            namesakes = [one for one in namesakes if not one.organisation_number]
            if namesakes:
                row.refuse(
                    "organisation_number",
                    "En arbeidsgiver med samme navn står uten organisasjonsnummer. Skriv nummeret på den også, eller "
                    "ta det bort her.",
                )
            return None
        if len(namesakes) > 1:
            row.refuse(column, "Flere arbeidsgivere heter dette. Skriv organisasjonsnummeret.")
            return None
        return namesakes[0] if namesakes else None

    def named(self, row: Row, column: str = "employer") -> Employer | None:
        """Find the one that a row means, or take it in as new; none when the row names none."""
        if not row[column] or row.is_bad(column, "organisation_number"):
            return None
        found = self.same(row, column)
        if found is None and not row.is_bad(column, "organisation_number"):
            found = Employer(service=self.service, name=row[column], organisation_number=row["organisation_number"])
            self.add(found)
        return found
