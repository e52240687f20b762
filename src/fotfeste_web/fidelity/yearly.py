"""The fidelity score in the yearly report of a service."""

from collections.abc import Iterator

from fotfeste_web.ui.formats import day

from .models import Consensus, Review
from .pages.reviews import band_name, scale_in_words


def yearly(service_id: int, year: int) -> Iterator[tuple[str, str]]:
    """Give the last review signed by the end of the year: sum, date, kind, and who rated."""
    last = (
        Review.objects.signed()
        .filter(service=service_id, starts_on__year__lte=year)
        .order_by("starts_on")
        .prefetch_related("reviewers__user")
        .last()
    )
    if last is None:
        return
    score = last.score(Consensus.objects.filter(review=last).values_list("item", "value"))
    yield "Sum", f"{score.total} ({band_name(last, score.band)})" if score.total is not None else "ikke alle punkter"
    yield "Skala", scale_in_words(last)
    yield "Dato", day(last.starts_on)
    yield "Type", last.get_kind_display()
    yield "Vurdert av", ", ".join(sorted(one.user.name for one in last.reviewers.all()))
