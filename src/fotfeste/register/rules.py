"""The rules that turn registers into work. Each can be switched off by name, and a result says which were on."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

PAY_FROM = date(2015, 1, 1)
"""The first day of the a-melding: no pay by month exists before, and smaller jobs are in the register from here."""
SHORT_ABSENCE_DAYS = 90
"""A layoff or a leave without pay keeps the job while it is shorter than this."""
SMALL_JOB_DAYS = 6
SMALL_JOB_HOURS = 400
"""Hundredths of hours a week. Before 2015 the register held jobs of more days and more hours than these."""
SMALL_YEAR_PAY = 100_000
"""Øre. From 2015 a job is in the register in a year that pays more than this."""


class UnknownRule(ValueError):
    """No rule has that name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Which rules are on; Statistics Norway's are all on by default.

    Attributes
    ----------
    reference_week
        A job counts in a month when it holds on a day of the week (Monday to Sunday) with the 16th. Off: on any day of
        the month.
    pay_decides
        From 2015 a job counts in a month with pay, or by an exception: sick or parental pay, layoff or leave shorter
        than 90 days, a fresh start with pay the month after, pay in both months beside, holiday pay alone after a
        month that counts. Off: every job that is registered.
    sum_establishment
        Jobs in one establishment are added up before the main job is chosen.
    cut_unemployment
        A job ends the day before its holder is registered as fully unemployed, if it began earlier.
    cut_death
        A job ends with the day its holder died.
    subtract_measures
        Wage subsidy and set-aside work are employment, but not ordinary work.
    threshold_2015
        Before 2015 a job of at most 6 days or 4 hours a week does not count; from 2015 one whose pay in the year is at
        most 1000 kroner. A year without any pay is left to ``pay_decides``.
    freelancers
        A freelancer counts in months with fixed or hourly pay alone. Off: as an employee.

    References
    ----------
    .. [1] Statistics Norway, documentation of register-based employment (github.com/statisticsnorway/
       arbmark-docs-amelding), the eight rules.
    """

    reference_week: bool = True
    pay_decides: bool = True
    sum_establishment: bool = True
    cut_unemployment: bool = True
    cut_death: bool = True
    subtract_measures: bool = True
    threshold_2015: bool = True
    freelancers: bool = True

    @classmethod
    def without(cls, names: Iterable[str]) -> "Rules":
        """All rules but these.

        Raises
        ------
        UnknownRule
            At the first name that is no rule.
        """
        names = tuple(names)
        known = {field.name for field in fields(cls)}
        for name in names:
            if name not in known:
                raise UnknownRule(name)
        return cls(**dict.fromkeys(names, False))
