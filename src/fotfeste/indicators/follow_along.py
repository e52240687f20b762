"""The follow-along schedule of a job: when to meet the person, and whether that was done (IPS-25 item 23).

In person in the week before the start, in the first three days, in each of the first four weeks and in each month
after that, and within three days of it becoming known that the job is lost. The source says face-to-face: a call, a
message or a video meeting closes nothing, however good it was. Nor does a meeting with the employer alone.

What holds on the last day of a window decides whether it is asked for: where the job, the follow-up or the person's
yes has ended by then, the time to do it in did not run out. A meeting in the window closes it all the same.

References
----------
.. [1] The IPS-25 fidelity scale, item 23, time-unlimited follow-along supports.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fotfeste.periods import Period, add_months

BEFORE_START = timedelta(days=7)
FIRST_DAYS = timedelta(days=3)  # after the day of the start
LOSS_DAYS = timedelta(days=3)  # after the day that the loss became known
WEEK = timedelta(days=7)
WEEKS = 4


class Step(StrEnum):
    BEFORE_START = "before_start"
    FIRST_DAYS = "first_days"
    WEEK = "week"
    MONTH = "month"
    JOB_LOSS = "job_loss"


class State(StrEnum):
    DONE = "done"
    OPEN = "open"  # today lies in it
    MISSED = "missed"
    AHEAD = "ahead"
    DECLINED = "declined"  # the person did not want it then: outside the denominator


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedJob:
    """The dates of a job that the schedule hangs on. An agreed job that has not begun has only the week before."""

    starts_on: date
    begun: bool = True
    ends_on: date | None = None  # the first day outside it
    end_known_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One time to meet in, of days ``[start, end)``, and what became of it. ``number`` counts weeks and months."""

    step: Step
    number: int
    days: Period[date]
    state: State
    met_on: date | None = None

    @property
    def last_day(self) -> date:
        assert self.days.end is not None
        return self.days.end - timedelta(days=1)


def follow_along(
    job: FollowedJob,
    met: Collection[date],
    *,
    on: date,
    declined: Collection[Period[date]] = (),
    followed: Period[date] | None = None,
) -> tuple[Window, ...]:
    """Give the windows of a job until a day, each with what became of it.

    Parameters
    ----------
    job : FollowedJob
        When it starts, whether it has begun, when it ended and when that became known.
    met : collection of date
        The days of meetings in person with the participant, those alone.
    on : date
        The day it is asked. Months that begin later are left out; the first weeks are there as ahead.
    declined : collection of Period
        When the person did not want follow-up: own words, an agreed pause, a step-down.
    followed : Period, optional
        When the service followed the person at all. Always, if not given.

    Returns
    -------
    tuple of Window
        In the order of their first day.
    """
    followed = followed or Period(date.min)
    known = sorted(day for day in met if day <= on)
    windows = []
    for step, number, days in _schedule(job, on):
        end = days.end
        assert end is not None
        if end <= followed.start:
            continue
        if days.start < followed.start:  # who came to the service in the middle of a window has what is left of it
            days = Period(followed.start, end)
        last = end - timedelta(days=1)
        at = bisect_left(known, days.start)
        met_on = known[at] if at < len(known) and known[at] < end else None
        held = step in (Step.BEFORE_START, Step.JOB_LOSS) or job.ends_on is None or last < job.ends_on
        if met_on is None and not (held and followed.contains(last)):
            continue
        windows.append(
            Window(step=step, number=number, days=days, met_on=met_on, state=_state(days, last, met_on, on, declined))
        )
    return tuple(sorted(windows, key=lambda window: (window.days.start, window.last_day)))


def kept(windows: Iterable[Window]) -> tuple[int, int]:
    """Count the windows that were met in, and those that could have been: done or missed."""
    states = [window.state for window in windows]
    done = states.count(State.DONE)
    return done, done + states.count(State.MISSED)


def _schedule(job: FollowedJob, on: date) -> Iterator[tuple[Step, int, Period[date]]]:
    start = job.starts_on
    if not job.begun and job.ends_on is not None:  # came to nothing
        return
    yield Step.BEFORE_START, 0, Period(start - BEFORE_START, start)
    if not job.begun:
        return
    yield Step.FIRST_DAYS, 0, _through(start, FIRST_DAYS)
    for week in range(WEEKS):
        yield Step.WEEK, week + 1, Period(start + week * WEEK, start + (week + 1) * WEEK)
    month = 1
    until = on if job.ends_on is None else min(on, job.ends_on)
    while (begins := add_months(start, month)) <= until:
        yield Step.MONTH, month + 1, Period(begins, add_months(start, month + 1))
        month += 1
    if job.end_known_on is not None:
        yield Step.JOB_LOSS, 0, _through(job.end_known_on, LOSS_DAYS)


def _through(day: date, more: timedelta) -> Period[date]:
    return Period(day, day + more + timedelta(days=1))


def _state(days: Period[date], last: date, met_on: date | None, on: date, declined: Collection[Period[date]]) -> State:
    if met_on is not None:
        return State.DONE
    if any(period.contains(last) for period in declined):
        return State.DECLINED
    if on < days.start:
        return State.AHEAD
    return State.OPEN if on <= last else State.MISSED
