"""The cards on the page of a participant: one query for all of them."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from fotfeste.indicators.follow_along import State
from fotfeste_web.caseload.models import Participant
from fotfeste_web.followup.facts import Facts, facts_of
from fotfeste_web.followup.schedule import STATES, label, windows_of
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.rows.scope import Scope
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.formats import count, day
from fotfeste_web.ui.rooms import Card, CardLine

from .follow_up import kept_in_words

STEPS_SHOWN = 6
ENDED_SHOWN = timedelta(days=60)
OUTREACH_SHOWN = timedelta(days=90)
Links = tuple[tuple[str, str], ...]


def cards(participant: Participant, scope: Scope, today: date) -> Iterator[Card]:
    found = facts_of([participant.pk], drafts_of=scope.user_id, with_contacts=True)
    facts, writes = found.get(participant.pk, Facts()), scope.writes(participant)
    made_of = {
        _follow_up: (Kind.WORK, Kind.CONTACTS),
        _advice: (Kind.ECONOMY,),
        _outreach: (Kind.CONTACTS,),
        _notes: (Kind.CONTACTS,),
    }
    for make, kinds in made_of.items():  # with a part of its kinds a card would say what is not so
        card = make(participant.pk, facts, writes, today) if all(scope.sees(participant.pk, k) for k in kinds) else None
        if card is not None and (card.lines or writes):
            yield card


def _follow_up(person: UUID, facts: Facts, writes: bool, today: date) -> Card | None:
    lines = []
    jobs = [job for job in facts.jobs.values() if job.ends_on is None or job.ends_on > today - ENDED_SHOWN]
    for job in sorted(jobs, key=lambda job: job.starts_on, reverse=True):
        windows = [window for window in windows_of(job, facts, today) if window.state is not State.AHEAD]
        marks = tuple((f"{label(w)}: {STATES[w.state][0].lower()}", STATES[w.state][1]) for w in windows[-STEPS_SHOWN:])
        if marks:
            met = kept_in_words(windows)
            lines.append(
                CardLine(
                    text=f"Jobb {'fra' if job.begun else 'avtalt fra'} {day(job.starts_on, today)}",
                    detail=f"Møtt ansikt til ansikt {met} ganger planen ber om" if met else "",
                    marks=marks,
                )
            )
    if not lines:
        return None
    if any(period.contains(today) for period in facts.declined):
        lines.insert(0, CardLine(text="Ønsker ikke oppfølging nå"))
    return Card(
        title="Oppfølging i jobb", lines=tuple(lines), links=(_to("Se alle stegene", "follow_up", person),), order=20
    )


def _advice(person: UUID, facts: Facts, writes: bool, today: date) -> Card:
    last = max(facts.given, key=lambda given: given.advice.on, default=None)
    lines = ()
    if last is not None:
        again = f"Neste gang {day(last.next_on, today)}" if last.next_on else ""
        times = count(len(facts.given), "samtale", "samtaler")
        lines = (
            CardLine(
                text=f"Sist {day(last.advice.on, today)}" + ("" if last.advice.trained else ", uten opplært rådgiver"),
                detail=" · ".join(filter(None, [times, again])),
            ),
        )
    links = (_to("Skriv rådgivning", "advice_add", person),) if writes else ()
    return Card(
        title="Økonomisk rådgivning", lines=lines, empty="Ingen samtale skrevet ned ennå.", links=links, order=30
    )


def _outreach(person: UUID, facts: Facts, writes: bool, today: date) -> Card:
    """Attempts of late, and the plan. Without either: the way to make the plan."""
    recent = [attempt for attempt in facts.attempts if attempt.on > today - OUTREACH_SHOWN]
    lines = []
    if recent:
        last = max(recent, key=lambda attempt: attempt.on)
        lines.append(
            CardLine(
                text=f"{len(recent)} forsøk siste tre måneder",
                detail=f"Sist {day(last.on, today)}" + (", fikk kontakt" if last.reached else ", fikk ikke kontakt"),
            )
        )
    if facts.plan is not None:
        lines.append(CardLine(text=f"Kontaktplan avtalt {day(facts.plan, today)}"))
    links: Links = (_to("Se forsøk og kontaktplan", "outreach", person),) if lines else ()
    if writes and facts.plan is None:
        links = (*links, _to("Lag kontaktplan ved uteblivelse", "no_show_plan", person))
    return Card(title="Oppsøking", lines=tuple(lines), links=links, order=60)


def _notes(person: UUID, facts: Facts, writes: bool, today: date) -> Card | None:
    if not writes:
        return None
    lines = (
        CardLine(text=f"Notat fra {day(on, today)}", href=address("note", number), tag="Utkast", tag_color="warning")
        for number, on in sorted(facts.drafts, key=lambda draft: draft[1])
    )
    links = (_to("Skriv notat eller referat", "note_add", person),)
    return Card(title="Notat og referat", lines=tuple(lines), links=links, order=70)


def _to(label: str, name: str, person: UUID) -> tuple[str, str]:
    return label, address(name, person)
