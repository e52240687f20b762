"""One review: how far it has come, what is to be done, and when it is signed what it says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fotfeste_web.accounts.models import User
from fotfeste_web.fidelity.models import Consensus, Improvement, Review, Reviewer, ReviewTask, Source
from fotfeste_web.fidelity.pages.reviews import band_name, scale_in_words
from fotfeste_web.fidelity.stages import Stage, stage_of
from fotfeste_web.ui.formats import count

DAY = timedelta(days=1)
REPORTS = {"pdf": "PDF", "docx": "Word", "csv": "CSV til regneark"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One who rates, and how far that one has come. What was given is not here."""

    name: str
    handed_in: bool
    signed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    id: int
    what: str
    party: str
    due_on: date
    done_on: date | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    id: int
    code: str
    what: str
    role: str
    on: date | None
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """A measure from an earlier review, and what became of it."""

    id: int
    what: str
    state: str
    color: str
    due_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    id: str
    number: int
    name: str
    value: int | None
    change: int | None  # since the last signed review of the same kind
    comment: str
    recommendation: str
    suggested: str
    measures: list[Became]  # made after an earlier review


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionResult:
    name: str
    total: int | None
    items: list[ItemResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    id: int
    service_id: int
    service: str
    kind: str
    scale: str
    sha256: str
    scale_unchanged: bool  # the scale is still, letter by letter, the one it was rated by
    starts_on: date
    last_day: date
    period_starts_on: date
    period_last_day: date
    stage: Stage
    steps: list[dict[str, object]]
    parts: list[Part]
    rates: bool
    own_handed_in: bool
    tasks: list[TaskRow]
    done: list[TaskRow]
    sources: list[SourceRow]
    total: int | None
    band: str
    change: int | None
    compared_with: date | None  # first day of the review that the changes are since
    sections: list[SectionResult]
    measures: list[Became]  # of earlier reviews, while this one goes on
    closes_on: date
    reports: list[tuple[str, str]]  # kind and name of each file there is

    @classmethod
    def of(cls, review: Review, user: User, today: date) -> "ReviewPage":
        reviewers = list(review.reviewers.select_related("user").order_by("user__name"))
        stage = stage_of(review, reviewers, today)
        own = next((one for one in reviewers if one.user_id == user.pk), None)
        agreed = {one.item: one for one in review.consensus.all()} if stage is Stage.SIGNED else {}
        score = review.score((item, one.value) for item, one in agreed.items())
        before = signed_before(review)
        earlier = dict(Consensus.objects.filter(review=before).values_list("item", "value")) if before else {}
        change = None
        if before and score.total is not None:
            last = before.score(earlier.items()).total
            change = score.total - last if last is not None else None
        became = _became(review, today)
        tasks = [_task(one, today) for one in review.tasks.order_by("due_on", "pk")]
        return cls(
            id=review.pk,
            service_id=review.service_id,
            service=review.service.name,
            kind=review.get_kind_display(),
            scale=scale_in_words(review),
            sha256=review.scale_sha256,
            scale_unchanged=review.scale_sha256 == review.scale.sha256,
            starts_on=review.starts_on,
            last_day=review.ends_on - DAY,
            period_starts_on=review.period_starts_on,
            period_last_day=review.period_ends_on - DAY,
            stage=stage,
            steps=[{"label": one.label, "done": one < stage, "current": one is stage} for one in Stage],
            parts=[
                Part(name=one.user.name, handed_in=one.handed_in_at is not None, signed_at=one.signed_at)
                for one in reviewers
            ],
            rates=own is not None,
            own_handed_in=own is not None and own.handed_in_at is not None,
            tasks=[task for task in tasks if not task.done_on],
            done=[task for task in tasks if task.done_on],
            sources=[_source(one) for one in review.sources.order_by("on", "pk")],
            total=score.total,
            band=band_name(review, score.band),
            change=change,
            compared_with=before.starts_on if before and change is not None else None,
            sections=_sections(review, agreed, earlier, became) if agreed else [],
            measures=[one for _, one in became],
            closes_on=review.closes_on,
            reports=list(REPORTS.items()) if review.locked_at else [],
        )


def signed_before(review: Review) -> Review | None:
    """Find the signed review of the same kind and scale before this one."""
    like = Review.objects.signed().filter(service=review.service_id, kind=review.kind, scale_id=review.scale_id)
    return like.filter(starts_on__lt=review.starts_on).order_by("-starts_on", "-pk").first()


COLORS = {"open": "warning", "done": "success", "dropped": "neutral"}


def became_of(one: Improvement, today: date) -> Became:
    late = one.state == "open" and one.due_on < today
    return Became(
        id=one.pk,
        what=one.what,
        state="Over fristen" if late else one.get_state_display(),
        color="danger" if late else COLORS[one.state],
        due_on=one.due_on,
        reason=one.reason,
    )


def _became(review: Review, today: date) -> list[tuple[str, Became]]:
    """Give by item what earlier reviews led to, as it stands now: also of reviews that this person does not see."""
    earlier = Improvement.objects.filter(service=review.service_id).exclude(review=review.pk)
    if review.locked_at:
        earlier = earlier.filter(created_at__lt=review.locked_at)
    return [(one.item, became_of(one, today)) for one in earlier.order_by("due_on", "pk")]


def _sections(
    review: Review, agreed: dict[str, Consensus], earlier: dict[str, int], became: Iterable[tuple[str, Became]]
) -> list[SectionResult]:
    became = list(became)
    totals = {one.id: one.total for one in review.score((i, one.value) for i, one in agreed.items()).sections}
    return [
        SectionResult(
            name=section.name_nb,
            total=totals[section.id],
            items=[
                ItemResult(
                    id=item.id,
                    number=item.number,
                    name=item.name_nb,
                    value=agreed[item.id].value if item.id in agreed else None,
                    change=agreed[item.id].value - earlier[item.id]
                    if item.id in agreed and item.id in earlier
                    else None,
                    comment=agreed[item.id].comment if item.id in agreed else "",
                    recommendation=agreed[item.id].recommendation if item.id in agreed else "",
                    suggested=agreed[item.id].suggested if item.id in agreed else "",
                    measures=[one for of, one in became if of == item.id],
                )
                for item in review.scale.items_in(section=section.id)
            ],
        )
        for section in review.scale.sections
    ]


def _task(one: ReviewTask, today: date) -> TaskRow:
    return TaskRow(
        id=one.pk,
        what=one.what,
        party=one.get_party_display(),
        due_on=one.due_on,
        done_on=one.done_on,
        late=one.done_on is None and one.due_on < today,
    )


def _source(one: Source) -> SourceRow:
    return SourceRow(
        id=one.pk,
        code=one.get_code_display(),
        what=one.what,
        role=one.get_role_display(),
        on=one.on,
        held=one.held,
    )


def progress_in_words(rated: int, items: int) -> str:
    return f"{rated} av {count(items, 'punkt', 'punkter')}"


def earlier_measures(review: Review, item: str, today: date) -> list[Became]:
    return [one for of, one in _became(review, today) if of == item]


def reviewers_of(review: Review) -> list[Reviewer]:
    return list(review.reviewers.select_related("user").order_by("user__name"))
