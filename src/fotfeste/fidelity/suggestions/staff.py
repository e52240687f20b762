"""Items 1 to 3: how many participants, how much other work, and whether one job specialist goes all the way."""

from decimal import Decimal

from fotfeste.fidelity.suggestions import marks
from fotfeste.fidelity.suggestions.figures import count, share
from fotfeste.fidelity.suggestions.gathered import Gathered
from fotfeste.fidelity.suggestions.ratings import Counted, for_each, suggestion
from fotfeste.fidelity.suggestions.shapes import Suggestion
from fotfeste.periods import Period


def caseload(g: Gathered) -> Suggestion:
    """Item 1: participants on the last day / share of a full post on that day, for each job specialist."""
    item = g.item("1")
    counted, without_post = [], set()
    for specialist in sorted({one.id for one in g.records.specialists} | set(g.assignments)):
        ids = g.caseload(specialist)
        held = sum(
            (post.share for post in g.posts.get(specialist, ()) if post.period.contains(g.last_day)), start=Decimal(0)
        )
        if held:
            counted.append(Counted(specialist=specialist, numerator=len(ids), denominator=held, ids=ids))
        else:
            without_post |= ids
    return for_each(
        item,
        counted,
        g.scale,
        g.window(item),
        told=[marks.CASELOAD_WITHOUT_POST] if without_post else [],
        figures=(count("caseload_without_post", without_post),) if without_post else (),
    )


def employment_work(g: Gathered) -> Suggestion:
    """Item 2: the mean share of employment work that each states by month, and how many months are stated and seen.

    The months are those that begin in the period.
    """
    item = g.item("2")
    stated = [one for one in g.records.other_work if g.period.contains(one.month)]
    counted = [
        Counted(
            specialist=one.id,
            numerator=Decimal(sum(100 - told.percent for told in stated if told.specialist == one.id)) / 100,
            denominator=sum(told.specialist == one.id for told in stated),
        )
        for one in g.staff
    ]
    months = [f"{told.specialist}@{told.month}" for told in stated]
    seen = [f"{told.specialist}@{told.month}" for told in stated if told.seen_by_supervisor]
    figures = (count("months_stated", months), share("months_seen_by_supervisor", seen, months))
    return for_each(item, counted, g.scale, g.period, figures=figures)


def generalist(g: Gathered) -> Suggestion:
    """Item 3, a hint: of those with a job in the period, how many have had the same job specialist since the start."""
    item = g.item("3")
    window = g.window(item)
    people = {job.person for job in g.jobs_held(window) if job.person in g.participants}
    same = {person for person in people if _one_all_the_way(g, person)}
    figure = share("same_specialist_all_the_way", same, people)
    return suggestion(item, window, figures=(figure,), told=[] if people else [marks.NO_RECORDS])


def _one_all_the_way(g: Gathered, person: str) -> bool:
    entered_on = g.participants[person].entered_on
    if entered_on is None:
        return False
    followed = Period(entered_on, g.end) if entered_on < g.end else None
    return (
        followed is not None
        and len({one.specialist for one in g.assignments_to.get(person, ()) if one.period.overlaps(followed)}) == 1
    )
