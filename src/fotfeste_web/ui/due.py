"""Something that needs a person now: the one type through which every app gives its due items to the today page."""

from dataclasses import dataclass
from datetime import date, time
from enum import IntEnum
from uuid import UUID


class Urgency(IntEnum):
    """Lower comes first."""

    OVERDUE = 0
    TODAY = 1
    SOON = 2
    NEW = 3
    TIDY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One line: about whom or what, why it is here, by which rule, and what to do."""

    rule: str  # the key of the rule, such as "first_employer_contact"
    urgency: Urgency
    due_on: date
    title: str  # «Stille S.», or «Møte med Mørkved Dagligvare»
    tag: str  # «Frist i morgen»
    reason: str  # «Første arbeidsgivermøte innen 30 dager fra oppstart 19. oktober»
    action: str  # the label of the one clear action
    href: str
    participant_id: UUID | None = None  # items of one participant fold under the most urgent
    at: time | None = None  # a meeting today
    postponable: bool = True
