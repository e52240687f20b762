"""Kvalitetsvurderinger: all of one service, with how it goes from one to the next of the same kind."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from fotfeste_web.accounts.models import User
from fotfeste_web.fidelity.models import Consensus, Review, Reviewer, ReviewKind
from fotfeste_web.fidelity.stages import Stage, stage_of
from fotfeste_web.organisations.models import Membership, Service

COLORS = {Stage.PLANNED: "neutral", Stage.RATING: "info", Stage.AGREEING: "warning", Stage.SIGNED: "success"}
KIND_COLORS = {ReviewKind.INDEPENDENT: "info", ReviewKind.SELF: "neutral"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    id: int
    kind: str
    kind_color: str
    starts_on: date
    last_day: date
    stage: str
    color: str
    scale: str
    reviewers: str
    total: int | None
    band: str
    change: int | None  # since the last signed one of the same kind and scale


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsPage:
    rows: list[ReviewRow]  # the newest first

    @classmethod
    def of(cls, service: Service, today: date) -> "ReviewsPage":
        """Three queries, however many there are."""
        reviews = list(Review.objects.filter(service=service).order_by("starts_on", "pk"))
        rate: dict[int, list[Reviewer]] = defaultdict(list)
        for one in Reviewer.objects.filter(review__in=reviews).select_related("user").order_by("user__name"):
            rate[one.review_id].append(one)
        agreed: dict[int, list[tuple[str, int]]] = defaultdict(list)
        signed = [review for review in reviews if review.locked_at]
        for review_id, *given in Consensus.objects.filter(review__in=signed).values_list("review", "item", "value"):
            agreed[review_id].append((given[0], given[1]))
        last: dict[tuple[str, str], int] = {}
        rows = []
        for review in reviews:
            score = review.score(agreed[review.pk])
            like = (review.kind, review.scale_id)
            total = score.total
            stage = stage_of(review, rate[review.pk], today)
            rows.append(
                ReviewRow(
                    id=review.pk,
                    kind=review.get_kind_display(),
                    kind_color=KIND_COLORS[ReviewKind(review.kind)],
                    starts_on=review.starts_on,
                    last_day=review.ends_on - timedelta(days=1),
                    stage=stage.label,
                    color=COLORS[stage],
                    scale=scale_in_words(review),
                    reviewers=", ".join(one.user.name for one in rate[review.pk]),
                    total=total,
                    band=band_name(review, score.band),
                    change=total - last[like] if total is not None and like in last else None,
                )
            )
            if total is not None:
                last[like] = total
        return cls(rows=rows[::-1])


def scale_in_words(review: Review) -> str:
    return f"{review.scale.name_nb} ({review.scale.edition}, utgave {review.scale_version})"


def band_name(review: Review, band: str | None) -> str:
    return next((known.name_nb for known in review.scale.bands if known.id == band), "")


RATES = {ReviewKind.INDEPENDENT: ("kvalitetsvurderer",), ReviewKind.SELF: ("jobbspesialist", "metodeveileder")}


def candidates(service_id: int, kind: ReviewKind, today: date, review: Review | None = None) -> list[User]:
    """Give those who may rate: of an independent review none who works in the service; and those who rate already."""
    live = Membership.objects.live(today).filter(service=service_id)
    people = set(live.filter(role__in=RATES[kind]).values_list("user", flat=True))
    if kind is ReviewKind.INDEPENDENT:
        people -= set(live.filter(role__in=RATES[ReviewKind.SELF]).values_list("user", flat=True))
    if review is not None:
        people |= set(review.reviewers.values_list("user_id", flat=True))
    return list(User.objects.filter(pk__in=people, is_active=True).order_by("name"))
