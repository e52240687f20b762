"""The records of the caseload in plain sentences, for a text that is given to another system."""

from collections.abc import Collection, Iterator
from datetime import date

from fotfeste_web.caseload.models import (
    Assignment,
    ContactParticipant,
    ContactStatus,
    Education,
    Employer,
    Job,
    NextStep,
    Openness,
    Participant,
    WishedOccupation,
    Wishes,
)
from fotfeste_web.caseload.pages.jobs import job_title, occupation_name, terms_in_words
from fotfeste_web.caseload.status import facts_of, status_on
from fotfeste_web.rows.kinds import Kind
from fotfeste_web.ui.formats import day, number
from fotfeste_web.ui.rooms import Passage


def passages(participant: Participant, kinds: Collection[str], starts_on: date, ends_on: date) -> Iterator[Passage]:
    yield from _where(participant, ends_on)
    if Kind.PLAN in kinds:
        yield from _wishes(participant)
        yield from _next_steps(participant, starts_on, ends_on)
    if Kind.OPENNESS in kinds:
        yield from _openness(participant)
    if Kind.WORK in kinds:
        yield from _work(participant, ends_on)
    if Kind.CONTACTS in kinds:
        yield from _contacts(participant, starts_on, ends_on)


def _where(participant: Participant, on: date) -> Iterator[Passage]:
    facts = facts_of([participant.pk])[participant.pk]
    status = status_on(facts, on)
    last = Assignment.objects.filter(participant=participant).select_related("specialist").order_by("starts_on").last()
    sentences = [
        f"Status {day(on)}: {status.label.lower()}." if status else "",
        f"Jobbspesialist: {last.specialist.name}." if last else "",
    ]
    text = " ".join(filter(None, sentences))
    if text:
        yield Passage(
            key="basis", kind=Kind.BASIS, heading="Hvor i løpet", text=text, author=last.specialist_id if last else None
        )


def _wishes(participant: Participant) -> Iterator[Passage]:
    wishes = Wishes.objects.filter(participant=participant).first()
    if wishes is None:
        return
    codes = WishedOccupation.objects.filter(participant=participant).values_list("styrk08", flat=True)
    hours = f"{number(wishes.hours_per_week.normalize())} timer i uka" if wishes.hours_per_week else ""
    wanted = [*map(occupation_name, codes), hours, wishes.times_of_day, wishes.place, wishes.environment]
    sentences = [
        f"Mål, med egne ord: «{wishes.goal}»" if wishes.goal else "",
        f"Ønsker: {', '.join(filter(None, wanted))}." if any(wanted) else "",
        f"Hva hjelper på jobb: {wishes.helps_at_work}" if wishes.helps_at_work else "",
    ]
    yield Passage(
        key="wishes",
        kind=Kind.PLAN,
        heading="Mål og ønsker",
        text="\n".join(filter(None, sentences)),
        author=wishes.updated_by_id,
    )


def _next_steps(participant: Participant, starts_on: date, ends_on: date) -> Iterator[Passage]:
    for step in NextStep.objects.filter(participant=participant):
        if step.done_on and not starts_on <= step.done_on <= ends_on:
            continue
        who = ", ".join(filter(None, [step.get_asked_of_display(), step.who]))
        when = f"gjort {day(step.done_on)}" if step.done_on else f"innen {day(step.due_on)}"
        yield Passage(
            key=f"step-{step.pk}",
            kind=Kind.PLAN,
            heading="Avtalt",
            text=f"{step.text} ({', '.join(filter(None, [who, when]))}).",
            on=step.done_on or step.due_on,
            author=step.created_by_id,
        )


def _openness(participant: Participant) -> Iterator[Passage]:
    openness = Openness.objects.filter(participant=participant).first()
    if openness:
        yield Passage(
            key="openness",
            kind=Kind.OPENNESS,
            heading="Åpenhet overfor arbeidsgiver",
            text=f"Kan arbeidsgiver kontaktes: {openness.get_may_contact_display().lower()}. "
            f"Kan fortelles: {openness.may_tell or 'ikke avtalt'}. "
            f"Skal ikke fortelles: {openness.must_not_tell or 'ikke avtalt'}. Avtalt {day(openness.agreed_on)}.",
            author=openness.updated_by_id,
        )


def _work(participant: Participant, ends_on: date) -> Iterator[Passage]:
    jobs = Job.objects.filter(participant=participant, starts_on__lte=ends_on).order_by("starts_on")
    jobs = list(jobs.prefetch_related("terms"))
    employers = Employer.objects.in_bulk({job.employer_id for job in jobs})
    for job in jobs:
        terms = list(job.terms.all())
        parts = [
            job_title(job, employers.get(job.employer_id)),
            f"{'fra' if job.begun else 'avtalt start'} {day(job.starts_on)}",
            f"sluttet {day(job.ends_on)}" if job.ends_on else "",
            terms_in_words(terms[-1]) if terms else "",
        ]
        yield Passage(
            key=f"job-{job.pk}",
            kind=Kind.WORK,
            heading="Jobb og utdanning",
            text=f"{', '.join(filter(None, parts))}.",
            on=job.starts_on,
        )
    for education in Education.objects.filter(participant=participant, starts_on__lte=ends_on).order_by("starts_on"):
        until = f" til {day(education.ends_on)}" if education.ends_on else ""
        yield Passage(
            key=f"education-{education.pk}",
            kind=Kind.WORK,
            heading="Jobb og utdanning",
            text=f"{education.programme}, {education.place}, fra {day(education.starts_on)}{until}.",
            on=education.starts_on,
        )


def _contacts(participant: Participant, starts_on: date, ends_on: date) -> Iterator[Passage]:
    lines = ContactParticipant.objects.filter(
        participant=participant,
        contact__on__range=(starts_on, ends_on),
        contact__status__in=(ContactStatus.HELD, ContactStatus.PARTICIPANT_ABSENT),
    )
    lines = list(lines.select_related("contact").order_by("contact__on", "pk"))
    employers = Employer.objects.in_bulk({line.contact.employer_id for line in lines} - {None})
    for line in lines:
        contact = line.contact
        employer = employers.get(contact.employer_id or 0)
        absent = "Deltaker møtte ikke." if contact.status == ContactStatus.PARTICIPANT_ABSENT else ""
        said = [f"{contact.get_kind_display()}{f', {employer.name}' if employer else ''}.", absent, line.note]
        yield Passage(
            key=f"contact-{contact.pk}",
            kind=Kind.CONTACTS,
            heading="Møter",
            text=f"{day(contact.on)}: {' '.join(filter(None, said))}",
            on=contact.on,
            author=contact.specialist_id,
        )
