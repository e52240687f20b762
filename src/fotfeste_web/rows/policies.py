"""Which rows a person may see, add, change and remove: said beside each model, kept by the database.

A model names its rule in the class attribute ``rows``. One policy a command, since a share reads and does not write.
Conditions are SQL on the columns of the table. ``None`` means nobody.
"""

from dataclasses import dataclass

from .kinds import Kind

USER = "(SELECT my_user())"


def among(column: str, function: str, type_: str = "bigint") -> str:
    """Tell that a column is in one of the arrays of the scope. Without the cast the planner asks once a row."""
    return f"{column} = ANY ((SELECT {function}())::{type_}[])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    seen: str
    added: str | None = None
    changed: str | None = None
    removed: str | None = None
    kind: Kind | None = None  # of a table about participants: which shares show its rows


MINE = f"({among('service_id', 'my_services')} OR {among('id', 'my_participants', 'uuid')})"
# What is closed long enough is locked: it is read, and nothing more is written (policies/retention.yaml).
WRITABLE = f"EXISTS (SELECT FROM caseload_participant WHERE id = participant_id AND {MINE} AND locked_on IS NULL)"


def _visible(shown: str) -> str:
    """Tell that a row is of a participant that one works with, or of one who is shown.

    The arrays of the scope are asked first: the table of participants is read only by those who have whole services.
    """
    team = f"participant_id IN (SELECT id FROM caseload_participant WHERE {among('service_id', 'my_services')})"
    return f"({among('participant_id', 'my_participants', 'uuid')} OR {shown} OR {team})"


def shown(kind: str) -> str:
    """Tell that a row is of a participant of whom this kind is shown: asked of the index of ``participant_id``."""
    return f"participant_id = ANY ((SELECT shown_participants('{kind}'))::uuid[])"


VISIBLE = _visible(among("participant_id", "shown_participants", "uuid"))
# Shown whole: to one who opened a colleague's participant with a reason, and to the person. No share covers it.
WHOLE = _visible(shown("whole"))


def visible(kind: Kind) -> str:
    """Tell that a row is of a participant that one works with, or of whom this kind is shown."""
    return VISIBLE if kind is Kind.BASIS else _visible(shown(kind))


def about_participant(kind: Kind, *, removable: bool = False) -> Rows:
    """Give the rule of a table about participants: seen where its kind is, written by those who work with them."""
    return Rows(
        seen=visible(kind), added=WRITABLE, changed=WRITABLE, removed=WRITABLE if removable else None, kind=kind
    )


def of_place(*, written_by: str) -> Rows:
    """Give the rule of what everyone with a role in the service sees, and those named write."""
    write = among("service_id", written_by)
    return Rows(seen=f"{among('service_id', 'my_places')} OR {write}", added=write, changed=write)


def of_work(*, removable: bool = False) -> Rows:
    """Give the rule of what those who do the daily work in the service share: employers."""
    work = among("service_id", "my_work")
    return Rows(seen=work, added=work, changed=work, removed=work if removable else None)
