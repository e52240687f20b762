"""Working lives written down as employers report them, with everything that a report can get wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fotfeste.register.simulation.lives import Bools, Ints, People, runs

Days = npt.NDArray[np.datetime64]

ORDINARY, BESIDE, ELSEWHERE, SUBSIDISED, SHELTERED, PRACTICE, UNPAID, TINY, FEES, BACKWARDS, UNKNOWN = range(11)
NAMES = ("ordinary", "second_job_same_establishment", "second_job_elsewhere", "wage_subsidy", "vta", "work_practice",
         "job_without_pay", "tiny_job_from_2015", "freelance_fees", "end_before_start", "unknown_type")  # fmt: skip
LEAST_GAP = 8
"""Months out of work that hold something which is not ordinary work, with room on both sides of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traps:
    """How often each thing is wrong: shares of jobs, of longer stretches out of work, or of people.

    Self-employed people are not in the a-melding: nothing is made of them. The control group is offered more wage
    subsidy than the others, so that whoever counts subsidised work finds too small an effect.
    """

    second_job_same_establishment: float = 0.08
    second_job_elsewhere: float = 0.08
    missing_end: float = 0.06
    late_end: float = 0.04
    late_correction: float = 0.05
    wage_subsidy: float = 0.05
    wage_subsidy_control: float = 0.25
    vta: float = 0.03
    work_practice: float = 0.08
    job_without_pay: float = 0.05
    tiny_job_from_2015: float = 0.05
    freelance_fees: float = 0.03
    end_before_start: float = 0.005
    unknown_type: float = 0.005
    first_pay_late: float = 0.05
    pay_gap: float = 0.05
    layoff: float = 0.03
    leave: float = 0.03
    sick: float = 0.04
    holiday_pay_after: float = 0.20
    pay_without_job: float = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Spells:
    """Jobs of a block of people: who, which of the kinds above, and the first and last month."""

    person: Ints
    kind: Ints
    first: Ints
    last: Ints
    next_first: Ints  # the month of the person's next ordinary work, or one after the last
    establishment: Ints
    percent: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return self.person.size

    def only(self, keep: Bools | Ints) -> "Spells":
        return Spells(**{name: getattr(self, name)[keep] for name in self.__slots__})

    def joined(self, *others: "Spells") -> "Spells":
        return Spells(
            **{name: np.concatenate([getattr(one, name) for one in (self, *others)]) for name in self.__slots__}
        )


def spells(
    worked: Bools, people: People, traps: Traps, random: np.random.Generator, *, pay_month: int, establishments: int
) -> Spells:
    """One ordinary job for each stretch of work, second jobs beside some, and other things in stretches without."""
    months = worked.shape[1]
    person, first, last = runs(worked)
    following = np.append(first[1:], months)
    same = np.append(person[1:] == person[:-1], False)
    main = _made(person, ORDINARY, first, last, np.where(same, following, months), random, establishments)
    chance = random.random(len(main))
    beside = main.only(chance < traps.second_job_same_establishment)
    elsewhere = main.only(
        (chance >= traps.second_job_same_establishment)
        & (chance < traps.second_job_same_establishment + traps.second_job_elsewhere)
    )
    beside = _changed(beside, kind=BESIDE, percent=20.0)
    elsewhere = _changed(elsewhere, kind=ELSEWHERE, percent=20.0)
    elsewhere.establishment[:] = (elsewhere.establishment + 1) % establishments
    return main.joined(beside, elsewhere, _in_gaps(worked, people, traps, random, pay_month, establishments))


def _in_gaps(
    worked: Bools, people: People, traps: Traps, random: np.random.Generator, pay_month: int, establishments: int
) -> Spells:
    """What looks like work in stretches without. It begins in the second month and leaves the last two free."""
    months = worked.shape[1]
    out = ~worked & (np.arange(months) <= people.gone[:, None]) & (np.arange(months) >= pay_month)
    person, first, last = runs(out)
    long = last - first + 1 >= LEAST_GAP
    person, first, last = person[long], first[long], last[long]
    after = first > people.included[person]
    subsidy = np.where(people.offered[person], traps.wage_subsidy, traps.wage_subsidy_control)
    chances = np.stack(
        [
            np.where(after, subsidy, 0.0),
            np.where(after, traps.vta, 0.0),
            *(
                np.full(person.size, rate)
                for rate in (
                    traps.work_practice,
                    traps.job_without_pay,
                    traps.tiny_job_from_2015,
                    traps.freelance_fees,
                    traps.end_before_start,
                    traps.unknown_type,
                )
            ),
        ]
    ).cumsum(axis=0)
    kind = SUBSIDISED + (random.random(person.size) >= chances).sum(axis=0)
    chosen = kind <= UNKNOWN
    length = np.minimum(random.integers(2, 13, person.size), last - first - 2)
    told = _made(person, 0, first + 1, first + length, last + 1, random, establishments)
    told.kind[:] = kind
    told.percent[kind == TINY] = 5.0
    return told.only(chosen)


def _made(
    person: Ints, kind: int, first: Ints, last: Ints, next_first: Ints, random: np.random.Generator, establishments: int
) -> Spells:
    return Spells(
        person=person,
        kind=np.full(person.size, kind),
        first=first,
        last=last,
        next_first=next_first,
        establishment=random.integers(0, establishments, person.size),
        percent=random.choice([20.0, 40.0, 50.0, 60.0, 80.0, 100.0], person.size, p=[0.1, 0.1, 0.2, 0.15, 0.15, 0.3]),
    )


def _changed(told: Spells, *, kind: int, percent: float) -> Spells:
    told.kind[:] = kind
    told.percent[:] = percent
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What is written of the spells: their days, how they are reported, and the months that are without pay."""

    start: Days
    stop: Days  # the true last day
    end: Days  # as reported at last; NaT where it is missing
    wrong_end: Days  # as reported first, where it was corrected
    unemployed: Bools  # registered as fully unemployed the day after the true end
    died_in_it: Bools
    silent: Mapping[str, tuple[Ints, Ints, Ints]]  # spell, first and last month without pay, by reason


def report(
    told: Spells, people: People, traps: Traps, random: np.random.Generator, *, epoch: int, pay_month: int
) -> Reported:
    """Dates for spells, right and wrong. A job begins before the reference week and ends after it."""
    n = len(told)
    start = day(told.first, random.integers(1, 11, n), epoch)
    stop = day(told.last, 23 + (told.person * 7 + told.last) % 6, epoch)  # the same in all jobs of one stretch of work
    stop = np.where(told.kind == BACKWARDS, start - 40, stop)
    paid = np.isin(told.kind, (ORDINARY, BESIDE, ELSEWHERE))
    chance, later = random.random(n), random.integers(30, 180, n)
    open_end = told.next_first - told.last > 2
    missing = paid & open_end & (chance < traps.missing_end)
    late = paid & open_end & ~missing & (chance < traps.missing_end + traps.late_end)
    corrected = paid & ~missing & ~late & (chance > 1 - traps.late_correction)
    died_in_it = paid & people.died[told.person] & (told.last == people.gone[told.person])
    goes_on = paid & (told.last == told.next_first - 1) & ~died_in_it  # still there when the registers end
    end = np.where(missing | died_in_it | goes_on, np.datetime64("NaT"), np.where(late, stop + later, stop))
    return Reported(
        start=start,
        stop=stop,
        end=end,
        wrong_end=np.where(corrected & ~died_in_it & ~goes_on, stop + later, np.datetime64("NaT")),
        unemployed=(missing | late) & ~died_in_it & ~goes_on,
        died_in_it=died_in_it,
        silent=_silences(told, paid, traps, random, pay_month),
    )


def _silences(
    told: Spells, paid: Bools, traps: Traps, random: np.random.Generator, pay_month: int
) -> dict[str, tuple[Ints, Ints, Ints]]:
    """Months without pay that are work all the same: each job of six months or more has one reason at most."""
    long = paid & (told.last - told.first >= 5)
    rates = {"first": traps.first_pay_late, "gap": traps.pay_gap, "layoff": traps.layoff, "other": traps.leave}
    rates["sick"] = traps.sick
    lengths = {"first": 1, "gap": 1, "layoff": 2, "other": 2, "sick": 3}
    chance, low = random.random(len(told)), 0.0
    silent = {}
    for reason, rate in rates.items():
        at = np.flatnonzero(long & (chance >= low) & (chance < low + rate))
        if reason == "gap":  # excused by pay in the months beside, of which the first that is ever reported has one
            at = at[told.first[at] + 2 > pay_month]
        begins = told.first[at] + (0 if reason == "first" else 2)
        silent[reason] = (at, begins, begins + lengths[reason] - 1)
        low += rate
    return silent


def day(month: Ints, in_month: npt.ArrayLike, epoch: int) -> Days:
    """The day of a month, which is counted from ``epoch`` (year * 12 + month - 1)."""
    first = (np.asarray(month) + epoch - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]")
    told: Days = first + (np.asarray(in_month) - 1).astype("timedelta64[D]")
    return told
