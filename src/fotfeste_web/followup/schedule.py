"""The follow-along schedule of a participant's jobs, from the records to the pure rule and to words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste.indicators.follow_along import FollowedJob, State, Step, Window, follow_along
from fotfeste.periods import Period
from fotfeste_web.ui.formats import day

from .facts import Facts

WARNS_BEFORE = timedelta(days=7)  # in a month, the last week of it
LOSS_ASKED_FOR = timedelta(days=30)  # a job loss that nobody has met the person about is not let go of at once

LABELS = {
    Step.BEFORE_START: "Uka før",
    Step.FIRST_DAYS: "Første dager",
    Step.WEEK: "Uke {}",
    Step.MONTH: "Måned {}",
    Step.JOB_LOSS: "Etter slutten",
}
REASONS = {
    Step.BEFORE_START: "Møtes i uka før jobbstart",
    Step.FIRST_DAYS: "Møtes i de første tre dagene på jobb",
    Step.WEEK: "Møtes hver uke den første måneden",
    Step.MONTH: "Møtes hver måned så lenge jobben varer",
    Step.JOB_LOSS: "Møtes innen tre dager etter at det ble kjent at jobben tar slutt",
}
STATES = {
    State.DONE: ("Møtt", "success"),
    State.OPEN: ("Åpen", "info"),
    State.MISSED: ("Ikke møtt", "warning"),
    State.AHEAD: ("Kommer", "neutral"),
    State.DECLINED: ("Regnes ikke med", "neutral"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """What the schedule asks for now: the window, and whether it should have been done."""

    window: Window
    late: bool


def windows_of(job: FollowedJob, facts: Facts, today: date) -> tuple[Window, ...]:
    return follow_along(
        job,
        facts.contacts.met,
        on=today,
        declined=[*facts.declined, *facts.rests],
        followed=_followed(job, facts.periods),
    )


def _followed(job: FollowedJob, periods: Iterable[Period[date]]) -> Period[date]:
    """The last time in the service that the job touches. Outside the service nobody is followed."""
    around = Period(job.starts_on - timedelta(days=7), job.ends_on and job.ends_on + timedelta(days=7))
    touched = [period for period in periods if period.overlaps(around)]
    return max(touched, key=lambda period: period.start, default=Period(job.starts_on, job.starts_on))


def due_now(facts: Facts, today: date) -> Due | None:
    """Give the window that asks first, of all the jobs of a person; a meeting closes it in all of them."""
    if any(period.contains(today) for period in (*facts.declined, *facts.rests)):
        return None
    asked = [due for job in facts.jobs.values() if (due := _due_of(job, facts, today))]
    return min(asked, key=lambda due: due.window.last_day, default=None)


def _due_of(job: FollowedJob, facts: Facts, today: date) -> Due | None:
    windows = windows_of(job, facts, today)
    asked = [window for window in windows if window.state is State.OPEN and _asks(window, windows, today)]
    if asked:
        first = min(asked, key=lambda window: window.last_day)
        return Due(first, late=_missed_before(first, windows))
    lost = next((window for window in windows if window.step is Step.JOB_LOSS), None)
    if (
        lost is not None
        and lost.state is State.MISSED
        and today <= lost.last_day + LOSS_ASKED_FOR
        and not any(on > lost.last_day for on in facts.contacts.met)
    ):
        return Due(lost, late=True)
    return None


def _asks(window: Window, windows: tuple[Window, ...], today: date) -> bool:
    return window.step is not Step.MONTH or _missed_before(window, windows) or window.last_day - today < WARNS_BEFORE


def _missed_before(window: Window, windows: tuple[Window, ...]) -> bool:
    """Whether the last window that was over when this one began was missed, and nobody has met since."""
    over = [other for other in windows if other.last_day < window.days.start]
    return bool(over) and over[-1].state is State.MISSED


def label(window: Window) -> str:
    return LABELS[window.step].format(window.number)


def span(window: Window, today: date) -> str:
    return f"{day(window.days.start, today)} – {day(window.last_day, today)}"
