"""One item, in one period: all its figures, each job specialist, quarter by quarter, and what lifts it."""

from dataclasses import dataclass

from fotfeste.fidelity import Item
from fotfeste_web.accounts.models import User
from fotfeste_web.fidelity.counting.counted import OfOne
from fotfeste_web.fidelity.counting.periods import label
from fotfeste_web.fidelity.counting.words import figure_in_words, value_in_words
from fotfeste_web.organisations.models import Service

from .now import ItemLine, Kept, capitalised


@dataclass(frozen=True, slots=True)
class OfSpecialist:
    name: str
    value: str
    rating: int | None
    caps: list[str]
    figures: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NowItemPage:
    service_id: int
    period: str
    label: str  # of the period
    counted: bool
    followed: str  # what goes from quarter to quarter
    line: ItemLine
    anchors: list[tuple[int, str, bool]]  # rating, words, awaits a check
    specialists: list[OfSpecialist]
    before: str  # the item before and after, to go on
    after: str

    @classmethod
    def of(cls, service: Service, item: Item, period: str, *, whole: bool) -> "NowItemPage":
        kept = Kept(service, whole=whole)
        chosen = kept.chosen(period)
        told = kept.counted(item, chosen)
        names = {str(pk): name for pk, name in User.objects.filter(pk__in=kept.staff).values_list("pk", "name")}
        items = [one.id for one in kept.scale.items]
        place = items.index(item.id)
        return cls(
            service_id=service.pk,
            period=chosen,
            label=capitalised(label(chosen)),
            counted=chosen in kept.rows,
            followed=kept.followed(item),
            line=kept.line(item, chosen, names),
            anchors=[(one.rating, one.nb, one.awaits_check) for one in item.anchors],
            specialists=[_specialist(item, one, names) for one in told.specialists],
            before=items[place - 1] if place else "",
            after=items[place + 1] if place + 1 < len(items) else "",
        )


def _specialist(item: Item, one: OfOne, names: dict[str, str]) -> OfSpecialist:
    return OfSpecialist(
        name=names.get(str(one.user), "En som har sluttet"),
        value=value_in_words(item, one.cell) or "ingenting å telle",
        rating=one.rating,
        caps=[f"Høyst {cap.rating}: {cap.nb}" for cap in item.caps if cap.id in one.caps],
        figures=[figure_in_words(figure, {}) for figure in one.figures],
    )
