"""The page of one participant: where they are, what they want, what comes next, what has happened."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from urllib.parse import quote
from uuid import UUID

from django.core.paginator import Page, Paginator

from fotfeste_web.caseload.models import Openness, Participant, Wishes
from fotfeste_web.caseload.status import Facts, Status, facts_of, history, status_on
from fotfeste_web.rows.kinds import NAMES, Kind
from fotfeste_web.rows.roles import Permission
from fotfeste_web.rows.scope import Scope
from fotfeste_web.sharing.models import Share
from fotfeste_web.ui.formats import clock, day, number, relative_day
from fotfeste_web.ui.rooms import Card, rooms

from .jobs import JobCard, occupation_name
from .timeline import Corrects, Entry, Records, is_planned, timeline

PER_PAGE = 30
DONE_SHOWN = 10
WORK = (Status.IN_WORK, Status.IN_EDUCATION)


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    done: bool
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NextLine:
    """Something agreed, or a meeting that is planned."""

    text: str
    when: str
    who: str
    overdue: bool
    step_id: int | None = None
    contact_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpennessCard:
    may_contact: str
    may_tell: str
    must_not_tell: str
    agreed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLine:
    id: int
    who: str
    purpose: str
    ground: str


@dataclass(frozen=True, slots=True)
class Info:
    label: str
    value: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantPage:
    id: UUID
    name: str
    first_name: str
    sub: str
    status: Status
    steps: tuple[Step, ...]
    pause: str
    locked: str  # on which day, for those who wrote here until then
    may_write: bool
    may_log: bool
    may_share: bool
    sees: dict[str, bool]  # by kind: what is not shared is not said to be missing
    not_shared: str
    wishes: bool
    goal: str
    tags: tuple[str, ...]
    helps: str
    jobs: tuple[JobCard, ...]
    past_jobs: tuple[JobCard, ...]
    next_lines: tuple[NextLine, ...]
    done: tuple[tuple[int, str, str], ...]
    openness: OpennessCard | None
    shares: tuple[ShareLine, ...]
    contact_info: tuple[Info, ...]
    cards: tuple[Card, ...]  # of other apps
    timeline: Page  # of TimelineItem

    @classmethod
    def of(cls, participant: Participant, scope: Scope, number: str, *, today: date) -> "ParticipantPage":
        facts = facts_of([participant.pk])[participant.pk]
        records = Records.of(participant.pk, facts, today)
        may_write = scope.writes(participant)
        may_log = may_write and scope.may(Permission.LOG_CONTACT, participant.service_id)
        wishes = records.wishes
        cards = [
            JobCard.of(job, records.terms[job.pk], records.employers.get(job.employer_id), today)
            for job in reversed(records.jobs)
        ]
        entries = timeline(
            records,
            (item for room in rooms() for item in room.timeline(participant, scope, today)),
            first_name=participant.first_name,
            may_open=may_log,
            corrects=Corrects(may_write, may_write and scope.may(Permission.ASSIGN, participant.service_id)),
            today=today,
        )
        done = sorted((s for s in records.next_steps if s.done_on), key=lambda s: s.done_on, reverse=True)[:DONE_SHOWN]
        return cls(
            id=participant.pk,
            name=str(participant),
            first_name=participant.first_name,
            sub=_sub(participant, records, today),
            status=status_on(facts, today) or Status.NOT_STARTED,
            steps=steps_of(facts, today),
            pause=_pause(records, today),
            locked=_locked(participant, scope, today),
            may_write=may_write,
            may_log=may_log,
            may_share=may_write and scope.may(Permission.SHARE, participant.service_id),
            sees={kind.value: scope.sees(participant.pk, kind) for kind in Kind},
            not_shared=", ".join(NAMES[kind].lower() for kind in Kind if not scope.sees(participant.pk, kind)),
            wishes=wishes is not None,
            goal=wishes.goal if wishes else "",
            tags=wish_tags(wishes, records.occupations),
            helps=wishes.helps_at_work if wishes else "",
            jobs=tuple(card for card in cards if not card.ended),
            past_jobs=tuple(card for card in cards if card.ended),
            next_lines=_next_lines(records, may_log, today),
            done=tuple((step.pk, step.text, day(step.done_on, today)) for step in done),
            openness=_openness(records.openness, today),
            shares=tuple(_share(share, records, today) for share in records.shares),
            contact_info=_contact_info(participant),
            cards=tuple(sorted(_cards(participant, scope, today), key=lambda card: card.order)),
            timeline=_page_of(entries, number),
        )


def _page_of(entries: list[Entry], number: str) -> Page:
    page = Paginator(entries, PER_PAGE).get_page(number)
    page.object_list = [entry.item() for entry in page.object_list]
    return page


def _cards(participant: Participant, scope: Scope, today: date) -> Iterator[Card]:
    return (card for room in rooms() for card in room.cards(participant, scope, today))


def steps_of(facts: Facts, today: date) -> tuple[Step, ...]:
    """The way through IPS, with what has been gone through since the last referral. A pause stops nobody's way."""
    facts = replace(facts, pauses=[])
    status = status_on(facts, today) or Status.REFERRED
    since = max((start for start, _ in facts.referred if start <= today), default=date.min)
    been = {change.status for change in history(facts, until=today) if change.on >= since} | {status}
    if been & {Status.JOB_DEVELOPMENT, *WORK, Status.STEP_DOWN}:
        been.add(Status.MAPPING)
    studies = Status.IN_EDUCATION in been and (status == Status.IN_EDUCATION or Status.IN_WORK not in been)
    way = (
        ("Henvist", {Status.REFERRED}),
        ("Kartlegging", {Status.MAPPING}),
        ("Jobbutvikling", {Status.JOB_DEVELOPMENT}),
        ("I utdanning" if studies else "I jobb", {*WORK}),
        ("Nedtrapping", {Status.STEP_DOWN}),
        ("Ikke startet" if status == Status.NOT_STARTED else "Avsluttet", {Status.ENDED, Status.NOT_STARTED}),
    )
    here = next(place for place, (_, statuses) in enumerate(way) if status in statuses)
    return tuple(
        Step(label, done=place < here and bool(been & statuses), current=place == here)
        for place, (label, statuses) in enumerate(way)
    )


def wish_tags(wishes: Wishes | None, occupations: list[str]) -> tuple[str, ...]:
    if wishes is None:
        return ()
    hours = f"{number(wishes.hours_per_week.normalize())} timer i uka" if wishes.hours_per_week else ""
    wanted = [*map(occupation_name, occupations), hours, wishes.times_of_day, wishes.place, wishes.environment]
    return tuple(filter(None, wanted))


def _sub(participant: Participant, records: Records, today: date) -> str:
    now = [a for a in records.assignments if a.starts_on <= today and (a.ends_on is None or today < a.ends_on)]
    started = max((start for start, _ in records.facts.periods), default=None)
    parts = [
        f"{today.year - participant.birth_year} år" if participant.birth_year else "",
        participant.treatment_team.name if participant.treatment_team else "",
        f"jobbspesialist {records.names.get(now[-1].specialist_id, '')}" if now else "ingen jobbspesialist ennå",
        f"oppstart {day(started)}" if started else "ikke startet ennå",
    ]
    return " · ".join(filter(None, parts))


def _pause(records: Records, today: date) -> str:
    for pause in records.pauses:
        if pause.starts_on <= today and (pause.ends_on is None or today < pause.ends_on):
            return f"Pause siden {day(pause.starts_on, today)}. Tas opp igjen {day(pause.follow_up_on, today)}."
    return ""


def _locked(participant: Participant, scope: Scope, today: date) -> str:
    return day(participant.locked_on, today) if participant.locked_on and scope.works_with(participant) else ""


def _next_lines(records: Records, may_open: bool, today: date) -> tuple[NextLine, ...]:
    """What is agreed and the meetings that are planned, the first to come first."""
    lines = [
        (
            (step.due_on, time.max),
            NextLine(
                text=step.text,
                when=relative_day(step.due_on, today).capitalize(),
                who=step.who or step.get_asked_of_display(),
                overdue=step.due_on < today,
                step_id=step.pk,
            ),
        )
        for step in records.next_steps
        if step.done_on is None
    ]
    for line in records.contacts:
        contact = line.contact
        if is_planned(contact, today):
            employer = records.employers.get(contact.employer_id or 0)
            at = f" {clock(contact.starts_at)}" if contact.starts_at else ""
            planned = NextLine(
                text=f"{contact.get_kind_display()}{f': {employer.name}' if employer else ''}",
                when=relative_day(contact.on, today).capitalize() + at,
                who=records.names.get(contact.specialist_id, ""),
                overdue=False,
                contact_id=contact.pk if may_open else None,
            )
            lines.append(((contact.on, contact.starts_at or time.max), planned))
    return tuple(line for _, line in sorted(lines, key=lambda pair: pair[0]))


def _openness(openness: Openness | None, today: date) -> OpennessCard | None:
    if openness is None:
        return None
    return OpennessCard(
        may_contact=openness.get_may_contact_display(),
        may_tell=openness.may_tell,
        must_not_tell=openness.must_not_tell,
        agreed=f"Avtalt {day(openness.agreed_on, today)}, utgave {openness.version}",
    )


def _share(share: Share, records: Records, today: date) -> ShareLine:
    until = f", til {day(share.ends_on, today)}" if share.ends_on else ""
    return ShareLine(
        id=share.pk,
        who=records.names.get(share.shared_with_id, "En samarbeidspartner"),
        purpose=share.purpose,
        ground=f"{share.get_ground_display()}{until}",
    )


def _contact_info(participant: Participant) -> tuple[Info, ...]:
    info = (
        Info("Telefon", participant.phone, f"tel:{quote(participant.phone.replace(' ', ''), safe='+')}"),
        Info("E-post", participant.email, f"mailto:{quote(participant.email, safe='@')}"),
        Info("Behandlingsteam", participant.treatment_team.name if participant.treatment_team else ""),
        Info("Behandler", participant.therapist),
        Info("NAV-kontor", participant.nav_office.name if participant.nav_office else ""),
        Info("NAV-veileder", participant.nav_adviser),
    )
    return tuple(line for line in info if line.value)
