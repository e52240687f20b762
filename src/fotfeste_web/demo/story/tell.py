"""The whole story, the same for the same seed and day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from fotfeste_web.demo.story.arrivals import OLDER_FROM, Door
from fotfeste_web.demo.story.businesses import found_businesses
from fotfeste_web.demo.story.cast import PACES, Cast, gather
from fotfeste_web.demo.story.days import is_workday, workday_from, workday_until
from fotfeste_web.demo.story.drafts import Draft, Meetings
from fotfeste_web.demo.story.jobs import make_job
from fotfeste_web.demo.story.now import decide_present, plan_meetings
from fotfeste_web.demo.story.phrases import Phrases, lines
from fotfeste_web.demo.story.plans import freeze
from fotfeste_web.demo.story.ways import Way, live
from fotfeste_web.demo.story.weeks import counts_as_search, fill_weeks
from fotfeste_web.demo.story.world import Absence, Assignment, Employer, Participant, Pause, Period, Person, World
from fotfeste_web.demo.story.writing import Pen


def tell(seed: int, today: date) -> World:
    """Tell two years of three services, seen from `today`. Meetings today are there on a Sunday as well."""
    rng = Random(seed)  # noqa: S311  made-up people, no secrets
    cast = gather(rng, today)
    employers = found_businesses(rng)
    phrases = Phrases(rng)
    door = Door(rng=rng, phrases=phrases, cast=cast, today=today, employers=list(employers))
    at_work = available(cast.absences)
    drafts: list[Draft] = []
    stories: list[tuple[Participant, Period]] = []
    for service in cast.services:
        near = [e for e in employers if e.service == service.key]
        ways = _ways(service.key, door, near, today)
        specialists = [p for p in cast.of(service.key, "jobbspesialist") if p.ends_on is None]
        planned: list[Draft] = []
        for specialist in specialists:
            mine = [w for w in ways if w.is_current(today) and w.assignments[-1].specialist == specialist.key]
            meetings = rng.randint(2, 3 if service.weak else 4)
            decide_present(rng, specialist, mine, meetings, today)
            planned += plan_meetings(rng, specialist, mine, meetings, near, today)
        teller = Meetings(
            rng=rng, today=today, available=at_work, employers={e.key: e for e in near}, slow=service.weak
        )
        held = [draft for way in ways for draft in teller.of(way)]
        held = _for_several(rng, held, today)
        for specialist in cast.of(service.key, "jobbspesialist"):
            held += list(fill_weeks(rng, specialist, held, near, at_work, today))
        drafts += held + planned
        stories += [(way.participant, freeze(way, rng, phrases, near, today)) for way in ways]
        stories += door.waiting_and_never(service.key)
    pen = Pen(rng=rng, phrases=phrases, employers=employers, team_names={t.key: t.name for t in cast.teams})
    contacts = pen.write_up(drafts)
    participants = _gathered(stories)
    return World(
        seed=seed,
        today=today,
        services=cast.services,
        nav_offices=cast.nav_offices,
        teams=cast.teams,
        people=(*cast.people, _signs_in(participants, today)),
        absences=cast.absences,
        employers=employers,
        participants=participants,
        rounds=tuple(pen.rounds.values()),
        contacts=contacts,
    )


def available(absences: tuple[Absence, ...]) -> Callable[[str, date], date]:
    """From a specialist and a day to the first day from then on when the specialist is at work."""
    away: dict[str, list[Absence]] = {}
    for absence in absences:
        away.setdefault(absence.person, []).append(absence)

    def at_work(specialist: str, day: date) -> date:
        while True:
            back = next((a.ends_on for a in away.get(specialist, ()) if a.starts_on <= day < a.ends_on), None)
            if back is None and is_workday(day):
                return day
            day = workday_from(back or day)

    return at_work


def _ways(service: str, door: Door, employers: list[Employer], today: date) -> list[Way]:
    """Everybody who started, in the order they started, each with the specialist who had most room."""
    rng, share, cast = door.rng, PACES[service].job_share, door.cast
    ways: list[Way] = []
    for number, (started_on, specialist) in enumerate(door.newcomers(service)):
        way = door.start(service, started_on, specialist or _most_room(cast, service, ways, started_on))
        if (today - started_on).days >= OLDER_FROM:
            # Every so-manyth works, so that the rate of any cohort is that of the service.
            works = int((number + 1) * share + 0.5) > int(number * share + 0.5)
            live(way, rng, door.phrases, works=works, employers=employers, today=today)
        ways.append(way)
    _make_sure(door, ways, employers, today)
    ways += _returns(door, service, ways, employers, today)
    for way in ways:
        _hand_over(way, cast, rng, today)
        if way.closing:
            way.assignments[-1] = replace(way.assignments[-1], ends_on=way.closing.closed_on)
    return ways


def _make_sure(door: Door, ways: list[Way], employers: list[Employer], today: date) -> None:
    """In each service one has a job that begins in some days, and one is having a pause, whatever chance says."""
    rng = door.rng
    searching = [
        way
        for way in ways
        if way.is_current(today)
        and way.first_employer_on
        and not (way.jobs or way.studies or way.pauses)
        and OLDER_FROM < (today - way.started_on).days < 400
    ]
    agreed, paused = rng.sample(searching, 2)
    start = workday_from(today + timedelta(rng.randrange(4, 15)))
    agreed.jobs.append(make_job(agreed, rng, employers, start, number=1, today=today))
    since, follow_up_on = workday_until(today - timedelta(18)), workday_from(today + timedelta(12))
    reason = door.phrases.pick("ending.pause.reasons", paused.key, on=since)
    paused.pauses.append(Pause(starts_on=since, follow_up_on=follow_up_on, ends_on=None, reason=reason))


def _most_room(cast: Cast, service: str, ways: list[Way], day: date) -> Person:
    there = [p for p in cast.of(service, "jobbspesialist") if p.starts_on <= day and (not p.ends_on or day < p.ends_on)]

    def load(person: Person) -> float:
        mine = [w for w in ways if w.is_current(day) and w.assignments[-1].specialist == person.key]
        return len(mine) / person.post_share

    return min(there, key=load)


def _returns(door: Door, service: str, ways: list[Way], employers: list[Employer], today: date) -> list[Way]:
    """Two in each service come back some weeks after they were closed."""
    closed = [w for w in ways if w.closing and w.closing.closed_on < today - timedelta(180)]
    able = [
        w
        for w in closed
        if w.closing
        and w.closing.reason not in ("died", "moved", "old_age_pension")
        and all(job.ends_on for job in w.jobs)  # whoever still has the job has nothing to come back for
    ]
    came_back = []
    for way in able[:2]:
        again = door.back(way, _most_room(door.cast, service, ways, today - timedelta(1)))
        live(again, door.rng, door.phrases, works=False, employers=employers, today=today)
        came_back.append(again)
    return came_back


def _hand_over(way: Way, cast: Cast, rng: Random, today: date) -> None:
    """Those of a specialist who left go on with the one who came; a few others change too."""
    first = way.assignments[0]
    colleagues = [p for p in cast.of(way.service, "jobbspesialist") if p.key != first.specialist]
    moved_on = next(p.ends_on for p in cast.people if p.key == first.specialist)
    if moved_on:
        taker = next(p for p in colleagues if p.starts_on == moved_on)
        reason = lines("start.moved_assignment.left")[0]
    elif rng.random() < 0.04:
        moved_on = workday_from(way.started_on + timedelta(rng.randrange(60, 160)))
        taker = rng.choice(
            [p for p in colleagues if p.ends_on is None and p.starts_on <= way.started_on] or [colleagues[0]]
        )
        reason = rng.choice(lines("start.moved_assignment.others"))
    if moved_on and moved_on < today - timedelta(45) and way.is_current(moved_on):
        way.assignments = [
            replace(first, ends_on=moved_on),
            Assignment(specialist=taker.key, starts_on=moved_on, opened_on=moved_on, reason=reason),
        ]


def _for_several(rng: Random, drafts: list[Draft], today: date) -> list[Draft]:
    """Some employers are met for two people at once."""
    several = []
    for draft in drafts:
        recent = draft.on > today - timedelta(60)
        if counts_as_search(draft) and not recent and rng.random() < 0.06:
            others = [
                d.way.participant.key
                for d in drafts
                if d.specialist == draft.specialist
                and d.kind == "employer"
                and d.status == "held"
                and d.way
                and d.way is not draft.way
                and d.way.is_current(draft.on)
                and abs((d.on - draft.on).days) < 10
                and d.on <= draft.on
                and d.purpose != "job_support"
            ]
            draft = replace(draft, more_participants=tuple(others[:1]))
        several.append(draft)
    return several


def _gathered(stories: list[tuple[Participant, Period]]) -> tuple[Participant, ...]:
    """One participant with all periods in order."""
    found: dict[str, Participant] = {}
    for participant, period in stories:
        earlier = found.get(participant.key, participant).periods
        found[participant.key] = replace(participant, periods=(*earlier, period))
    return tuple(found.values())


def _signs_in(participants: tuple[Participant, ...], today: date) -> Person:
    """The participant who signs in: somebody in work with changed hours, so there is something to see."""
    period_of = {p: p.periods[-1] for p in participants if p.service == "bodo"}
    working = [
        p
        for p, period in period_of.items()
        if period.jobs and period.jobs[-1].begun and not (period.jobs[-1].ends_on or period.closing or period.step_down)
    ]
    chosen = max(working, key=lambda p: (len(period_of[p].openness), len(period_of[p].jobs[-1].terms), p.key))
    return Person(
        key="deltaker",
        name=chosen.name,
        role="deltaker",
        services=(chosen.service,),
        employed_by="other",
        post_share=0,
        starts_on=chosen.periods[-1].started_on or today,
        participant=chosen.key,
    )
