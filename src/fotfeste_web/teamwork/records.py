"""Rows to the records that figures are worked out from."""

from collections.abc import Iterable

from fotfeste.indicators import records

from .models import Absence


def absence_records(absences: Iterable[Absence]) -> tuple[records.Absence, ...]:
    """State days away. Why is asked of nobody."""
    return tuple(
        records.Absence(
            specialist=str(away.specialist_id),
            starts_on=away.starts_on,
            ends_on=away.ends_on,
            covered=away.cover_id is not None,
        )
        for away in absences
        if away.starts_on < away.ends_on
    )
