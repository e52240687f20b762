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

LEFT_OUT = ("began_before_us", "younger", "older", "ended_before", "not_now")


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
    steps = {job.id: (job, _steps(g, job)) for job in g.jobs_held(window)}
    fates: dict[str, list[str]] = defaultdict(list)
    for id, (job, windows) in steps.items():
        fates[_fate(g, job, windows, window)].append(id)
    met, later = fates["met"], [*fates["met"], *fates["later"]]
    followed = [*later, *fates["not_later"]]
    figures = [
        share("met_after_month_1", later, followed),
        *_steps_kept(g, [windows for _, windows in steps.values()], window),
        _named_takers(g, window),
        *(count("jobs_left_out", ids, about=fate) for fate, ids in sorted(fates.items()) if fate in LEFT_OUT and ids),
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


def _fate(g: Gathered, job: Job, windows: tuple[Window, ...], window: Period[date]) -> str:
    """Why a job is left out, or whether the person was met in all of the first months, after the first, or not."""
    months_met = g.item("23").rule("months_met")
    over_on = add_months(job.starts_on, months_met)
    months = _by_month(windows)
    if job.starts_on < g.entered_on(job.person):
        return "began_before_us"
    if over_on > g.end:
        return "younger"
    if over_on <= window.start:
        return "older"
    if job.ends_on is not None and job.ends_on < over_on:
        return "ended_before"
    if State.DECLINED in months[:months_met]:
        return "not_now"
    if months[:months_met] == [State.DONE] * months_met:
        return "met"
    return "later" if State.DONE in months[1:] else "not_later"


def _steps(g: Gathered, job: Job) -> tuple[Window, ...]:
    end, known = g.job_ends.get(job.id), g.participants.get(job.person)
    return follow_along(
        FollowedJob(starts_on=job.starts_on, ends_on=job.ends_on, end_known_on=end.known_on if end else None),
        g.met_in_person.get(job.person, ()),
        on=g.last_day,
        declined=g.not_now.get(job.person, ()),
        followed=Period(known.entered_on, known.ended_on) if known and known.entered_on else None,
    )


def _by_month(windows: tuple[Window, ...]) -> list[State]:
    """What became of each month in turn: of the first, the best of its weeks; a month not asked for is ahead."""
    weeks = [window.state for window in windows if window.step == Step.WEEK]
    best = next((state for state in (State.DONE, State.DECLINED, State.MISSED) if state in weeks), State.AHEAD)
    months = {window.number: window.state for window in windows if window.step == Step.MONTH}
    return [best, *(months.get(month, State.AHEAD) for month in range(2, max(months, default=1) + 1))]


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
