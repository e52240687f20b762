"""Tiltaksplan: what is open first, what became of the rest, tied to the items of the review it came from."""

from dataclasses import dataclass
from datetime import date

from fotfeste_web.accounts.models import User
from fotfeste_web.fidelity.models import Improvement, Review
from fotfeste_web.organisations.models import Membership, Service

from .review import became_of

OWNERS = ("jobbspesialist", "metodeveileder", "leder")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementRow:
    id: int
    what: str
    item: str
    owner: str
    due_on: date
    closed_on: date | None
    state: str
    color: str
    reason: str
    review_id: int
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementsPage:
    open: list[ImprovementRow]
    closed: list[ImprovementRow]
    latest: int | None  # the signed review that new ones come from

    @classmethod
    def of(cls, service: Service, today: date) -> "ImprovementsPage":
        rows = Improvement.objects.filter(service=service).select_related("review", "owner").order_by("due_on", "pk")
        shown = [(one.state == "open", _row(one, today)) for one in rows]
        latest = Review.objects.signed().filter(service=service).order_by("-starts_on", "-pk").first()
        return cls(
            open=[row for is_open, row in shown if is_open],
            closed=[row for is_open, row in shown if not is_open][::-1],
            latest=latest.pk if latest else None,
        )


def _row(one: Improvement, today: date) -> ImprovementRow:
    became = became_of(one, today)
    item = one.review.scale.item_by_id[one.item]
    return ImprovementRow(
        id=one.pk,
        what=one.what,
        item=f"{item.number} {item.name_nb}",
        owner=one.owner.name,
        due_on=one.due_on,
        closed_on=one.closed_on,
        state=became.state,
        color=became.color,
        reason=one.reason,
        review_id=one.review_id,
        review=f"{one.review.get_kind_display()} {one.review.starts_on.year}",
    )


def owners_in(service_id: int, today: date) -> list[User]:
    live = Membership.objects.live(today).filter(service=service_id, role__in=OWNERS)
    return list(User.objects.filter(pk__in=live.values("user"), is_active=True).order_by("name"))
