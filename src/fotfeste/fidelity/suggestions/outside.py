"""Items 24 and 25: time out in the community, and attempts to reach those who stay away."""

from collections import Counter
from decimal import Decimal

from fotfeste.fidelity.suggestions import marks
from fotfeste.fidelity.suggestions.figures import count, number, ratio
from fotfeste.fidelity.suggestions.gathered import Gathered
from fotfeste.fidelity.suggestions.ratings import Counted, for_each, suggestion
from fotfeste.fidelity.suggestions.shapes import Suggestion
from fotfeste.indicators.outreach import outreach
from fotfeste.indicators.records import field_minutes
from fotfeste.indicators.working_time import hours_contracted, whole_weeks

HOUR = Decimal(60)


def in_the_community(g: Gathered) -> Suggestion:
    """Item 24: hours out in the community, travel included / agreed hours less absence, over whole weeks."""
    item = g.item("24")
    weeks = whole_weeks(g.period)
    assert weeks.end is not None
    if (weeks.end - weeks.start).days < 7 * item.window.count:
        return suggestion(item, weeks, told=[marks.TOO_FEW_WEEKS])
    counted = []
    for one in g.staff:
        contacts = [contact for contact in g.contacts.get(one.id, ()) if weeks.contains(contact.on)]
        rounds = [trip for trip in g.rounds.get(one.id, ()) if weeks.contains(trip.on)]
        counted.append(
            Counted(
                specialist=one.id,
                numerator=field_minutes(contacts, rounds) / HOUR,
                denominator=hours_contracted(
                    one.posts,
                    [told for told in g.records.weekly_hours if told.specialist == one.id],
                    g.absences.get(one.id, ()),
                    weeks,
                    full_week=g.options.full_week,
                ),
                ids=[contact.id for contact in contacts if field_minutes([contact], ())],
            )
        )
    return for_each(item, counted, g.scale, weeks)


def outreach_work(g: Gathered) -> Suggestion:
    """Item 25: attempts by whom and how, and why those who ended did."""
    item = g.item("25")
    window = g.window(item)
    told = outreach([attempt for attempt in g.records.outreach if window.contains(attempt.on)])
    ended = [one for one in g.records.participants if one.ended_on and window.contains(one.ended_on)]
    reasons = Counter(one.end_reason or "" for one in ended)
    figures = [
        *(
            count(
                "ended_because", [one.id for one in ended if (one.end_reason or "") == reason], about=reason, part="a"
            )
            for reason in sorted(reasons)
        ),
        number("attempts", told.attempts, part="b"),
        ratio("attempts_a_person", told.attempts, told.people, part="b"),
        number("attempts_by_team", told.by_team, part="c"),
        number("visits", told.visits, part="d"),
        number("people_visited_often", told.people_visited_often, part="d"),
        number("joint_visits", told.joint_visits, part="e"),
        number("family_contacts", told.family, part="f"),
    ]
    return suggestion(item, window, figures=figures, told=[] if told.attempts or ended else [marks.NO_RECORDS])
