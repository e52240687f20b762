"""Two years of team meetings, supervision, stamped weeks and days away."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta
from random import Random

from fotfeste_web.demo.story import world as told
from fotfeste_web.demo.story.days import workday_from
from fotfeste_web.demo.story.phrases import lines
from fotfeste_web.sharing.models import Cover
from fotfeste_web.teamwork.models import (
    Absence,
    OtherWork,
    Supervision,
    SupervisionKind,
    SupervisionNotes,
    SupervisionParticipant,
    TeamMeeting,
    TeamMeetingLine,
    TeamMember,
    WeekReview,
)
from fotfeste_web.teamwork.weeks import WEEK, monday_of

from .loaded import ROWS_AT_A_TIME, Loaded
from .sharing import specialists

REMEMBERED = timedelta(weeks=104)
NEW_FOR = timedelta(days=182)
EVERY_TEAM_MEETING, EVERY_SUPERVISION, EVERY_FIELD = 2, 2, 12  # weeks; of the new field mentoring every four


def load(loaded: Loaded) -> None:
    # Draws of its own: what the other stages tell is the same with and without this one.
    rng = Random(f"{loaded.world.seed} teamwork")  # noqa: S311  made-up people, no secrets
    first = monday_of(loaded.world.today - REMEMBERED)
    mondays = [first + number * WEEK for number in range((loaded.world.today - first).days // 7 + 1)]
    _team_meetings(loaded, rng, mondays)
    _supervision(loaded, rng, mondays)
    WeekReview.objects.bulk_create(_reviews(loaded, rng, mondays), batch_size=ROWS_AT_A_TIME)
    Absence.objects.bulk_create(_absences(loaded))
    TeamMember.objects.bulk_create(_team_members(loaded))
    OtherWork.objects.bulk_create(_other_work(loaded, rng), batch_size=ROWS_AT_A_TIME)


def followed_on(periods: list[tuple[told.Participant, told.Period]], day: date) -> list[tuple[str, told.Period]]:
    return [
        (one.key, period)
        for one, period in periods
        if period.started_on <= day and (period.closing is None or day < period.closing.closed_on)
    ]


def _team_meetings(loaded: Loaded, rng: Random, mondays: list[date]) -> None:
    services = {service.key: service for service in loaded.world.services}
    of_team = defaultdict(list)
    for one, period in loaded.begun():
        of_team[period.referral.team].append((one, period))
    meetings: list[TeamMeeting] = []
    spoken: list[list[str]] = []
    for number, team in enumerate(loaded.world.teams):
        service = services[team.service]
        for week, monday in enumerate(mondays):
            on = monday + timedelta(days=1 + number % 3)
            people = followed_on(of_team[team.key], on)
            every = EVERY_TEAM_MEETING * (3 if service.weak else 1)
            if (week + number) % every or not people or not service.opened_on <= on < loaded.world.today:
                continue
            chosen = rng.sample(people, min(len(people), rng.randrange(2, 5)))
            present = {loaded.specialist_on(period, on).pk: None for _, period in chosen}
            if week % 8 == number % 8 and not service.weak:
                present[loaded.supervisor(service.key).pk] = None
            meetings.append(
                TeamMeeting(
                    service=loaded.services[service.key],
                    team=loaded.teams[team.key],
                    on=on,
                    minutes=rng.choice((30, 45, 45, 60)),
                    present=list(present),
                    others_present=rng.choice(lines("teamwork.others_present")),
                    others_raised=rng.choice((0, 0, 1, 1, 2, 3)),
                    created_by_id=next(iter(present)),
                    created_at=loaded.moment(on, time(9)),
                    finished_at=loaded.moment(on, time(10)),
                )
            )
            spoken.append([key for key, _ in chosen])
    TeamMeeting.objects.bulk_create(meetings, batch_size=ROWS_AT_A_TIME)
    TeamMeetingLine.objects.bulk_create(
        (
            TeamMeetingLine(
                meeting=meeting,
                participant=loaded.participants[key],
                text=rng.choice(lines("teamwork.said")),
                decision=rng.choice(lines("teamwork.decided")),
            )
            for meeting, keys in zip(meetings, spoken, strict=True)
            for key in keys
        ),
        batch_size=ROWS_AT_A_TIME,
    )


def _supervision(loaded: Loaded, rng: Random, mondays: list[date]) -> None:
    held: list[tuple[Supervision, list[str]]] = []
    of_service = defaultdict(list)
    for one, period in loaded.begun():
        of_service[one.service].append((one, period))
    for service in loaded.world.services:
        leads = loaded.supervisors[service.key]
        for week, monday in enumerate(mondays):
            here = specialists(loaded, service.key, monday)
            if not here or monday < service.opened_on or monday < leads.starts_on:
                continue
            if service.weak and week % 3:
                continue
            people = followed_on(of_service[service.key], monday)
            for one in _of_week(loaded, rng, service, week, monday, here):
                about = [key for key, _ in rng.sample(people, min(len(people), rng.randrange(1, 4)))]
                if one.on < loaded.world.today:
                    held.append((one, about))
    Supervision.objects.bulk_create((one for one, _ in held), batch_size=ROWS_AT_A_TIME)
    SupervisionNotes.objects.bulk_create(
        (_notes(rng, one) for one, _ in held if one.kind != SupervisionKind.GROUP), batch_size=ROWS_AT_A_TIME
    )
    SupervisionParticipant.objects.bulk_create(
        (
            SupervisionParticipant(supervision=one, participant=loaded.participants[key])
            for one, about in held
            for key in about
        ),
        batch_size=ROWS_AT_A_TIME,
    )


def _of_week(
    loaded: Loaded, rng: Random, service: told.Service, week: int, monday: date, here: list[told.Person]
) -> Iterator[Supervision]:
    """The group on Wednesday; each job specialist every other week; out together monthly with the new."""
    everywhere = {"service": loaded.services[service.key], "supervisor": loaded.supervisor(service.key)}
    wednesday = monday + timedelta(days=2)
    yield Supervision(
        **everywhere,
        kind=SupervisionKind.GROUP,
        on=wednesday,
        minutes=rng.choice((60, 90)),
        present=[loaded.users[person.key].pk for person in here],
        ideas=rng.choice(lines("teamwork.ideas")),
        logged_at=loaded.moment(wednesday, time(14)),
    )
    for number, person in enumerate(here):
        to_one = {**everywhere, "specialist": loaded.users[person.key]}
        if (week + number) % EVERY_SUPERVISION == 0:
            on = monday + timedelta(days=3)
            yield Supervision(
                **to_one,
                kind=SupervisionKind.INDIVIDUAL,
                on=on,
                minutes=rng.choice((45, 60)),
                outcome_talk=(week + number) % 12 == 0,
                logged_at=loaded.moment(on, time(14)),
            )
        every = 4 if monday < person.starts_on + NEW_FOR else EVERY_FIELD
        if (week + number) % every == 1:
            on = monday + timedelta(days=1)
            yield Supervision(
                **to_one, kind=SupervisionKind.FIELD, on=on, minutes=120, logged_at=loaded.moment(on, time(15))
            )


def _notes(rng: Random, held: Supervision) -> SupervisionNotes:
    goals = rng.choice(lines("teamwork.goals"))
    if held.kind == SupervisionKind.INDIVIDUAL:
        return SupervisionNotes(supervision=held, talked_about=rng.choice(lines("teamwork.talked_about")), goals=goals)
    return SupervisionNotes(
        supervision=held,
        employers="To besøk uten avtale, ett med",
        skill_seen=rng.choice(lines("teamwork.skill_seen")),
        model_shown=rng.choice(lines("teamwork.model_shown")),
        feedback=rng.choice(lines("teamwork.feedback")),
        goals=goals,
    )


def _reviews(loaded: Loaded, rng: Random, mondays: list[date]) -> Iterator[WeekReview]:
    """All weeks but the last are stamped; where IPS is weak every other is not, nor the last ones."""
    last = monday_of(loaded.world.today) - WEEK
    for service in loaded.world.services:
        for week, monday in enumerate(mondays):
            for number, person in enumerate(specialists(loaded, service.key, monday)):
                waits = monday >= last and number < 2
                if monday > last or waits or (service.weak and (week % 2 or monday >= last)):
                    continue
                yield WeekReview(
                    service=loaded.services[service.key],
                    specialist=loaded.users[person.key],
                    monday=monday,
                    reviewed_by=loaded.supervisor(service.key),
                    reviewed_at=loaded.moment(monday + WEEK, time(9)),
                    comment=rng.choice(lines("teamwork.comments")) if rng.random() < 0.4 else "",
                )


def _team_members(loaded: Loaded) -> Iterator[TeamMember]:
    """Each job specialist belongs to the team that most of the people come from, and is there from the first day."""
    came_from: dict[str, Counter[str]] = defaultdict(Counter)
    for _, period in loaded.begun():
        for assigned in period.assignments:
            came_from[assigned.specialist][period.referral.team] += 1
    for person in loaded.world.people:
        if person.role == "jobbspesialist" and (teams := came_from[person.key]):
            (team, _), *_ = teams.most_common(1)
            yield TeamMember(
                service=loaded.services[person.services[0]],
                specialist=loaded.users[person.key],
                team=loaded.teams[team],
                starts_on=person.starts_on,
                ends_on=person.ends_on,
            )


def _absences(loaded: Loaded) -> Iterator[Absence]:
    """The days away of the story, and those that are planned, with the cover that was given."""
    covers = {(cover.absent_id, cover.starts_on): cover for cover in Cover.objects.all()}
    away = {(loaded.users[one.person].pk, one.starts_on): one.ends_on for one in loaded.world.absences}
    for (absent, starts_on), cover in covers.items():
        ends_on = cover.ends_on + timedelta(days=1)
        if not any(who == absent and start < ends_on and starts_on < end for (who, start), end in away.items()):
            away[absent, starts_on] = ends_on
    services = {loaded.users[person.key].pk: person.services for person in loaded.world.people}
    for (absent, starts_on), ends_on in away.items():
        yield Absence(
            service=loaded.services[services[absent][0]],
            specialist_id=absent,
            starts_on=starts_on,
            ends_on=ends_on,
            cover=covers.get((absent, starts_on)),
        )


def _other_work(loaded: Loaded, rng: Random) -> Iterator[OtherWork]:
    today = loaded.world.today
    for service in loaded.world.services:
        month = (today - REMEMBERED).replace(day=1)
        while month < today.replace(day=1):
            for person in specialists(loaded, service.key, month):
                yield OtherWork(
                    service=loaded.services[service.key],
                    specialist=loaded.users[person.key],
                    month=month,
                    percent=rng.choice((20, 25, 30)) if service.weak else rng.choice((0, 0, 0, 5)),
                    stated_at=loaded.moment(workday_from((month + timedelta(days=32)).replace(day=2)), time(10)),
                )
            month = (month + timedelta(days=32)).replace(day=1)
