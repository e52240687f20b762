"""Reviews at the points that tests begin from. Anne and Per come from outside and rate in Bodø."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fotfeste import fidelity
from fotfeste_web.accounts.models import User
from fotfeste_web.fidelity.models import Consensus, Rating, Review, Reviewer
from tests.database import as_owner
from tests.site.one_of_each import review_of
from tests.site.world import World, person

ITEMS = [item.id for item in fidelity.scale("ips-25").items]


def second_reviewer(world: World) -> User:
    if "second" not in world.people:
        with as_owner():
            since = world.today - timedelta(days=300)
            world.people["second"] = person("Per Foss", "kvalitetsvurderer", world.bodo, since)
    return world.people["second"]


def going_on(world: World, *people: User, **fields: Any) -> Review:
    """A review that these people rate in; without names, Anne and Per."""
    people = people or (world.reviewer, second_reviewer(world))
    with as_owner():
        review = review_of(world, world.bodo, world.supervisor, **fields)
        Reviewer.objects.bulk_create(Reviewer(review=review, user=user) for user in people)
    return review


def rated(review: Review, user: User, values: dict[str, int] | None = None, *, hand_in: bool = False) -> None:
    """Give every item a 4, but for those that are named; handed in when asked."""
    given = dict.fromkeys(ITEMS, 4) | (values or {})
    with as_owner():
        Rating.objects.bulk_create(
            Rating(review=review, rater=user, item=item, value=value, comment=f"Sett av {user.name}.")
            for item, value in given.items()
        )
        if hand_in:
            Reviewer.objects.filter(review=review, user=user).update(handed_in_at=timezone.now())


def handed_in(world: World, anne: dict[str, int] | None = None, per: dict[str, int] | None = None) -> Review:
    """A review that both have handed in."""
    review = going_on(world)
    rated(review, world.reviewer, anne)
    rated(review, world.second, per)
    with as_owner():
        review.reviewers.update(handed_in_at=timezone.now())
    return review


def signed(world: World, values: dict[str, int] | None = None, **fields: Any) -> Review:
    """A review that is signed by all, with 4 for every item but those that are named."""
    review = going_on(world, **fields)
    with as_owner():
        Consensus.objects.bulk_create(
            Consensus(review=review, item=item, value=value, comment="Som sist.", set_by=world.reviewer)
            for item, value in (dict.fromkeys(ITEMS, 4) | (values or {})).items()
        )
    sign(review)
    return review


def sign(review: Review) -> None:
    """By all, one after the other: the last signature locks it."""
    with as_owner():
        for one in review.reviewers.all():
            one.handed_in_at = one.signed_at = timezone.now()
            one.save()
        review.refresh_from_db()
