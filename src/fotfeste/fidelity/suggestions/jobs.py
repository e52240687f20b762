"""Items 19 to 21: how different the jobs and the employers are, and whether the jobs are ordinary ones."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal

from fotfeste.employment import Form, Job, Term, is_ordinary, work_definition
from fotfeste.fidelity.suggestions import marks
from fotfeste.fidelity.suggestions.figures import count, share
from fotfeste.fidelity.suggestions.gathered import Gathered
from fotfeste.fidelity.suggestions.ratings import capped, of_unit, rating_of, suggestion
from fotfeste.fidelity.suggestions.shapes import Figure, Suggestion

CAP = "fewer_than_ten_current_jobs"


def diverse_jobs(g: Gathered) -> Suggestion:
    """Item 19: two readings of how many kinds of job there are, by STYRK-08; a reviewer may merge kinds."""
    item = g.item("19")
    jobs = g.jobs_held(g.window(item))
    figures = _two_readings("types", jobs, lambda job: job.occupation)
    return suggestion(item, g.window(item), figures=figures, told=[] if jobs else [marks.NO_RECORDS])


def diverse_employers(g: Gathered) -> Suggestion:
    """Item 20: the same two readings of the establishments, and of the companies they belong to where known."""
    item = g.item("20")
    jobs = g.jobs_held(g.window(item))
    company = {employer.id: employer.company for employer in g.records.employers}
    figures = [
        *_two_readings("establishments", jobs, lambda job: job.employer),
        *_two_readings("companies", jobs, lambda job: company.get(job.employer) or job.employer),
    ]
    return suggestion(item, g.window(item), figures=figures, told=[] if jobs else [marks.NO_RECORDS])


def _two_readings(what: str, jobs: Iterable[Job], kind: Callable[[Job], str]) -> list[Figure]:
    of_kind: dict[str, list[Job]] = defaultdict(list)
    for job in jobs:
        of_kind[kind(job)].append(job)
    ids = [job.id for same in of_kind.values() for job in same]
    alone = [job.id for same in of_kind.values() if len({job.person for job in same}) == 1 for job in same]
    # One job stands for each kind, so that the share can be followed back to jobs.
    distinct = [min(job.id for job in same) for same in of_kind.values()]
    return [share(f"distinct_{what}", distinct, ids), share(f"jobs_alone_of_{what}", alone, ids)]


def ordinary_jobs(g: Gathered) -> Suggestion:
    """Item 21: the share of jobs held in the period that are ordinary by their last terms in it.

    With few jobs on the last day, the scale's rule for that stands beside the share and a person chooses.
    """
    item = g.item("21")
    window = g.window(item)
    definition = work_definition("item_21")
    last = {job.id: _last_term(job, g) for job in g.jobs_held(window)}
    known = {id: term for id, term in last.items() if term is not None}
    ordinary = [id for id, term in known.items() if is_ordinary(term, definition).counts]
    now = [job.id for job in g.records.jobs if job.period.contains(g.last_day)]
    figures = [
        count("current_jobs", now),
        *(count("jobs_by_form", [id for id, term in known.items() if term.form == form], about=form) for form in Form),
    ]
    number = of_unit(item, len(ordinary), len(known))
    few = len(now) < item.rule("few_current_jobs")
    rating = None if number is None else rating_of(item, number, g.scale)
    told = [marks.FEW_JOBS] if few else []
    return suggestion(
        item,
        window,
        rating=rating,
        choices=() if rating is None or not few else (capped(item, rating, [CAP]), rating),
        number=number,
        numerator=Decimal(len(ordinary)),
        denominator=Decimal(len(known)),
        figures=figures,
        told=told if known else [marks.NO_RECORDS],
        ids=ordinary,
        of_ids=known,
    )


def _last_term(job: Job, g: Gathered) -> Term | None:
    """The terms that held last in the period."""
    held = [term for term in job.terms if term.starts_on < g.end]
    return max(held, key=lambda term: term.starts_on, default=None)
