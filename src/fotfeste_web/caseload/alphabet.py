"""The order of the Norwegian alphabet, æ ø å last: the embedded PostgreSQL has no rules of language."""

from django.db.models import Func, Value
from django.db.models.functions import Lower

LAST = str.maketrans("æäøöå", "{{||}")


def alphabetical(name: str) -> str:
    """Give the key to sort names by here, in the order that `norwegian` sorts them by in the database."""
    return name.lower().translate(LAST)


def norwegian(column: str) -> Func:
    return Func(Lower(column), Value("æäøöå"), Value("{{||}"), function="translate")
