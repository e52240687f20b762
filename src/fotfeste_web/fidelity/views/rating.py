"""Rate alone, item by item, and hand in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fotfeste_web.fidelity.actions import rating as actions
from fotfeste_web.fidelity.forms.rating import HandInForm, RatingForm
from fotfeste_web.fidelity.forms.refusals import refusals_in
from fotfeste_web.fidelity.pages.rating import ItemFacts, RatingPage, own_rating
from fotfeste_web.fidelity.pages.review import progress_in_words
from fotfeste_web.fidelity.reach import item_of, review_for, reviewer_of
from fotfeste_web.fidelity.saving import SAVED, save
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission


@requires(Permission.RATE_REVIEW)
@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, review_id: int) -> HttpResponse:
    """Show the own ratings; sent, they are handed in for good."""
    own = reviewer_of(request, review_for(request, review_id))
    form = HandInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_in(form):
                actions.hand_in(own, now=timezone.now(), by=request.user)
                messages.success(request, "Du har levert.")
                return redirect("review", review_id)
        except actions.NotAllRated as left:
            said = progress_in_words(left.rated, left.items)
            form.add_error(None, f"{said} er vurdert. Vurder resten før du leverer.")
    context = {"page": RatingPage.of(reviewer_of(request, own.review)), "form": form}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "fidelity/rate.html", context, status=status)


@requires(Permission.RATE_REVIEW)
@require_http_methods(["GET", "POST"])
def rate_item(request: HttpRequest, review_id: int, item: str) -> HttpResponse:
    review = review_for(request, review_id)
    own, asked = reviewer_of(request, review), item_of(review, item)
    facts = ItemFacts.of(review, asked, timezone.localdate())
    form = RatingForm(request.POST or None, instance=own_rating(review, item, request.user), item=asked)

    def act(values: dict[str, Any]) -> None:
        actions.rate_item(review, item=item, suggested=facts.suggested, by=request.user, **values)

    if (status := save(request, form, act)) == SAVED:
        after = RatingPage.of(own).next_item
        return redirect("rate_item", review_id, after) if after else redirect("rate", review_id)
    context = {"page": RatingPage.of(own), "item": facts, "form": form}
    return TemplateResponse(request, "fidelity/rate_item.html", context, status=status)
