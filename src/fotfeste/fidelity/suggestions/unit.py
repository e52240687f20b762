"""Items 7 and 8: job specialists as one team, and the duties of the supervisor."""

from datetime import date
from decimal import Decimal

from fotfeste.fidelity.suggestions import marks
from fotfeste.fidelity.suggestions.figures import count, number, ratio, share
from fotfeste.fidelity.suggestions.gathered import Gathered
from fotfeste.fidelity.suggestions.ratings import suggestion
from fotfeste.fidelity.suggestions.shapes import Figure, Suggestion
from fotfeste.fidelity.suggestions.stretches import weeks_in
from fotfeste.indicators.records import Supervision, SupervisionKind
from fotfeste.periods import Period


def unit(g: Gathered) -> Suggestion:
    """Item 7: posts on the last day, group supervision by week, and cover named for days away."""
    item = g.item("7")
    window = g.window(item)
    away = [
        (f"{one.specialist}@{one.starts_on}", one.covered)
        for one in g.records.absences
        if Period(one.starts_on, one.ends_on).overlaps(window)
    ]
    figures = (
        number("posts", _posts(g)),
        count("job_specialists", [one.id for one in g.staff]),
        _weeks_with("weeks_with_group_supervision", g, window, [SupervisionKind.GROUP]),
        count("group_supervisions", [one.id for one in _held(g, window, SupervisionKind.GROUP)]),
        share("absences_with_cover", [id for id, covered in away if covered], [id for id, _ in away]),
    )
    return suggestion(item, window, figures=figures, told=_told(g, window))


def supervisor(g: Gathered) -> Suggestion:
    """Item 8: posts led for a supervisor's post, and weekly, monthly and quarterly duties."""
    item = g.item("8")
    window = g.window(item)
    led = sum((one.share for one in g.records.supervisor_posts if one.period.contains(g.last_day)), start=Decimal(0))
    supervisors = {one.supervisor for one in g.records.supervisor_posts} | {
        one.supervisor for one in g.records.supervisions
    }
    figures = [
        ratio("posts_for_a_supervisor", _posts(g), led, part="a"),
        _weeks_with("weeks_with_supervision", g, window, [SupervisionKind.GROUP, SupervisionKind.INDIVIDUAL], part="b"),
    ]
    for team in sorted({one.team for one in g.records.team_memberships if one.period.overlaps(window)}):
        with_supervisor = [
            one.id
            for one in g.records.team_meetings
            if one.team == team and window.contains(one.on) and supervisors & set(one.present)
        ]
        figures.append(count("team_meetings_with_supervisor", with_supervisor, about=team, part="c"))
    mentoring, talks = _held(g, window, SupervisionKind.FIELD), [held for held in _held(g, window) if held.outcome_talk]
    figures += [
        count(id, [held.id for held in each if one.id in held.present], about=one.id, part=part)
        for id, part, each in (("field_mentoring", "d", mentoring), ("outcome_talks", "e", talks))
        for one in g.staff
    ]
    return suggestion(item, window, figures=figures, told=_told(g, window))


def _held(g: Gathered, window: Period[date], *kinds: SupervisionKind) -> list[Supervision]:
    return [one for one in g.records.supervisions if window.contains(one.on) and (not kinds or one.kind in kinds)]


def _weeks_with(
    id: str, g: Gathered, window: Period[date], kinds: list[SupervisionKind], *, part: str | None = None
) -> Figure:
    days = {held.on for held in _held(g, window, *kinds)}
    weeks = weeks_in(window)
    return ratio(id, sum(any(week.contains(day) for day in days) for week in weeks), len(weeks), part=part)


def _posts(g: Gathered) -> Decimal:
    held = (post for one in g.staff for post in one.posts if post.period.contains(g.last_day))
    return sum((post.share for post in held), start=Decimal(0))


def _told(g: Gathered, window: Period[date]) -> list[str]:
    return [] if _held(g, window) else [marks.NO_RECORDS]
