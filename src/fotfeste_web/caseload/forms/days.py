"""The days that a date field takes, with the sentence for a day outside them."""

import datetime as dt

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

Limit = tuple[dt.date, str]


def between(field: forms.Field, *, earliest: Limit | None = None, latest: Limit | None = None) -> None:
    """Refuse days before the earliest or after the latest, each with its own sentence."""
    if earliest:
        field.validators.append(MinValueValidator(*earliest))
        field.widget.attrs["min"] = earliest[0].isoformat()
    if latest:
        field.validators.append(MaxValueValidator(*latest))
        field.widget.attrs["max"] = latest[0].isoformat()
