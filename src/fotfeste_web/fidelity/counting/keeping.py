"""Count the items of a service in every period that is kept, and keep what was counted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils import timezone

from fotfeste import fidelity
from fotfeste.fidelity import NoSuggestions, Scale, suggest
from fotfeste.indicators.records import Milestone, MilestoneKind, Records
from fotfeste_web.fidelity.models import CountedItem, Review
from fotfeste_web.figures.records import records_of
from fotfeste_web.rows.scope import within_service

from .counted import counted, row
from .hiding import without_people
from .periods import DAY, Named, of_review, standard, until

SCALE = "ips-25"
WRITTEN = [
    "starts_on", "ends_on", "scale_id", "scale_version", "rating", "number", "numerator", "denominator", "told",
    "counted_at",
]  # fmt: skip


def keep_counted(service_id: int, today: date) -> None:
    """Count and keep, in the scope of the service: background work."""
    with within_service(service_id):
        records = records_for(service_id, today)
        rows = [one for named, scale in _periods(service_id, today) for one in _rows(service_id, named, scale, records)]
        CountedItem.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["service", "period", "item", "whole"], update_fields=WRITTEN
        )


def records_for(service_id: int, today: date) -> Records:
    """Give the records of a service with the days of its signed reviews, as item 11 asks for."""
    signed = Review.objects.signed().filter(service=service_id).values_list("starts_on", flat=True)
    reviews = tuple(Milestone(kind=MilestoneKind.FIDELITY_REVIEW, on=on) for on in signed.order_by("starts_on"))
    return replace(records_of(service_id, today), milestones=reviews)


def _periods(service_id: int, today: date) -> Iterator[tuple[Named, Scale]]:
    """Give those of every service, and those of its reviews that are not signed: a signed one keeps what it saw."""
    scale = fidelity.scale(SCALE)
    yield from ((named, scale) for named in standard(today, scale))
    for review in Review.objects.filter(service=service_id, locked_at=None, period_starts_on__lte=today):
        yield until(of_review(review), today + DAY), review.scale


def _rows(service_id: int, named: Named, scale: Scale, records: Records) -> Iterator[CountedItem]:
    try:
        made = suggest(records, scale, named.period)
    except NoSuggestions:  # a scale that nobody has said how to count
        return
    staff = [one.id for one in records.specialists]
    of = {
        "service_id": service_id,
        "period": named.name,
        "starts_on": named.period.start,
        "ends_on": named.period.end,
        "scale_id": scale.id,
        "scale_version": scale.version,
        "counted_at": timezone.now(),
    }
    for one in made.items:
        told = counted(one, scale)
        yield row(told, **of, whole=True)
        yield row(without_people(told, staff), **of, whole=False)
