"""Fetch what a page of a review is about: who may not see gets 404, who sees and may not do it 403."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from fotfeste.fidelity import Item
from fotfeste_web.rows.roles import Permission

from .models import Review, Reviewer


def review_for(request: HttpRequest, review_id: int, *, planned: bool = False) -> Review:
    """Give a review. The database shows only those in scope. ``planned``: to one who plans them in the service."""
    review = get_object_or_404(Review.objects.select_related("service"), pk=review_id)
    if planned and not plans(request, review):
        raise PermissionDenied
    return review


def plans(request: HttpRequest, review: Review) -> bool:
    return request.scope.may(Permission.PLAN_REVIEW, review.service_id)


def reviewer_of(request: HttpRequest, review: Review) -> Reviewer:
    """Give this person's own part in a review; 403 to those who do not rate in it."""
    own = Reviewer.objects.filter(review=review, user=request.user).first()
    if own is None:
        raise PermissionDenied
    own.review = review
    return own


def item_of(review: Review, item: str) -> Item:
    if item not in review.scale.item_by_id:
        raise Http404
    return review.scale.item_by_id[item]
