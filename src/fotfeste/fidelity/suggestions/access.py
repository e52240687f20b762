"""Items 9 to 11: who gets in, and what the agency and its leaders do."""

from collections import defaultdict

from fotfeste.fidelity.suggestions import marks
from fotfeste.fidelity.suggestions.figures import count, median, number, share
from fotfeste.fidelity.suggestions.gathered import Gathered
from fotfeste.fidelity.suggestions.ratings import suggestion
from fotfeste.fidelity.suggestions.shapes import Figure, Suggestion
from fotfeste.indicators.records import MilestoneKind, NotOffered, ReferralOutcome, Source

PARTS_OF_11 = {
    MilestoneKind.FIDELITY_REVIEW: "b",
    MilestoneKind.STEERING_MEETING: "c",
    MilestoneKind.AIMS_TOLD: "d",
    MilestoneKind.OBSTACLES_RAISED: "e",
}


def zero_exclusion(g: Gathered) -> Suggestion:
    """Item 9: who was not offered the service and why, the wait, where people come from, and help with a next job."""
    item = g.item("9")
    window = g.window(item)
    received = [one for one in g.records.referrals if window.contains(one.received_on)]
    refused: dict[NotOffered, list[str]] = defaultdict(list)
    for one in g.records.referrals:
        if one.outcome == ReferralOutcome.NOT_OFFERED and one.outcome_on and window.contains(one.outcome_on):
            refused[one.not_offered_reason or NotOffered.OTHER].append(one.participant)
    sources: dict[Source, list[str]] = defaultdict(list)
    for one in received:
        sources[one.source].append(one.participant)
    waits = [
        (entered_on - one.received_on).days
        for one in g.records.referrals
        if (known := g.participants.get(one.participant))
        and (entered_on := known.entered_on)
        and window.contains(entered_on)
    ]
    all_received = [one.participant for one in received]
    figures: list[Figure] = [
        count("referrals", all_received),
        *(count("not_offered", ids, about=reason) for reason, ids in sorted(refused.items())),
        number("referral_sources", len(sources)),
        *(share("referrals_from", ids, all_received, about=source) for source, ids in sorted(sources.items())),
        number("median_days_to_start", median(waits)),
    ]
    ended = [job.id for job in g.records.jobs if job.ends_on and window.contains(job.ends_on)]
    said = [id for id in ended if id in g.job_ends and g.job_ends[id].next_job_offered is not None]
    offered = [id for id in said if g.job_ends[id].next_job_offered]
    figures.append(share("next_job_offered", offered, said))
    return suggestion(item, window, figures=figures, told=[] if received else [marks.NO_RECORDS])


def agency_focus(g: Gathered) -> Suggestion:
    """Item 10: the days on which results were shared with leaders and staff."""
    item = g.item("10")
    return suggestion(item, g.window(item), figures=[_days(g, "10", MilestoneKind.RESULTS_SHARED, "e")])


def leadership(g: Gathered) -> Suggestion:
    """Item 11: the days of reviews, steering meetings, aims told and obstacles raised."""
    item = g.item("11")
    return suggestion(item, g.window(item), figures=[_days(g, "11", kind, part) for kind, part in PARTS_OF_11.items()])


def _days(g: Gathered, item: str, kind: MilestoneKind, part: str) -> Figure:
    window = g.window(g.item(item))
    return count(
        "done_on",
        [str(one.on) for one in g.records.milestones if one.kind == kind and window.contains(one.on)],
        about=kind,
        part=part,
    )
