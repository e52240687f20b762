"""Made-up records for the worked cases of fidelity items, from the short words of their tables."""

from datetime import date, time, timedelta
from decimal import Decimal

from fotfeste.employment import Form, Job, Support, Term
from fotfeste.indicators.records import (
    Absence,
    Assignment,
    Channel,
    Contact,
    ContactStatus,
    Declined,
    Kind,
    Participant,
    Place,
    Post,
    Purpose,
    Records,
    Round,
    Specialist,
    TeamMembership,
    WeekReview,
)
from fotfeste.periods import Period, add_months

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
LONG_AGO = date(2020, 1, 1)
START = date(2026, 1, 5)  # a Monday
TEN_WEEKS = Period(START, START + 10 * WEEK)
FOUR_WEEKS = Period(START, START + 4 * WEEK)
LAST_YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))


def specialist(id, share="1"):
    post = Post(specialist=id, share=Decimal(share), starts_on=LONG_AGO)
    return Specialist(id=id, service="nord", posts=(post,))


def participant(id, entered_on=LONG_AGO, **told):
    return Participant(id=id, service="nord", entered_on=entered_on, **told)


def assigned(person, specialist, starts_on=LONG_AGO, ends_on=None):
    return Assignment(participant=person, specialist=specialist, starts_on=starts_on, ends_on=ends_on)


def contact(id, specialist, on, **told):
    """A visit to an employer that counts for item 17."""
    visit = {
        "status": ContactStatus.HELD,
        "channel": Channel.IN_PERSON,
        "place": Place.EMPLOYER,
        "with_employer": True,
        "employer": "bakeri",
        "purpose": Purpose.JOB_DEVELOPMENT,
        "kind": Kind.EMPLOYER,
    }
    return Contact(**visit | {"id": id, "specialist": specialist, "on": on} | told)


def met(id, person, on):
    """A meeting in person with a participant."""
    return contact(id, "s0", on, kind=Kind.PARTICIPANT, with_employer=False, purpose=None, participants=(person,))


def job(id, person, starts_on, ends_on=None, *terms, employer=None, occupation="5223"):
    plain = {"form": Form.PERMANENT, "ordinary_rate": True, "open_to_anyone": True}
    terms = terms or ({},)
    return Job(
        id=id,
        person=person,
        employer=employer or f"employer of {id}",
        occupation=occupation,
        starts_on=starts_on,
        ends_on=ends_on,
        terms=tuple(Term(**plain | {"starts_on": starts_on} | told) for told in terms),
    )


def listed(cell):
    return [part.strip() for part in cell.split(";")] if cell.strip() else []


def item_1(case):
    """``participants/post share`` for each job specialist."""
    staff, people, assignments = [], [], []
    for n, told in enumerate(listed(case["specialists"])):
        size, share = told.split("/")
        staff.append(specialist(f"s{n}", share))
        mine = [f"{n}-{m}" for m in range(int(size))]
        people += map(participant, mine)
        assignments += [assigned(id, f"s{n}") for id in mine]
    return Records(specialists=tuple(staff), participants=tuple(people), assignments=tuple(assignments)), TEN_WEEKS


def item_4(case):
    """``teams one is a member of | how many participants from which team`` for each job specialist."""
    staff, people, assignments, memberships = [], [], [], []
    for n, told in enumerate(case["specialists"].split(";")):
        member, caseload = told.split("|")
        staff.append(specialist(f"s{n}"))
        memberships += [TeamMembership(specialist=f"s{n}", team=team, starts_on=LONG_AGO) for team in member.split()]
        for part in caseload.split():
            team, size = part.split(":")
            for m in range(int(size)):
                people.append(participant(f"{n}-{team}-{m}", treatment_team=team))
                assignments.append(assigned(f"{n}-{team}-{m}", f"s{n}"))
    return Records(
        specialists=tuple(staff),
        participants=tuple(people),
        assignments=tuple(assignments),
        team_memberships=tuple(memberships),
    ), TEN_WEEKS


def item_15(case):
    """Days to the first employer of those who met one, and days since the start of those who have not."""
    entered_on, last_day = date(2025, 2, 1), LAST_YEAR.end - DAY
    people, contacts = [], []
    for n, days in enumerate(case["closed"].split()):
        people.append(participant(f"closed {n}", entered_on))
        contacts.append(contact(str(n), "s0", entered_on + int(days) * DAY, participants=(f"closed {n}",)))
    for n, days in enumerate(case["open"].split()):
        people.append(participant(f"open {n}", last_day - int(days) * DAY))
    return Records(participants=tuple(people), contacts=tuple(contacts)), LAST_YEAR


def item_17(case):
    """``contacts/post share/weeks away/how many seek/the supervisor's look`` for each, over ten weeks."""
    staff, people, assignments, contacts, absences, reviews = [], [], [], [], [], []
    mondays = [START + n * WEEK for n in range(10)]
    looks = {"weekly": mondays, "monthly": mondays[::4], "none": [], "all_but_one": mondays[1:]}
    for n, told in enumerate(listed(case["specialists"])):
        made, share, away, seeking, look = told.split("/")
        id, there = f"s{n}", START + int(away) * WEEK
        staff.append(specialist(id, share))
        absences.append(Absence(specialist=id, starts_on=START, ends_on=there))
        on = min(there, mondays[-1])
        contacts += [contact(f"{n}-{m}", id, on) for m in range(int(made))]
        mine = [f"{n}-{m}" for m in range(int(seeking))]
        people += map(participant, mine)
        assignments += [assigned(person, id) for person in mine]
        reviews += [WeekReview(specialist=id, monday=monday) for monday in looks[look]]
    return Records(
        specialists=tuple(staff),
        participants=tuple(people),
        assignments=tuple(assignments),
        contacts=tuple(contacts),
        absences=tuple(away for away in absences if away.starts_on < away.ends_on),
        week_reviews=tuple(reviews),
    ), TEN_WEEKS


OTHER_TERMS = {
    "on_call": ({"form": Form.ON_CALL},),
    "seasonal": ({"form": Form.SEASONAL},),
    "substitute": ({"form": Form.SUBSTITUTE},),
    "set_aside": ({"support": frozenset({Support.SET_ASIDE}), "open_to_anyone": False},),
    "low_rate": ({"ordinary_rate": False},),
    "became_permanent": (
        {"form": Form.SUBSTITUTE, "ends_on": START + WEEK},
        {"starts_on": START + WEEK},
    ),
}


def item_21(case):
    """How many ordinary jobs, which others, and how many of the ordinary ones have ended in the period."""
    held = int(case["ordinary"] or 0)
    ended = int(case["ended"])
    jobs = [job(f"o{n}", f"p{n}", LONG_AGO, START + WEEK if n < ended else None) for n in range(held)]
    for told in case["others"].split():
        name, _, times = told.partition("*")
        jobs += [job(f"{name}{n}", f"{name}{n}", LONG_AGO, None, *OTHER_TERMS[name]) for n in range(int(times or 1))]
    return Records(jobs=tuple(jobs)), TEN_WEEKS


def item_23(case):
    """How many jobs were followed in which way."""
    starts_on = date(2025, 3, 3)
    jobs, contacts, declined = [], [], []

    def add(kind, months, ends_on=None, starts_on=starts_on):
        for n in range(int(case[kind])):
            id = f"{kind} {n}"
            jobs.append(job(id, id, starts_on, ends_on))
            contacts.extend(met(f"{id} {month}", id, add_months(starts_on, month) + DAY) for month in months)
            if kind == "declined":
                declined.append(Declined(participant=id, starts_on=add_months(starts_on, 2)))

    add("met", range(4))
    add("lapsed", range(3))
    add("first_month_only", [0])
    add("young", [0], starts_on=date(2025, 9, 2))  # four months are full on 2 January 2026
    add("declined", [0, 1])
    add("ended_early", [0, 1], ends_on=add_months(starts_on, 4) - DAY)
    add("in_work_at_start", [0, 1])
    add("older", [0], starts_on=date(2024, 9, 1))  # four months were full on 1 January 2025
    # A "not now" after the four months is no reason to leave the job out.
    declined.append(Declined(participant="met 0", starts_on=add_months(starts_on, 5)))
    people = {one.person: participant(one.person, date(2025, 4, 1) if "start" in one.id else LONG_AGO) for one in jobs}
    return Records(
        jobs=tuple(jobs),
        contacts=tuple(contacts),
        declined=tuple(declined),
        participants=tuple(people.values()),
    ), LAST_YEAR


def item_24(case):
    """``visits/travel of rounds/working days away/post share`` for each, parted by ``|``.

    A visit is ``start+minutes`` and then words: its place, how or whether it was held, its round. A tenth of a post
    has 900 minutes in four weeks.
    """
    staff, contacts, rounds, absences = [], [], [], []
    for n, told in enumerate(case["specialists"].split("|")):
        visits, travel, away, share = [*told.split("/"), "", "", ""][:4]
        id = f"s{n}"
        staff.append(specialist(id, share or "0.1"))
        for m, visit in enumerate(listed(visits)):
            when, *words = visit.split()
            start, minutes = when.split("+")
            contacts.append(
                contact(
                    f"{n}-{m}",
                    id,
                    START + 9 * DAY,
                    start=time.fromisoformat(start),
                    minutes=int(minutes),
                    **told_by(words),
                )
            )
        for trip in travel.split():
            round_id, minutes = trip.split(":")
            rounds.append(Round(id=round_id, specialist=id, on=START + 9 * DAY, travel_minutes=int(minutes)))
        if away:
            weeks = int(away) // 5
            absences.append(Absence(specialist=id, starts_on=START, ends_on=START + weeks * WEEK))
    return Records(
        specialists=tuple(staff), contacts=tuple(contacts), rounds=tuple(rounds), absences=tuple(absences)
    ), FOUR_WEEKS


def told_by(words):
    told = {}
    for word in words:
        if word in list(Place):
            told["place"] = Place(word)
        elif word in list(Channel):
            told["channel"] = Channel(word)
        elif word in list(ContactStatus):
            told["status"] = ContactStatus(word)
        else:
            told["round"] = word
    return told


BUILT = {
    "1": item_1,
    "4": item_4,
    "15": item_15,
    "17": item_17,
    "21": item_21,
    "23": item_23,
    "24": item_24,
}
