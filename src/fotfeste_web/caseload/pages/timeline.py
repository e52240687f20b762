"""What has happened, newest first: contacts, jobs and their terms, education, pauses, referrals and each new status."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone

from fotfeste.indicators.records import counts_as_employer_contact, days_to_first_employer_contact
from fotfeste_web.accounts.models import User
from fotfeste_web.caseload.models import (
    EDUCATION_AHEAD,
    Assignment,
    Channel,
    Contact,
    ContactParticipant,
    ContactStatus,
    Education,
    Employer,
    Job,
    MadeBy,
    NextStep,
    Openness,
    Pause,
    Period,
    Referral,
    StepDown,
    Term,
    WishedOccupation,
    Wishes,
)
from fotfeste_web.caseload.records import contact_record
from fotfeste_web.caseload.status import Facts, history
from fotfeste_web.rows.together import Lists, together
from fotfeste_web.sharing.models import Share
from fotfeste_web.ui.addresses import address
from fotfeste_web.ui.formats import count, day
from fotfeste_web.ui.rooms import TimelineItem

from .jobs import job_title, supports_in_words, terms_in_words

TOOK_PLACE = (ContactStatus.HELD, ContactStatus.PARTICIPANT_ABSENT)


@dataclass(slots=True, kw_only=True)
class Records:
    """All that is recorded of one participant, read with two queries."""

    facts: Facts
    wishes: Wishes | None
    occupations: list[str]  # wished for, in order
    openness: Openness | None
    next_steps: list[NextStep]
    shares: list[Share]  # live
    assignments: list[Assignment]
    referrals: list[Referral]  # with its period
    jobs: list[Job]
    terms: dict[int, list[Term]]
    educations: list[Education]
    step_downs: list[StepDown]
    pauses: list[Pause]
    contacts: list[ContactParticipant]
    employers: dict[int, Employer]
    names: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, participant_id: UUID, facts: Facts, today: date) -> "Records":
        wishes, occupations, openness, steps, shares, *dated = _records(participant_id, today)
        jobs, terms, contacts, assignments, referrals, educations, step_downs, pauses = dated
        # Names are looked up apart: a join to a row that this person may not see would take the record away too.
        places = {job.employer_id for job in jobs} | {line.contact.employer_id for line in contacts}
        users = {a.specialist_id for a in assignments} | {line.contact.specialist_id for line in contacts}
        users |= {share.shared_with_id for share in shares}
        employers, people = _places_and_people(list(places - {None}), list(users))
        return cls(
            facts=facts,
            wishes=wishes[0] if wishes else None,
            occupations=[wished.styrk08 for wished in occupations],
            openness=openness[0] if openness else None,
            next_steps=steps,
            shares=shares,
            assignments=assignments,
            referrals=referrals,
            jobs=jobs,
            terms={job.pk: [term for term in terms if term.job_id == job.pk] for job in jobs},
            educations=educations,
            step_downs=step_downs,
            pauses=pauses,
            contacts=contacts,
            employers={employer.pk: employer for employer in employers},
            names={user.pk: user.name for user in people},
        )

    def period_of(self, referral: Referral) -> Period | None:
        return getattr(referral, "period", None)


@together
def _records(person: Any, today: Any) -> Lists:
    about = {"participant_id": person}
    return (
        Wishes.objects.filter(**about),
        WishedOccupation.objects.filter(**about),
        Openness.objects.filter(**about),
        NextStep.objects.filter(**about),
        Share.objects.live(today).filter(**about).order_by("starts_on", "pk"),
        Job.objects.filter(**about).order_by("starts_on", "pk"),
        Term.objects.filter(job__participant_id=person),
        ContactParticipant.objects.filter(**about).select_related("contact"),
        Assignment.objects.filter(**about).order_by("starts_on"),
        Referral.objects.filter(**about).select_related("period"),
        Education.objects.filter(**about).exclude(state__in=EDUCATION_AHEAD),
        StepDown.objects.filter(**about),
        Pause.objects.filter(**about),
    )


@together
def _places_and_people(places: Any, users: Any) -> Lists:
    return Employer.objects.filter(pk__among=places), User.objects.filter(pk__among=users)


@dataclass(frozen=True, slots=True)
class Corrects:
    """Where what is written wrongly is corrected, for those who may."""

    may_write: bool
    may_assign: bool

    def __call__(self, what: str, row: int) -> str:
        may = self.may_assign if what == "jobbspesialist" else self.may_write
        return address("correct", what, row) if may else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place on the timeline. What stands there is written out when it is shown: there can be hundreds."""

    on: date
    order: int
    write: Callable[[], TimelineItem]
    status: str = ""  # that it brought

    def item(self) -> TimelineItem:
        return replace(self.write(), status=self.status) if self.status else self.write()


def timeline(
    records: Records,
    others: Iterable[TimelineItem],
    *,
    first_name: str,
    may_open: bool,
    corrects: Corrects,
    today: date,
) -> list[Entry]:
    """Give everything that has happened until today, the newest first, with what other apps have of it."""
    items = (
        *others,
        *_referrals(records, corrects),
        *_assignments(records, corrects),
        *_jobs(records, may_open, today),
        *_educations(records),
        *_step_downs(records, corrects),
        *_pauses(records, corrects, today),
    )
    entries = [Entry(item.on, item.order, lambda item=item: item) for item in items]
    entries += _contacts(records, first_name, may_open, today)
    past = sorted((one for one in entries if one.on <= today), key=lambda one: (one.on, one.order), reverse=True)
    return _with_status(past, {change.on: change.status.label for change in history(records.facts, until=today)})


def _with_status(entries: list[Entry], began: dict[date, str]) -> list[Entry]:
    """Say each new status on the last thing that happened that day: some record of the day brought it."""
    return [replace(one, status=began.pop(one.on)) if one.on in began else one for one in entries]


def _referrals(records: Records, corrects: Corrects) -> Iterator[TimelineItem]:
    for referral in records.referrals:
        yield TimelineItem(
            on=referral.received_on,
            title="Henvist",
            who=referral.referrer,
            detail=f"av {referral.get_source_display().lower()}",
            lines=(f"«{referral.wish}»",),
            mend=corrects("henvisning", referral.pk),
        )
        period = records.period_of(referral)
        if period:
            yield TimelineItem(on=period.starts_on, title="Oppstart", mend=corrects("oppstart", period.pk), order=2)
            if period.ends_on:
                yield TimelineItem(
                    on=period.ends_on,
                    title="Avsluttet",
                    detail=period.get_end_reason_display(),
                    lines=(
                        *_some(period.end_note),
                        *_said("Støtte som fortsetter", period.support_after),
                        *_said("Veien tilbake", period.way_back),
                    ),
                    order=9,
                )
        elif referral.concluded_on:
            yield TimelineItem(
                on=referral.concluded_on,
                title=referral.get_outcome_display(),
                detail=referral.get_not_offered_reason_display(),
                lines=_some(referral.conclusion_note),
                order=9,
            )


def _assignments(records: Records, corrects: Corrects) -> Iterator[TimelineItem]:
    for assignment in records.assignments:
        name = records.names.get(assignment.specialist_id, "En jobbspesialist")
        yield TimelineItem(
            on=assignment.starts_on,
            title=f"{name} ble jobbspesialist",
            color="neutral",
            mend=corrects("jobbspesialist", assignment.pk),
            order=1,
        )


def _jobs(records: Records, may_open: bool, today: date) -> Iterator[TimelineItem]:
    for job in records.jobs:
        title = job_title(job, records.employers.get(job.employer_id))
        href = address("job", job.pk)
        terms = records.terms[job.pk]
        agreed_on = timezone.localdate(job.registered_at)
        if not job.begun or agreed_on < job.starts_on:
            yield TimelineItem(
                on=agreed_on,
                title=f"Jobb avtalt: {title}",
                detail=f"fra {day(job.starts_on, today)}",
                href=href,
                order=5,
            )
        for number, term in enumerate(terms if job.begun else []):
            first = number == 0
            yield TimelineItem(
                on=term.starts_on,
                title=f"Begynte i jobb: {title}" if first else f"Nye vilkår: {title}",
                detail=terms_in_words(term),
                lines=_some(supports_in_words(term.support)),
                color="success" if first else "",
                href=href,
                order=6,
            )
        if job.ends_on:
            last = max(job.ends_on - timedelta(days=1), job.starts_on)
            yield TimelineItem(
                on=job.ends_on if job.begun else job.end_known_on or job.ends_on,
                title=f"Sluttet: {title}" if job.begun else f"Jobben ble ikke noe av: {title}",
                detail=f"siste dag {day(last, today)}" if job.begun else "",
                lines=(*_some(job.end_reason), f"Avsluttet av: {job.get_ended_by_display().lower()}"),
                color="neutral",
                href=href,
                order=7,
            )


def _educations(records: Records) -> Iterator[TimelineItem]:
    for education in records.educations:
        what = f"{education.programme}, {education.place}"
        yield TimelineItem(on=education.starts_on, title=f"Begynte i utdanning: {what}", color="success", order=6)
        if education.ends_on:
            how = education.get_state_display().lower()
            yield TimelineItem(on=education.ends_on, title=f"Sluttet i utdanning: {what}", detail=how, order=7)


def _step_downs(records: Records, corrects: Corrects) -> Iterator[TimelineItem]:
    for step in records.step_downs:
        taker = f"{step.taker}, {step.taker_role}, tar over"
        lines = (taker, *_some(step.agreement), *_said("Veien tilbake", step.way_back))
        yield TimelineItem(
            on=step.starts_on, title="Nedtrapping begynte", lines=lines, mend=corrects("nedtrapping", step.pk), order=8
        )
        if step.ends_on:
            yield TimelineItem(on=step.ends_on, title="Nedtrapping avbrutt", order=8)


def _pauses(records: Records, corrects: Corrects, today: date) -> Iterator[TimelineItem]:
    for pause in records.pauses:
        until = f"tas opp igjen {day(pause.follow_up_on, today)}"
        yield TimelineItem(
            on=pause.starts_on,
            title="Pause",
            detail=until,
            lines=_some(pause.reason),
            color="neutral",
            mend=corrects("pause", pause.pk),
            order=8,
        )
        if pause.ends_on:
            yield TimelineItem(on=pause.ends_on, title="Tilbake fra pause", order=8)


def _contacts(records: Records, first_name: str, may_open: bool, today: date) -> Iterator[Entry]:
    starts = sorted(start for start, _ in records.facts.periods)
    first = {first_employer_meeting(records.contacts, start): start for start in starts}
    for line in records.contacts:
        if not is_planned(line.contact, today):
            since = first.get(line.contact_id)
            yield Entry(line.contact.on, 4, partial(_contact, records, line, first_name, since, may_open, today))


def _contact(
    records: Records, line: ContactParticipant, first_name: str, since: date | None, may_open: bool, today: date
) -> TimelineItem:
    """``since``: the start that this was the first meeting with an employer after."""
    contact = line.contact
    employer = records.employers.get(contact.employer_id or 0)
    name = records.names.get(contact.specialist_id, "")
    tag, color = _tag(contact, today)
    details = [_how(contact)]
    if since is not None:
        details.append(f"første arbeidsgivermøte, {count((contact.on - since).days, 'dag', 'dager')} etter oppstart")
    return TimelineItem(
        on=contact.on,
        title=f"{contact.get_kind_display()}: {employer.name}" if employer else contact.get_kind_display(),
        who={MadeBy.PARTICIPANT: first_name, MadeBy.BOTH: f"{name} og {first_name}"}.get(contact.made_by, name),
        detail=" · ".join(filter(None, details)),
        lines=_some(line.note or contact.summary),
        tag=tag,
        tag_color=color,
        color="" if contact.status in TOOK_PLACE else "neutral",
        href=address("contact", contact.pk) if may_open else "",
        order=4,
    )


def is_planned(contact: Contact, today: date) -> bool:
    return contact.status == ContactStatus.PLANNED and contact.on >= today


def first_employer_meeting(contacts: Iterable[ContactParticipant], started_on: date) -> int | None:
    """The first contact since the start that meets the rule for days to the first employer contact."""
    since = sorted((one.contact.on, one.contact_id, one) for one in contacts if one.contact.on >= started_on)
    met = (
        id
        for _, id, line in since
        if days_to_first_employer_contact(started_on, [contact_record(line.contact)]) is not None
    )
    return next(met, None)


def _tag(contact: Contact, today: date) -> tuple[str, str]:
    if counts_as_employer_contact(contact_record(contact)):
        return "Teller", "success"
    if contact.status == ContactStatus.PLANNED:
        return "Mangler resultat", "warning"
    if contact.status == ContactStatus.HELD:
        return "", ""
    return contact.get_status_display(), "warning" if contact.status == ContactStatus.PARTICIPANT_ABSENT else "neutral"


def _how(contact: Contact) -> str:
    minutes = f"{contact.minutes} min" if contact.minutes else ""
    in_person = contact.channel == Channel.IN_PERSON
    where = contact.get_place_display() if in_person else contact.get_channel_display()
    return ", ".join(filter(None, [minutes, where if where[1:2].isupper() else where[:1].lower() + where[1:]]))


def _said(label: str, text: str) -> tuple[str, ...]:
    return _some(f"{label}: {text}") if text else ()


def _some(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
