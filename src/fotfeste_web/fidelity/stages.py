"""How far a review has come: it follows from who has rated, handed in and signed."""

from collections.abc import Collection
from datetime import date
from enum import IntEnum

from .models import Review, Reviewer


class Stage(IntEnum):
    PLANNED = 0
    RATING = 1  # each alone
    AGREEING = 2  # all have handed in
    SIGNED = 3

    @property
    def label(self) -> str:
        return ("Planlagt", "Vurderes", "Enighet", "Signert")[self]


def stage_of(review: Review, reviewers: Collection[Reviewer], today: date) -> Stage:
    if review.locked_at:
        return Stage.SIGNED
    if reviewers and all(one.handed_in_at for one in reviewers):
        return Stage.AGREEING
    begun = review.starts_on <= today or any(one.handed_in_at for one in reviewers)
    return Stage.RATING if begun else Stage.PLANNED
