"""Items 12 to 14: advice on money, openness, and the profile that grows with each job."""

from collections import defaultdict
from datetime import date

from fotfeste.fidelity.suggestions import marks
from fotfeste.fidelity.suggestions.figures import count, share
from fotfeste.fidelity.suggestions.gathered import Gathered
from fotfeste.fidelity.suggestions.ratings import suggestion
from fotfeste.fidelity.suggestions.shapes import Figure, Suggestion
from fotfeste.indicators.advice import Advised, JobStart, TermStart, advice_at_new_terms, advice_before_start
from fotfeste.indicators.records import counts_as_employer_contact

SEVERAL = 2  # talks, sessions


def benefits_advice(g: Gathered) -> Suggestion:
    """Item 12: job starts with advice by a trained adviser before them, and new terms with new advice."""
    item = g.item("12")
    window = g.window(item)
    starts = [
        JobStart(job=job.id, person=job.person, on=job.starts_on)
        for job in g.records.jobs
        if window.contains(job.starts_on)
    ]
    terms = [
        TermStart(term=f"{job.id}@{term.starts_on}", person=job.person, on=term.starts_on)
        for job in g.records.jobs
        for term in sorted(job.terms, key=lambda term: term.starts_on)[1:]
        if window.contains(term.starts_on)
    ]
    before = advice_before_start(starts, g.records.advice)
    again = advice_at_new_terms(terms, g.records.advice, on=g.last_day)
    return suggestion(
        item,
        window,
        figures=[_advised("advice_before_start", before), _advised("advice_at_new_terms", again)],
        told=[] if starts else [marks.NO_RECORDS],
    )


def openness(g: Gathered) -> Suggestion:
    """Item 13: of those for whom an employer was first met in the period, who had talked of openness before that."""
    item = g.item("13")
    window = g.window(item)
    talks = defaultdict(list)
    for one in g.records.openness:
        if one.on < g.end:
            talks[one.participant].append(one)
    first: dict[str, date] = {}
    for person, contacts in g.contacts_about.items():
        met = [contact.on for contact in contacts if counts_as_employer_contact(contact)]
        if met and window.contains(min(met)):
            first[person] = min(met)
    before = [person for person, on in first.items() if any(one.weighed and one.on <= on for one in talks[person])]
    concrete = [person for person in first if any(one.concrete for one in talks[person])]
    often = [person for person in first if len({one.on for one in talks[person]}) >= SEVERAL]
    figures = [
        share("openness_weighed_before_contact", before, first, part="b"),
        share("openness_concrete", concrete, first, part="c"),
        share("openness_taken_up_again", often, first, part="d"),
    ]
    return suggestion(item, window, figures=figures, told=[] if first else [marks.NO_RECORDS])


def profile(g: Gathered) -> Suggestion:
    """Item 14: of those who started in the period, who has a profile of several sessions; jobs it has learnt from."""
    item = g.item("14")
    window = g.window(item)
    sessions: dict[str, set[date]] = defaultdict(set)
    for one in g.records.profile_sessions:
        if one.on < g.end:
            sessions[one.participant].add(one.on)
    started = [one.id for one in g.records.participants if one.entered_on and window.contains(one.entered_on)]
    changed = {
        f"{job.id}@{on}": (job.person, on)
        for job in g.records.jobs
        for on in (job.starts_on, job.ends_on)
        if on and window.contains(on)
    }
    learnt = [id for id, (person, on) in changed.items() if any(day >= on for day in sessions[person])]
    figures = [
        share("profile_of_several_sessions", [id for id in started if len(sessions[id]) >= SEVERAL], started),
        count("profile_sessions", [f"{id}@{day}" for id in started for day in sessions[id]]),
        share("profile_updated_after_job", learnt, changed),
    ]
    return suggestion(item, window, figures=figures, told=[] if started or changed else [marks.NO_RECORDS])


def _advised(id: str, told: Advised) -> Figure:
    return share(id, told.advised, told.all)
