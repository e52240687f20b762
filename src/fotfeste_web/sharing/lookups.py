"""The monthly check of look-ups that stand out: stated rules, people by name, participants by a case number only."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from fotfeste_web.accounts.models import User
from fotfeste_web.organisations.models import Membership, Service
from fotfeste_web.ui.formats import MONTHS, count, day

from .models import LookupCheck

# What stands out. A reason to ask, never a proof: cover, a crisis or a new colleague can be behind every one.
OFTEN_OPENED = 5  # a colleague's participants in a month
LONG_ENDED_DAYS = 30  # after the last period ended, and nobody has referred the person again
MANY_IN_A_DAY = 25  # more participants than a caseload holds (IPS-25: at most 20), each on a page of their own
CASES_SHOWN = 12
RULES = {
    "opened_often": f"Åpnet kollegers deltakere {OFTEN_OPENED} ganger eller mer i måneden",
    "long_ended": f"Så på deltakere som var avsluttet for mer enn {LONG_ENDED_DAYS} dager siden",
    "outside_hours": "Så på deltakere i helga, eller mellom kl. 20 og kl. 6",
    "many_in_a_day": f"Så på {MANY_IN_A_DAY} deltakere eller flere på én dag",
}
MONTHS_BACK = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    rule: str
    who: str
    role: str
    times: str
    cases: tuple[str, ...]
    more_cases: int
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    value: str  # 2026-10
    label: str
    signed: str  # empty when it is not
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupsPage:
    service: Service
    month: date
    label: str
    looks: int
    openings: int
    odd: tuple[Odd, ...]
    months: tuple[Month, ...]
    check: LookupCheck | None
    signed: str

    @classmethod
    def of(cls, service: Service, month: date, today: date) -> "LookupsPage":
        found = _found(service.pk, month)
        totals = {rule: times for rule, _, times, _, _ in found}
        checks = {check.month: check for check in LookupCheck.objects.filter(service=service)}
        check = checks.get(month)
        return cls(
            service=service,
            month=month,
            label=month_name(month),
            looks=totals["looks"],
            openings=totals["openings"],
            odd=_odd(service, found, today),
            months=tuple(
                Month(
                    value=f"{first:%Y-%m}",
                    label=month_name(first),
                    signed="kontrollert" if first in checks else "",
                    current=first == month,
                )
                for first in last_months(today)
            ),
            check=check,
            signed=_signed(check, today),
        )


def last_months(today: date) -> list[date]:
    """Give the first days of the months that can be checked, the last whole one first."""
    months = today.year * 12 + today.month - 1
    return [date((months - back) // 12, (months - back) % 12 + 1, 1) for back in range(1, MONTHS_BACK + 1)]


def month_name(month: date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"


def _found(service_id: int, month: date) -> list[tuple[str, int | None, int, list[str] | None, date | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM odd_lookups(%s, %s, %s, %s, %s)",
            [service_id, month, OFTEN_OPENED, LONG_ENDED_DAYS, MANY_IN_A_DAY],
        )
        return cursor.fetchall()


def _odd(service: Service, found: list, today: date) -> tuple[Odd, ...]:
    rows = [row for row in found if row[0] in RULES]
    users = {who for _, who, _, _, _ in rows}
    names = dict(User.objects.filter(pk__in=users).values_list("pk", "name"))
    roles = {m.user_id: m.as_role().name for m in Membership.objects.filter(user__in=users, service=service)}
    odd = [
        Odd(
            rule=RULES[rule],
            who=names.get(who, "En som ikke arbeider her lenger"),
            role=roles.get(who, ""),
            times=count(times, "gang", "ganger"),
            cases=tuple(cases[:CASES_SHOWN]),
            more_cases=max(0, len(cases) - CASES_SHOWN),
            last=day(last, today),
        )
        for rule, who, times, cases, last in rows
    ]
    order = list(RULES.values())
    return tuple(sorted(odd, key=lambda one: (order.index(one.rule), one.who)))


def _signed(check: LookupCheck | None, today: date) -> str:
    if check is None:
        return ""
    name = User.objects.filter(pk=check.signed_by_id).values_list("name", flat=True).first()
    return f"Kontrollert av {name or 'en leder'} {day(check.signed_at, today)}"
