"""What a reader knows to hold between the counts of a results page. Each is used where it holds for the true counts.

``docs/methods/results.md`` says the same in words.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from typing import Any

from .disclosure import Relation

# A count: the span («2026-3»), the figure, «n», «of», «parts» or «left_out», and of which of these.
Count = tuple[str, str, str, str]
ENTERED = (
    "days_to_first_employer_contact",
    "days_to_first_job",
    "job_rate_cohort_6",
    "job_rate_cohort_12",
    "job_rate_cohort_18",
)
SERVED = ("job_rate_caseload", "job_rate_quarter", "job_rate_ips_grow", "in_education")
BEGAN = ("starts_of_16_hours", "starts_of_20_hours")
LASTED = ("sustained_52_weeks", "sustained_26_weeks", "sustained_13_weeks", "sustained_13_of_16_weeks")
ONE_POPULATION = (ENTERED, SERVED, BEGAN, LASTED)
# Sets of which each lies within the next.
WITHIN = (
    (*((figure, "n", "") for figure in ENTERED[2:]), ("days_to_first_job", "n", "")),
    (("starts_of_20_hours", "n", ""), ("starts_of_16_hours", "n", "")),
    tuple((figure, "n", "") for figure in LASTED),
    (("sustained_13_weeks", "of", ""), ("job_starts", "parts", "first_job"), ("job_rate_caseload", "n", "")),
    (("access", "n", ""), ("job_rate_caseload", "of", "")),
    (("closures", "n", ""), ("job_rate_caseload", "of", "")),
    (("transfers_off", "n", ""), ("job_rate_caseload", "n", "")),
    (("year_apprentices", "n", ""), ("job_starts", "n", "")),
    (("year_last_day", "n", ""), ("job_rate_caseload", "of", "")),
)
# Two names for one set.
THE_SAME = (
    (("job_rate_quarter", "n", ""), ("job_rate_caseload", "n", "")),
    (("access", "n", ""), ("days_to_first_employer_contact", "of", "")),
    (("job_starts", "n", ""), ("starts_of_16_hours", "all", "")),
    (("closures", "n", ""), ("closed_into_work", "of", "")),
    (("closures", "parts", "work_unsubsidised"), ("closed_into_work", "n", "")),
    (("year_age", "n", ""), ("job_rate_caseload", "of", "")),
    (("year_team", "n", ""), ("job_rate_caseload", "of", "")),
    (("year_hours", "n", ""), ("starts_of_16_hours", "of", "")),
    (("year_longest_job", "n", ""), ("job_rate_caseload", "n", "")),
)


def counts_of(figures: Mapping[str, Mapping[str, Any]]) -> dict[Count, int]:
    """Name every count that the page would show."""
    counts: dict[Count, int] = {}
    for figure, cells in figures.items():
        for span, cell in cells.items():
            counts |= {(span, figure, name, ""): cell[name] for name in ("n", "of") if cell.get(name) is not None}
            for name in ("parts", "left_out"):
                counts |= {(span, figure, name, which): n for which, n in cell.get(name, {}).items()}
    return counts


def relations_of(counts: dict[Count, int], spans: list[str]) -> list[Relation[Count]]:
    """Give the relations, and add to the counts those that only a relation names."""
    made: list[Relation[Count]] = []
    for span, figure in sorted({(span, figure) for span, figure, _, _ in counts}):
        made += _within_a_figure(counts, span, figure)
    for span in spans:
        made += _between_figures(counts, span)
    made += _between_quarters(counts, [span for span in spans if "-" in span])
    for year in (span for span in spans if "-" not in span):
        made += _of_a_year(counts, year, [span for span in spans if span.startswith(f"{year}-")])
    return made


def _within_a_figure(counts: dict[Count, int], span: str, figure: str) -> Iterator[Relation[Count]]:
    """n + the rest = of; n = its parts; all = of + those left out; n + everybody else = all."""

    def named(name: str) -> list[Count]:
        return [key for key in counts if key[:3] == (span, figure, name)]

    n, of, everybody = ((span, figure, name, "") for name in ("n", "of", "all"))
    if of in counts:
        left_out = named("left_out")
        rest = (span, figure, "rest", "")
        counts[rest] = counts[of] - counts[n]
        counts[everybody] = counts[of] + sum(counts[key] for key in left_out)
        yield {n: 1, rest: 1, of: -1}
        yield {of: 1, everybody: -1} | dict.fromkeys(left_out, 1)
        if left_out:
            others = (span, figure, "others", "")
            counts[others] = counts[everybody] - counts[n]
            yield {n: 1, others: 1, everybody: -1}
    elif parts := named("parts"):
        yield {n: -1} | dict.fromkeys(parts, 1)


def _between_figures(counts: dict[Count, int], span: str) -> Iterator[Relation[Count]]:
    for figures in ONE_POPULATION:
        known = [(span, figure, "all", "") for figure in figures if (span, figure, "all", "") in counts]
        for one, other in pairwise(known):
            yield from _if_so(counts, {one: 1, other: -1})
    for one, other in THE_SAME:
        yield from _if_so(counts, {(span, *one): 1, (span, *other): -1})
    for chain in WITHIN:
        known = [(span, *inner) for inner in chain if (span, *inner) in counts]
        for inner, outer in combinations(known, 2):
            if counts[inner] <= counts[outer]:
                between = (span, inner[1], "and", "".join(outer[1:]))
                counts[between] = counts[outer] - counts[inner]
                yield {inner: 1, between: 1, outer: -1}


def _between_quarters(counts: dict[Count, int], quarters: list[str]) -> Iterator[Relation[Count]]:
    """Those of the quarter before, without those who ended then, and those who came: those of the quarter."""
    for before, quarter in pairwise(quarters):
        yield from _if_so(
            counts,
            {
                (before, "job_rate_caseload", "of", ""): 1,
                (before, "closures", "n", ""): -1,
                (quarter, "access", "n", ""): 1,
                (quarter, "job_rate_caseload", "of", ""): -1,
            },
        )


def _of_a_year(counts: dict[Count, int], year: str, quarters: list[str]) -> Iterator[Relation[Count]]:
    """What happens is summed over the quarters; those served were there in the first, or came in one of the others.

    On the last day there are those of the last quarter without those who ended; a year after, those who came the year
    before are asked for.
    """
    for key in [key for key in counts if key[0] == year]:
        yield from _if_so(counts, {key: -1} | {(quarter, *key[1:]): 1 for quarter in quarters}, absent=0)
    served = ("job_rate_caseload", "of", "")
    first, *others = quarters
    came = {(quarter, "access", "n", ""): 1 for quarter in others}
    yield from _if_so(counts, {(year, *served): -1, (first, *served): 1} | came)
    last = (quarters[-1], *served)
    ended = (quarters[-1], "closures", "n", "")
    yield from _if_so(counts, {last: 1, ended: -1, (year, "year_last_day", "n", ""): -1})
    for months, came_in in ((6, (-2, 2)), (12, (-4, 0)), (18, (-6, -2))):
        came = {(_quarter(year, n), "access", "n", ""): -1 for n in range(*came_in)}
        yield from _if_so(counts, {(year, f"year_in_work_{months}", "of", ""): 1} | came)


def _quarter(year: str, after: int) -> str:
    """So many quarters after the first of a year, or before it."""
    years, quarter = divmod(after, 4)
    return f"{int(year) + years}-{quarter + 1}"


def _if_so(
    counts: Mapping[Count, int], relation: Relation[Count], absent: int | None = None
) -> Iterator[Relation[Count]]:
    """Give a relation between counts that there are, where it holds."""
    there = {key: sign for key, sign in relation.items() if key in counts}
    if absent is None and len(there) < len(relation):
        return
    if len(there) > 1 and sum(sign * counts[key] for key, sign in there.items()) == 0:
        yield there
