"""The page of a job: its terms in order, and what each definition of work makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste.employment import (
    Ordinary,
    WorkDefinition,
    days_in_work,
    definitions,
    is_ordinary,
    work_definition,
)
from fotfeste.norway.codes import occupations
from fotfeste.periods import Period, merge
from fotfeste_web.caseload.job_records import job_record, term_record
from fotfeste_web.caseload.models import Employer, Job, Support, Term
from fotfeste_web.ui.formats import count, day, number

DEFAULT = "ordinary_work"
REASONS = {
    "form": "ansettelsesformen teller ikke",
    "ordinary_rate": "ikke vanlig lønn",
    "open_to_anyone": "stillingen er ikke åpen for alle",
} | {support.value: support.label for support in Support}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether terms count as work by one definition, and if not, why."""

    definition: str
    version: int
    counts: bool
    reasons: str
    source: str = ""
    days: str = ""

    @classmethod
    def of(cls, term: Term, definition: WorkDefinition, **more: str) -> "Verdict":
        ordinary: Ordinary = is_ordinary(term_record(term), definition)
        reasons = ", ".join(REASONS[reason] for reason in ordinary.reasons)
        return cls(
            definition=definition.name_nb,
            version=definition.version,
            counts=ordinary.counts,
            reasons=reasons[:1].lower() + reasons[1:],
            **more,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLine:
    id: int
    when: str
    what: str
    pay: str
    support: str
    verdict: Verdict
    current: bool

    @classmethod
    def of(cls, term: Term, today: date) -> "TermLine":
        return cls(
            id=term.pk,
            when=span(term.starts_on, term.ends_on, today),
            what=terms_in_words(term),
            pay=("Vanlig lønn" if term.ordinary_rate else "Ikke vanlig lønn")
            + (", åpen for alle" if term.open_to_anyone else ", ikke åpen for alle"),
            support=supports_in_words(term.support),
            verdict=Verdict.of(term, work_definition(DEFAULT)),
            current=term.starts_on <= today and (term.ends_on is None or today < term.ends_on),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCard:
    """A job as the participant's page shows it."""

    id: int
    title: str
    when: str
    terms: str
    verdict: Verdict | None
    agreed: bool
    late: bool  # agreed, and its day has come
    ended: bool
    closed: bool  # its end is written, perhaps a day to come

    @classmethod
    def of(cls, job: Job, terms: Sequence[Term], employer: Employer | None, today: date) -> "JobCard":
        term = term_on(terms, today)
        return cls(
            id=job.pk,
            title=job_title(job, employer),
            when=job_when(job, today),
            terms=terms_in_words(term) if term else "",
            verdict=Verdict.of(term, work_definition(DEFAULT)) if term else None,
            agreed=not job.begun and job.ends_on is None,
            late=not job.begun and job.ends_on is None and job.starts_on <= today,
            ended=job.ends_on is not None and (not job.begun or job.ends_on <= today),
            closed=job.ends_on is not None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPage:
    card: JobCard
    participant_id: str
    participant: str
    sub: str
    facts: tuple[tuple[str, str], ...]
    terms: tuple[TermLine, ...]
    verdicts: tuple[Verdict, ...]  # by each definition, the default first
    supports: tuple[tuple[str, str], ...]
    may_write: bool

    @classmethod
    def of(cls, job: Job, *, may_write: bool, today: date) -> "JobPage":
        terms = list(job.terms.all())
        employer = Employer.objects.filter(pk=job.employer_id).first()
        return cls(
            card=JobCard.of(job, terms, employer, today),
            participant_id=str(job.participant_id),
            participant=job.participant.short_name,
            sub=f"{job.participant.short_name} · {job_when(job, today)}",
            facts=_facts(job, employer, today),
            terms=tuple(TermLine.of(term, today) for term in terms),
            verdicts=_verdicts(job, terms, today),
            supports=_supports(terms, today),
            may_write=may_write,
        )


def term_on(terms: Sequence[Term], day_: date) -> Term | None:
    """The terms that hold on a day; before the first of them the first, after the last the last."""
    begun = [term for term in terms if term.starts_on <= day_]
    return begun[-1] if begun else terms[0] if terms else None


def job_title(job: Job, employer: Employer | None) -> str:
    what = job.title or occupation_name(job.styrk08)
    return f"{what} hos {employer.name}" if employer else what


def job_when(job: Job, today: date) -> str:
    if job.ends_on is not None and not job.begun:
        return "Ble ikke noe av"
    if not job.begun:
        return f"Avtalt, begynner {day(job.starts_on, today)}"
    return span(job.starts_on, job.ends_on, today)


def occupation_name(styrk08: str) -> str:
    code = occupations().get(styrk08)
    return code.name if code else styrk08


def terms_in_words(term: Term) -> str:
    return f"{number(term.hours_per_week.normalize())} timer i uka, {term.get_form_display().lower()}"


def supports_in_words(support: Sequence[str]) -> str:
    return ", ".join(Support(value).label for value in support)


def span(starts_on: date, ends_on: date | None, today: date) -> str:
    """Say a half-open period as people do: with its last day."""
    if ends_on is None:
        return f"{'Fra' if starts_on > today else 'Siden'} {day(starts_on, today)}"
    return f"{day(starts_on, today)} – {day(max(ends_on - timedelta(days=1), starts_on), today)}"


def _facts(job: Job, employer: Employer | None, today: date) -> tuple[tuple[str, str], ...]:
    yes_no = {True: "Ja", False: "Nei", None: "Ikke vurdert"}
    known = job.end_known_on
    facts = [
        ("Arbeidsgiver", employer.name if employer else "Vises ikke for deg"),
        ("Yrke", f"{occupation_name(job.styrk08)} ({job.styrk08})"),
        ("Tid", job_when(job, today)),
        ("Hvordan jobben ble funnet", job.get_found_how_display()),
        ("Passer med ønskene", yes_no[job.matches_wishes]),
        ("Åpenhet overfor arbeidsgiver", job.get_openness_used_display() or "Ikke avklart"),
    ]
    if job.ends_on is not None:
        facts += [
            ("Hvem avsluttet", job.get_ended_by_display()),
            ("Når det ble kjent", day(known, today) if known else "Ikke oppgitt"),
            ("Hvorfor, og hva vi lærte", job.end_reason or "Ikke skrevet"),
            ("Ønsker ny jobb", {True: "Ja", False: "Nei", None: "Ikke snakket om ennå"}[job.new_search_wished]),
        ]
    return tuple(facts)


def _verdicts(job: Job, terms: Sequence[Term], today: date) -> tuple[Verdict, ...]:
    term = term_on(terms, today)
    if term is None:
        return ()
    known = [definition for definition in definitions() if isinstance(definition, WorkDefinition)]
    # Days until and with today; nothing is known of tomorrow.
    lived = Period(job.starts_on, max(job.starts_on, today + timedelta(days=1)))
    records = [job_record(job, terms)] if job.begun else []
    return tuple(
        Verdict.of(
            term,
            definition,
            source=definition.source,
            days=count(days_in_work(records, definition, lived), "dag", "dager"),
        )
        for definition in known
    )


def _supports(terms: Sequence[Term], today: date) -> tuple[tuple[str, str], ...]:
    """Each support with when it was there, over all terms."""
    return tuple(
        (support.label, span(period.start, period.end, today))
        for support in Support
        for period in merge(Period(term.starts_on, term.ends_on) for term in terms if support in term.support)
    )
