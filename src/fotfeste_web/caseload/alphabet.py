"""The order of the Norwegian alphabet, æ ø å last: the embedded PostgreSQL has no rules of language."""

from django.db.models import Func, Value
from django.db.models.functions import Lower


def norwegian(column: str) -> Func:
    return Func(Lower(column), Value("æäøöå"), Value("{{||}"), function="translate")
