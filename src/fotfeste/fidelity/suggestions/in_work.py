"""Items 22 and 23: support in work, of which kinds, from whom, and for how long."""

from collections import defaultdict
from datetime import date

from fotfeste.employment import Job
from fotfeste.fidelity.suggestions import marks
from fotfeste.fidelity.suggestions.figures import count, mean, number, ratio, share
from fotfeste.fidelity.suggestions.gathered import Gathered
from fotfeste.fidelity.suggestions.ratings import of_unit, rating_of, suggestion
from fotfeste.fidelity.suggestions.shapes import Figure, Suggestion
from fotfeste.indicators.follow_along import FollowedJob, State, Step, Window, follow_along, kept
from fotfeste.indicators.records import Giver
from fotfeste.periods import Period, add_months

MONTHS = 4  # met in person in each of so many


def individual_support(g: Gathered) -> Suggestion:
    """Item 22: of those in work in the period, who has measures in the support plan, how many and from whom."""
    item = g.item("22")
    window = g.window(item)
    working = {job.person for job in g.jobs_held(window)}
    measures: dict[str, list[Giver]] = defaultdict(list)
    for one in g.records.support_measures:
        if one.participant in working:
            measures[one.participant].append(one.giver)
    several = [person for person, givers in measures.items() if len(set(givers)) > 1]
    by_employer = [person for person, givers in measures.items() if Giver.EMPLOYER in givers]
    figures = [
        share("with_support_measures", measures, working),
        number("measures_a_person", mean([len(measures.get(person, ())) for person in sorted(working)])),
        share("support_from_several", several, working),
        share("support_from_employer", by_employer, working),
    ]
    return suggestion(item, window, figures=figures, told=[] if working else [marks.NO_RECORDS])


def lasting_support(g: Gathered) -> Suggestion:
    """Item 23, in part: of the jobs whose first four months ran out in the window, those met in person in each.

    Month 1 is met by a meeting in any of its four weeks. A job that ended before, and one for which the person said
    "not now" in those months, is left out. The rest of the schedule stands beside; 4 and 5 are for a person.
    """
    item = g.item("23")
    window = g.window(item)
    steps: dict[str, tuple[Job, tuple[Window, ...]]] = {
        job.id: (job, _steps(g, job)) for job in g.jobs_held(window) if job.starts_on < g.end
    }
    followed: list[str] = []
    met: list[str] = []
    later: list[str] = []
    left_out: dict[str, list[str]] = defaultdict(list)
    for id, (job, windows) in steps.items():
        four_months = add_months(job.starts_on, MONTHS)
        if job.starts_on < g.entered_on(job.person):
            left_out["began_before_us"].append(id)
        elif four_months > g.end:
            left_out["younger_than_four_months"].append(id)
        elif four_months <= window.start:
            left_out["older"].append(id)
        elif job.ends_on is not None and job.ends_on < four_months:
            left_out["ended_before_four_months"].append(id)
        elif any(state == State.DECLINED for state in _by_month(windows).values()):
            left_out["not_now"].append(id)
        else:
            followed.append(id)
            months = _by_month(windows)
            if all(months.get(month) == State.DONE for month in range(1, MONTHS + 1)):
                met.append(id)
            if any(state == State.DONE and month > 1 for month, state in months.items()):
                later.append(id)
    figures = [
        share("met_after_month_1", later, followed),
        *_steps_kept(g, [windows for _, windows in steps.values()], window),
        _named_takers(g, window),
        *(count("jobs_left_out", ids, about=why) for why, ids in sorted(left_out.items())),
    ]
    value = of_unit(item, len(met), len(followed))
    if value is None:
        return suggestion(item, window, figures=figures, told=[marks.NO_RECORDS])
    rating = rating_of(item, value, g.scale)
    lowest, highest = min(item.suggests), max(item.suggests)
    unsure = rating == lowest and bool(later)
    told = [*([marks.MET_AFTER_MONTH_1] if unsure else []), *([marks.HIGHER_BY_HAND] if rating == highest else [])]
    return suggestion(
        item,
        window,
        rating=rating,
        choices=(lowest, lowest + 1) if unsure else (),
        number=value,
        numerator=len(met),
        denominator=len(followed),
        figures=figures,
        told=told,
        ids=met,
        of_ids=followed,
    )


def _steps(g: Gathered, job: Job) -> tuple[Window, ...]:
    end, known = g.job_ends.get(job.id), g.participants.get(job.person)
    return follow_along(
        FollowedJob(starts_on=job.starts_on, ends_on=job.ends_on, end_known_on=end.known_on if end else None),
        g.met_in_person.get(job.person, ()),
        on=g.last_day,
        declined=g.not_now.get(job.person, ()),
        followed=Period(known.entered_on, known.ended_on) if known and known.entered_on else None,
    )


def _by_month(windows: tuple[Window, ...]) -> dict[int, State]:
    """What became of each month: of the first, the best of its weeks."""
    weeks = [window.state for window in windows if window.step == Step.WEEK]
    best = next((state for state in (State.DONE, State.DECLINED, State.MISSED) if state in weeks), State.AHEAD)
    return {1: best} | {window.number: window.state for window in windows if window.step == Step.MONTH}


def _steps_kept(g: Gathered, jobs: list[tuple[Window, ...]], window: Period[date]) -> list[Figure]:
    """Of the times to meet in that ran out in the window, those that were met in, step by step."""
    told = []
    for step in Step:
        asked = [one for windows in jobs for one in windows if one.step == step and window.contains(one.last_day)]
        done, all_asked = kept(asked)
        told.append(ratio("steps_met", done, all_asked, about=step))
    return told


def _named_takers(g: Gathered, window: Period[date]) -> Figure:
    begun = [one for one in g.records.step_downs if window.contains(one.starts_on)]
    return share(
        "step_downs_with_taker",
        [one.participant for one in begun if one.taker_named],
        [one.participant for one in begun],
    )
