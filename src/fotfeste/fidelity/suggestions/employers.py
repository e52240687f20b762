"""Items 17 and 18: how often employers are met, and how well they get to be known."""

from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from fotfeste.fidelity.suggestions import marks
from fotfeste.fidelity.suggestions.figures import count, mean, number, ratio, share
from fotfeste.fidelity.suggestions.gathered import Gathered
from fotfeste.fidelity.suggestions.ratings import Counted, for_each, suggestion
from fotfeste.fidelity.suggestions.shapes import Suggestion
from fotfeste.fidelity.suggestions.stretches import months_in, weeks_in
from fotfeste.indicators.records import Channel, ContactStatus, counts_as_employer_contact
from fotfeste.indicators.working_time import WORKING_DAYS, posts_worked
from fotfeste.periods import Period, days, subtract

SEVERAL = 3  # visits: "three cups of tea"


def frequent_contact(g: Gathered) -> Suggestion:
    """Item 17: contacts that count / weeks worked in a full post, and the supervisor's weekly look.

    The rating is the lower of what the count and the look leave. Where fewer than three seek work, on average over
    the time in post, two contacts a week for each give the highest.
    """
    item = g.item("17")
    window = g.window(item)
    counted = [_counted(g, one.id, window) for one in g.staff]
    return for_each(
        item, counted, g.scale, window, told=[marks.FEW_SEEKERS] if any(one.reaches for one in counted) else []
    )


def _counted(g: Gathered, specialist: str, window: Period[date]) -> Counted:
    required = g.options.decision_maker_required
    contacts = [
        contact
        for contact in g.contacts.get(specialist, ())
        if window.contains(contact.on) and counts_as_employer_contact(contact, decision_maker_required=required)
    ]
    posts, absences = g.posts[specialist], g.absences.get(specialist, ())
    post_weeks = posts_worked(posts, absences, window) / WORKING_DAYS
    weeks = Decimal(g.days_worked(specialist, window)) / WORKING_DAYS
    seekers = _seekers(g, specialist, window)
    reviewed = {one.monday for one in g.records.week_reviews if one.specialist == specialist}
    worked = [week for week in weeks_in(window) if g.days_worked(specialist, week)]
    seen = [week for week in worked if week.start in reviewed]
    target = _whole(g.item("17").rule("contacts_for_each_seeker") * seekers)
    enough = weeks and 0 < seekers < g.item("17").rule("few_seekers") and _whole(len(contacts) / weeks) >= target
    return Counted(
        specialist=specialist,
        numerator=len(contacts),
        denominator=post_weeks,
        caps=_caps(g, specialist, window, reviewed, weekly=bool(worked) and seen == worked),
        reaches=bool(enough),
        figures=(
            count("contacts_in_general", [one.id for one in contacts if not one.participants]),
            count("contacts_for_a_person", [one.id for one in contacts if one.participants]),
            ratio("contacts_a_week_worked", len(contacts), weeks),
            ratio("weeks_reviewed", len(seen), len(worked)),
            number("seekers", seekers),
        ),
        ids=[contact.id for contact in contacts],
    )


def _caps(g: Gathered, specialist: str, window: Period[date], reviewed: set[date], *, weekly: bool) -> tuple[str, ...]:
    """What the supervisor's look leaves: every week worked all, every month three, less than that two."""
    if weekly:
        return ()
    months = [month for month in months_in(window) or [window] if g.days_worked(specialist, month)]
    # A week belongs to the month that its Monday lies in.
    monthly = months and all(any(month.contains(monday) for monday in reviewed) for month in months)
    return ("reviewed_monthly",) if monthly else ("not_reviewed",)


def _seekers(g: Gathered, specialist: str, window: Period[date]) -> Decimal:
    """How many of the participants seek work, on average over the days in post.

    Someone seeks from the start-up meeting on, but for days in ordinary work, in education, on pause or stepped down.
    """
    in_post = [part for post in g.posts[specialist] if post.share and (part := post.period.intersect(window))]
    all_days = sum(map(days, subtract(in_post, [])))
    seeking = 0
    for one in g.assignments.get(specialist, ()):
        known = g.participants.get(one.participant)
        if known is None or known.entered_on is None:
            continue
        with_us = one.period.intersect(Period(known.entered_on, known.ended_on))
        if with_us is None:
            continue
        mine = [part for post in in_post if (part := with_us.intersect(post))]
        seeking += sum(map(days, subtract(mine, g.not_seeking[one.participant])))
    return Decimal(seeking) / all_days if all_days else Decimal(0)


def _whole(number: Decimal) -> Decimal:
    return number.to_integral_value(ROUND_HALF_UP)


def contact_quality(g: Gathered) -> Suggestion:
    """Item 18: visits an employer, employers visited several times, and visits with somebody who can hire."""
    item = g.item("18")
    window = g.window(item)
    visits = [
        contact
        for contacts in g.contacts.values()
        for contact in contacts
        if window.contains(contact.on)
        and contact.employer
        and contact.channel == Channel.IN_PERSON
        and contact.status == ContactStatus.HELD
    ]
    times = Counter(contact.employer or "" for contact in visits)
    ids = [contact.id for contact in visits]
    figures = [
        number("visits_an_employer", mean(list(times.values()))),
        share("employers_visited_often", [employer for employer, n in times.items() if n >= SEVERAL], times),
        share("visits_with_decision_maker", [contact.id for contact in visits if contact.decision_maker], ids),
        share("visits_in_general", [contact.id for contact in visits if not contact.participants], ids),
    ]
    return suggestion(item, window, figures=figures, told=[] if visits else [marks.NO_RECORDS])
