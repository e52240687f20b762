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


MINE = f"({among('service_id', 'my_services')} OR {among('id', 'my_participants', 'uuid')})"
# What is closed long enough is locked: it is read, and nothing more is written (policies/retention.yaml).
WRITABLE = f"participant_id IN (SELECT id FROM caseload_participant WHERE {MINE} AND locked_on IS NULL)"
VISIBLE = "participant_id IN (SELECT id FROM caseload_participant)"


def about_participant(kind: Kind, *, removable: bool = False) -> Rows:
    """Give the rule of a table about participants: seen with the person, written by those who work with them."""
    return Rows(seen=VISIBLE, added=WRITABLE, changed=WRITABLE, removed=WRITABLE if removable else None)


def of_place(*, written_by: str) -> Rows:
    """Give the rule of what everyone with a role in the service sees, and those named write."""
    write = among("service_id", written_by)
    return Rows(seen=f"{among('service_id', 'my_places')} OR {write}", added=write, changed=write)


def of_work(*, removable: bool = False) -> Rows:
    """Give the rule of what those who do the daily work in the service share: employers."""
    work = among("service_id", "my_work")
    return Rows(seen=work, added=work, changed=work, removed=work if removable else None)
