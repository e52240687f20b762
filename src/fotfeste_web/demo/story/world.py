"""The made-up world as plain values. Periods are half-open: `ends_on` is the first day no longer covered."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    key: str
    name: str
    municipality: str  # four digits
    opened_on: date
    weak: bool  # caseloads too large, few employer contacts, slow start, low job rate


@dataclass(frozen=True, slots=True, kw_only=True)
class NavOffice:
    key: str
    service: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    key: str
    service: str
    name: str
    kind: str  # fact, dps, young


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who signs in."""

    key: str
    name: str
    role: str  # as in policies/roles.yaml
    services: tuple[str, ...]  # none: the installation
    employed_by: str  # nav, health_trust, municipality, foundation, other
    post_share: int  # per cent
    starts_on: date
    ends_on: date | None = None
    teams: tuple[str, ...] = ()
    nav_office: str | None = None
    participant: str | None = None  # the participant who signs in


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    person: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    key: str
    service: str
    name: str
    trade: str
    occupations: tuple[str, ...]  # STYRK-08, four digits
    municipality: str
    organisation_number: str | None  # None: typed by name, the number is still to be asked for
    contact_name: str
    contact_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A guardian's consent for a person under 18."""

    given_by: str
    covers: str
    given_on: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    source: str
    wish: str
    referred_on: date
    team: str | None
    therapist: str | None
    nav_office: str
    nav_adviser: str
    outcome: str | None = None  # None: waiting
    decided_on: date | None = None
    not_offered_reason: str | None = None
    text: str = ""
    consent: Consent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    specialist: str
    starts_on: date
    ends_on: date | None = None
    opened_on: date | None = None  # None: new, the specialist has not opened it yet
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One dated version of the career profile."""

    mapped_on: date
    goal: str
    occupations: tuple[str, ...]  # STYRK-08, four digits, in the person's order
    hours_per_week: float
    times_of_day: str
    place: str
    environment: str
    helps_at_work: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Openness:
    agreed_on: date
    version: int
    may_contact: str  # yes, no, ask_first
    may_tell: str
    must_not_tell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    text: str
    by: str  # specialist, participant, both
    agreed_on: date
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    starts_on: date
    ends_on: date | None
    hours_per_week: float
    form: str
    ordinary_rate: bool
    open_to_anyone: bool
    support: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    key: str
    employer: str
    occupation: str
    agreed_on: date
    starts_on: date
    begun: bool  # False: agreed, starts after today
    ends_on: date | None
    found: str
    matches_wish: bool
    openness_used: str  # open, partly, not_open
    terms: tuple[Term, ...]
    ended_by: str | None = None
    end_text: str = ""
    end_known_on: date | None = None  # the day the specialist learned of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    institution: str
    programme: str
    starts_on: date
    ends_on: date | None
    hours_per_week: float
    completed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    starts_on: date
    follow_up_on: date
    ends_on: date | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDown:
    starts_on: date
    taker: str  # the key of a person
    taker_role: str
    agreement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    closed_on: date
    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One stay in the service, from referral to closing. A return is a new one."""

    key: str
    referral: Referral
    started_on: date | None = None
    assignments: tuple[Assignment, ...] = ()
    profiles: tuple[Profile, ...] = ()
    openness: tuple[Openness, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    jobs: tuple[Job, ...] = ()
    studies: tuple[Study, ...] = ()
    pauses: tuple[Pause, ...] = ()
    step_down: StepDown | None = None
    closing: Closing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    key: str
    service: str
    name: str
    born_on: date
    identity_number: str | None
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A trip out of the office; its travel counts once however many it visits."""

    key: str
    specialist: str
    on: date
    travel_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    key: str
    service: str
    specialist: str
    kind: str
    status: str
    on: date
    starts_at: time
    minutes: int
    channel: str
    place: str
    by: str
    participants: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()  # therapists and NAV advisers who took part
    employer: str | None = None
    decision_maker: bool = False
    purpose: str | None = None
    round: str | None = None
    summary: str = ""  # names and describes no participant
    note: str = ""  # about the participants


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    seed: int
    today: date
    services: tuple[Service, ...]
    nav_offices: tuple[NavOffice, ...]
    teams: tuple[Team, ...]
    people: tuple[Person, ...]
    absences: tuple[Absence, ...]
    employers: tuple[Employer, ...]
    participants: tuple[Participant, ...]
    rounds: tuple[Round, ...]
    contacts: tuple[Contact, ...]
