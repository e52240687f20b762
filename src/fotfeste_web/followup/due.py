"""What following up asks of a person now. Each rule is one function that yields lines with their reason."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fotfeste.indicators.advice import JobStart, is_at_new_terms, is_before_start
from fotfeste_web.caseload.due import SEARCHING, Case
from fotfeste_web.caseload.models import Participant
from fotfeste_web.caseload.status import Status
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.due import DueItem, Urgency
from fotfeste_web.ui.formats import count, day

from .facts import Facts, facts_of
from .schedule import LABELS, REASONS, due_now

FOLLOWED = (*SEARCHING, Status.IN_WORK, Status.IN_EDUCATION, Status.STEP_DOWN)
ABSENCE_ASKED_FOR = timedelta(days=30)
NEW_TERMS = timedelta(days=60)
SOON = timedelta(days=7)
DRAFT_RESTS = timedelta(days=7)


def due_items(user: Any, cases: list[Case], today: date) -> list[DueItem]:
    facts = facts_of([case.participant.pk for case in cases], drafts_of=user.pk)
    items: list[DueItem] = []
    for case in cases:
        if case.status in FOLLOWED:
            told = facts.get(case.participant.pk, Facts())
            told.contacts = case.facts.contacts
            items += follow_along(case, told, today)
            items += advice_before_start(case, told, today)
            items += advice_at_new_terms(case, told, today)
            items += advice_again(case, told, today)
            items += quiet(case, told, today)
            items += no_show(case, told, today)
            items += outreach_again(case, told, today)
    return items + list(drafts(facts, {case.participant.pk: case.participant for case in cases}, today))


def follow_along(case: Case, facts: Facts, today: date) -> Iterator[DueItem]:
    """In person round the start, weekly in the first month, monthly after, and when a job is lost (IPS-25 item 23)."""
    due = due_now(facts, today)
    if due is None:
        return
    window, last = due.window, due.window.last_day
    yield case.item(
        "follow_along",
        Urgency.OVERDUE if due.late else Urgency.TODAY if last - today <= timedelta(days=1) else Urgency.SOON,
        last,
        tag=f"Oppfølging i jobb: {LABELS[window.step].format(window.number).lower()}",
        reason=f"{REASONS[window.step]}, {'skulle vært' if last < today else 'senest'} {day(last, today)}",
        action="Logg kontakt",
        href=case.link("contact_log"),
    )


def advice_before_start(case: Case, facts: Facts, today: date) -> Iterator[DueItem]:
    """An agreed job, and nobody has gone through the person's money before its start (IPS-25 item 12)."""
    person = str(case.participant.pk)
    for number, job in facts.jobs.items():
        if job.begun or job.ends_on is not None or job.starts_on <= today:
            continue
        start = JobStart(job=str(number), person=person, on=job.starts_on)
        if any(is_before_start(given.advice, start) for given in facts.given):
            continue
        yield case.item(
            "advice_before_start",
            Urgency.TODAY if job.starts_on - today <= SOON else Urgency.SOON,
            job.starts_on,
            tag="Økonomisk rådgivning",
            reason=f"Avtalt jobbstart {day(job.starts_on, today)}: gå gjennom økonomien før det",
            action="Skriv rådgivning",
            href=f"{_about('advice_add', case)}?jobb={number}",
        )


def advice_at_new_terms(case: Case, facts: Facts, today: date) -> Iterator[DueItem]:
    for start in facts.new_terms(str(case.participant.pk)):
        if not today - NEW_TERMS <= start.on <= today:
            continue
        if any(is_at_new_terms(given.advice, start, on=today) for given in facts.given):
            continue
        yield case.item(
            "advice_new_terms",
            Urgency.SOON,
            start.on,
            tag="Økonomisk rådgivning",
            reason=f"Nye timer eller ny lønn fra {day(start.on, today)}: gå gjennom økonomien på nytt",
            action="Skriv rådgivning",
            href=f"{_about('advice_add', case)}?vilkar={start.term}",
        )


def advice_again(case: Case, facts: Facts, today: date) -> Iterator[DueItem]:
    """The day that was set for the next talk has come. Only the last talk's day holds."""
    last = max(facts.given, key=lambda given: given.advice.on, default=None)
    if last is not None and last.next_on is not None and last.next_on <= today:
        yield case.item(
            "advice_again",
            Urgency.TODAY if last.next_on == today else Urgency.OVERDUE,
            last.next_on,
            tag="Økonomisk rådgivning",
            reason=f"Dere avtalte å se på økonomien igjen {day(last.next_on, today)}",
            action="Skriv rådgivning",
            href=_about("advice_add", case),
        )


def quiet(case: Case, facts: Facts, today: date) -> Iterator[DueItem]:
    """No contact past the limit of the service. An attempt that reached the person is contact."""
    limit = case.participant.service.quiet_days
    reached = [attempt.on for attempt in facts.attempts if attempt.reached]
    since = max([*reached, *([case.facts.last_contact] if case.facts.last_contact else [])], default=case.started_on)
    if case.status in SEARCHING and since is not None and (today - since).days >= limit:
        yield case.item(
            "quiet",
            Urgency.OVERDUE,
            since + timedelta(days=limit),
            tag=f"{count((today - since).days, 'dag', 'dager')} siden kontakt",
            reason=f"Ikke kontakt på {limit} dager",
            action="Ta kontakt",
            href=_about("outreach", case),
        )


def no_show(case: Case, facts: Facts, today: date) -> Iterator[DueItem]:
    """Did not come, and nobody has tried to reach the person since."""
    absent = max(facts.contacts.absent, default=None)
    if absent is None or today - absent > ABSENCE_ASKED_FOR:
        return
    if any(on >= absent for on in (*facts.contacts.held, *(attempt.on for attempt in facts.attempts))):
        return
    yield case.item(
        "no_show",
        Urgency.TODAY if absent == today else Urgency.OVERDUE,
        absent,
        tag="Kom ikke",
        reason=f"Kom ikke {day(absent, today)}: se hva dere har avtalt, og ta kontakt",
        action="Ta kontakt",
        href=_about("outreach", case),
    )


def outreach_again(case: Case, facts: Facts, today: date) -> Iterator[DueItem]:
    """The next step of the last attempt, unless there has been contact since."""
    last = max(facts.attempts, key=lambda attempt: (attempt.on, attempt.next_on or attempt.on), default=None)
    if last is None or last.next_on is None or last.next_on > today or any(on > last.on for on in facts.contacts.held):
        return
    yield case.item(
        "outreach_again",
        Urgency.TODAY if last.next_on == today else Urgency.OVERDUE,
        last.next_on,
        tag="Oppsøking",
        reason=f"Neste forsøk på å få kontakt var satt til {day(last.next_on, today)}",
        action="Ta kontakt",
        href=_about("outreach", case),
    )


def drafts(facts: dict[UUID, Facts], known: dict[UUID, Participant], today: date) -> Iterator[DueItem]:
    """Own drafts that have lain for a week: finished and shared, or left as they are."""
    resting = {
        person: [(number, on) for number, on in told.drafts if today - on > DRAFT_RESTS]
        for person, told in facts.items()
    }
    for person, participant in _named([person for person, lying in resting.items() if lying], known):
        number, on = min(resting[person], key=lambda draft: draft[1])
        yield DueItem(
            rule="draft",
            urgency=Urgency.TIDY,
            due_on=on + DRAFT_RESTS,
            title=participant.short_name,
            tag="Utkast",
            reason=f"Notatet fra {day(on, today)} er fortsatt et utkast som bare du ser",
            action="Gjør det ferdig",
            href=address("note", number),
            participant_id=person,
        )


def _named(people: list[UUID], known: dict[UUID, Participant]) -> Iterable[tuple[UUID, Participant]]:
    """Find those who are not among the cases, such as a supervisor's. A query only when there are some."""
    others = [person for person in people if person not in known]
    found = Participant.objects.in_bulk(others) if others else {}
    return [(person, (known | found)[person]) for person in people if person in known or person in found]


def _about(name: str, case: Case) -> str:
    return address(name, case.participant.pk)
