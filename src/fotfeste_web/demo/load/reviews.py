"""Each service was reviewed last year, with a plan for what to do about it; and is being reviewed now."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from random import Random

from fotfeste import fidelity
from fotfeste_web.accounts.models import User
from fotfeste_web.demo.story import world as told
from fotfeste_web.demo.story.days import workday_from
from fotfeste_web.demo.story.phrases import read
from fotfeste_web.fidelity.lists import tasks
from fotfeste_web.fidelity.models import (
    Answer,
    Consensus,
    Improvement,
    Rating,
    Review,
    Reviewer,
    ReviewKind,
    ReviewTask,
    SampledFile,
    Source,
)
from fotfeste_web.fidelity.sampling import SIZE, draw, groups_of

from .loaded import ROWS_AT_A_TIME, Loaded
from .sharing import specialists

A_YEAR, HALF_A_YEAR = timedelta(days=350), timedelta(days=182)
SCALE = "ips-25"
# How an item stands, and how often the two see it differently.
GOOD, WEAK = (3, 4, 4, 4, 5), (2, 2, 3, 3, 4)
DIFFER = 0.2
LEFT = ("9", "18", "22", "24", "25")  # what one of them has still to rate
ANSWERS = (*[Answer.YES] * 5, Answer.FORM, Answer.NO)
SOURCES = (
    ("INT", "participant", "Fire deltakere, hver for seg", True),
    ("INT", "therapist", "To behandlere i behandlingsteamet", True),
    ("OBS", "therapist", "Behandlingsteamets møte", True),
    ("OBS", "employer", "Besøk hos en arbeidsgiver sammen med en jobbspesialist", False),
    ("DOK", "other", "Rutiner, brosjyre og møteplan", True),
)


def load(loaded: Loaded) -> None:
    # Draws of its own: what the other stages tell is the same with and without this one.
    rng = Random(f"{loaded.world.seed} reviews")  # noqa: S311  made-up people, no secrets
    raters = [loaded.users[one.key] for one in loaded.world.people if one.role == "kvalitetsvurderer"]
    for service in loaded.world.services:
        _last_year(loaded, rng, service, raters)
        _now(loaded, rng, service, raters)


def _review(loaded: Loaded, service: told.Service, starts_on: date, raters: list[User]) -> Review:
    scale = fidelity.scale(SCALE)
    review = Review.objects.create(
        service=loaded.services[service.key],
        kind=ReviewKind.INDEPENDENT,
        scale_id=scale.id,
        scale_version=scale.version,
        scale_sha256=scale.sha256,
        period_starts_on=starts_on - HALF_A_YEAR,
        period_ends_on=starts_on,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=2),
        planned_by=loaded.supervisor(service.key),
        planned_at=loaded.moment(starts_on - timedelta(days=75), time(10)),
    )
    Reviewer.objects.bulk_create(Reviewer(review=review, user=user) for user in raters)
    due = [(task, task.due_on(review.starts_on, review.ends_on)) for task in tasks()]
    ReviewTask.objects.bulk_create(
        ReviewTask(
            review=review,
            what=task.what,
            party=task.party,
            due_on=on,
            done_on=on - timedelta(days=1) if on <= loaded.world.today else None,
        )
        for task, on in due
    )
    Source.objects.bulk_create(
        Source(
            review=review, code=code, role=role, what=what, on=starts_on, held=held or starts_on < loaded.world.today
        )
        for code, role, what, held in SOURCES
    )
    return review


def _levels(rng: Random, service: told.Service) -> dict[str, int]:
    items = fidelity.scale(SCALE).items
    return {item.id: rng.choice(WEAK if service.weak else GOOD) for item in items}


def _ratings(rng: Random, review: Review, rater: User, given: dict[str, int], *, but: tuple[str, ...] = ()) -> None:
    seen = read("reviews")["seen"]
    items = fidelity.scale(SCALE).item_by_id
    Rating.objects.bulk_create(
        (
            Rating(
                review=review,
                rater=rater,
                item=item,
                value=value,
                evidence=list(items[item].evidence[-2:]),
                comment=rng.choice(seen[str(value)]),
            )
            for item, value in given.items()
            if item not in but
        ),
        batch_size=ROWS_AT_A_TIME,
    )


def _near(rng: Random, levels: dict[str, int]) -> dict[str, int]:
    """What another saw: the same, or one step from it."""
    return {
        item: min(5, max(1, level + (rng.choice((-1, 1)) if rng.random() < DIFFER else 0)))
        for item, level in levels.items()
    }


def _last_year(loaded: Loaded, rng: Random, service: told.Service, raters: list[User]) -> None:
    texts, levels = read("reviews"), _levels(rng, service)
    review = _review(loaded, service, workday_from(loaded.world.today - A_YEAR), raters)
    for rater, given in zip(raters, (levels, _near(rng, levels)), strict=True):
        _ratings(rng, review, rater, given)
    Consensus.objects.bulk_create(
        Consensus(
            review=review,
            item=item,
            value=value,
            comment=rng.choice(texts["seen"][str(value)]),
            recommendation=rng.choice(texts["recommended"][str(value)]) if value < 5 else "",
            set_by=raters[0],
        )
        for item, value in levels.items()
    )
    for days, one in enumerate(review.reviewers.order_by("pk"), start=20):  # the last signature locks it
        one.handed_in_at = loaded.moment(review.ends_on + timedelta(days=5), time(15))
        one.signed_at = loaded.moment(review.ends_on + timedelta(days=days), time(12))
        one.save()
    Improvement.objects.bulk_create(_improvements(loaded, service, review))


def _improvements(loaded: Loaded, service: told.Service, review: Review) -> Iterator[Improvement]:
    """What was done, what was dropped, and one that is over its day."""
    today, supervisor = loaded.world.today, loaded.supervisor(service.key)
    owners = [loaded.users[one.key] for one in specialists(loaded, service.key, today)]
    for number, measure in enumerate(read("reviews")["measure"]):
        state = measure["became"]
        yield Improvement(
            service=review.service,
            review=review,
            item=measure["item"],
            what=measure["what"],
            owner=supervisor if state == "open" else owners[number % len(owners)],
            due_on=workday_from(today - timedelta(days=10)) if state == "open" else review.ends_on + HALF_A_YEAR,
            state=state,
            reason=measure.get("reason", ""),
            closed_on=None if state == "open" else review.ends_on + timedelta(days=150),
            created_by=supervisor,
            created_at=loaded.moment(review.ends_on + timedelta(days=40), time(13)),
        )


def _now(loaded: Loaded, rng: Random, service: told.Service, raters: list[User]) -> None:
    """The days are now: one has handed in, the other has some items left, and most of those drawn have said yes."""
    today, levels = loaded.world.today, _levels(rng, service)
    review = _review(loaded, service, today - timedelta(days=1), raters)
    Review.objects.filter(pk=review.pk).update(seed=loaded.world.seed, drawn_on=today - timedelta(days=35))
    _ratings(rng, review, raters[0], levels)
    _ratings(rng, review, raters[1], _near(rng, levels), but=LEFT)
    Reviewer.objects.filter(review=review, user=raters[0]).update(handed_in_at=loaded.now - timedelta(minutes=30))
    drawn = draw(groups_of(review.service_id, today), loaded.world.seed, size=SIZE + ANSWERS.count(Answer.NO))
    SampledFile.objects.bulk_create(
        SampledFile(
            review=review,
            participant_id=one,
            group=group,
            place=place,
            answer=(answer := ANSWERS[place - 1] if place <= len(ANSWERS) else Answer.WAITS),
            answered_on=today - timedelta(days=14) if answer else None,
            closes_on=review.closes_on,
        )
        for place, (group, one) in enumerate(drawn, start=1)
    )
