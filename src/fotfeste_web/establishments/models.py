"""The country's establishments, as Enhetsregisteret publishes them: looked up in, and never written by the site."""

import re

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Case, Value, When

LEAST_LETTERS = 3
FOUND = 20
_WORDS = SearchVector("words", config="simple")


def words_of(text: str) -> str:
    """The words of a name, as they are searched for: no signs between, and no capitals."""
    return " ".join(re.findall(r"\w+", text.casefold()))


class EstablishmentQuerySet(models.QuerySet["Establishment"]):
    def sought(self, text: str) -> "list[Establishment]":
        """Find by number, or by the beginnings of words of the name; those whose name begins with it come first."""
        number = "".join(text.split())
        if number.isdecimal():
            return list(self.filter(pk=number))
        words = words_of(text)
        if len(words) < LEAST_LETTERS:
            return []
        query = SearchQuery(" & ".join(f"{word}:*" for word in words.split()), config="simple", search_type="raw")
        begins = Case(When(words__startswith=words, then=Value(0)), default=Value(1))
        return list(self.annotate(found=_WORDS).filter(found=query).order_by(begins, "words", "pk")[:FOUND])


class Establishment(models.Model):
    """A work place (underenhet) that has staff. Those without are left out: many bear the name of a person."""

    organisation_number = models.CharField("organisasjonsnummer", max_length=9, primary_key=True)
    name = models.CharField("navn", max_length=300)
    municipality = models.CharField("kommune", max_length=4, blank=True)
    words = models.CharField(max_length=300)

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(_WORDS, name="establishment_words")]

    def __str__(self) -> str:
        return self.name
