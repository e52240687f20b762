"""Agree item by item, those that differ first, and sign."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste_web.audit.versions import ChangedMeanwhile
from fotfeste_web.fidelity.actions import consensus as actions
from fotfeste_web.fidelity.actions.rating import NotAllRated
from fotfeste_web.fidelity.forms.rating import ConsensusForm, SignForm
from fotfeste_web.fidelity.forms.refusals import Refusable, refusals_in
from fotfeste_web.fidelity.models import Review, Reviewer
from fotfeste_web.fidelity.pages.consensus import ConsensusPage, alike_of, consensus_on, ratings_of
from fotfeste_web.fidelity.pages.rating import ItemFacts
from fotfeste_web.fidelity.pages.review import progress_in_words
from fotfeste_web.fidelity.reach import item_of, review_for, reviewer_of
from fotfeste_web.fidelity.saving import SAVED, save
from fotfeste_web.fidelity.suggestions import suggested
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission

CHANGED = "Noen har endret noe etter at du åpnet siden. Se hva som står der nå, og signer da."


@requires(Permission.RATE_REVIEW)
@require_http_methods(["GET", "POST"])
def consensus(request: HttpRequest, review_id: int) -> HttpResponse:
    """Show where they differ and where not; sent, it is signed."""
    own = _handed_in_by_all(request, review_id)
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_in(form):
                seen = form.cleaned_data["seen"]
                signed = actions.sign(own, seen=seen, now=timezone.now(), by=request.user)
                locked = Review.objects.get(pk=signed.review_id).locked_at
                messages.success(request, "Signert av alle. Vurderingen er låst." if locked else "Du har signert.")
                return redirect("review", review_id)
        except NotAllRated as left:
            form.add_error(None, f"{progress_in_words(left.rated, left.items)} har en felles vurdering.")
        except ChangedMeanwhile:
            form.add_error(None, CHANGED)
    return _page(request, own, form, status=422 if request.method == "POST" else 200)


def _page(
    request: HttpRequest, own: Reviewer, form: SignForm, *, status: int, refused: Refusable | None = None
) -> HttpResponse:
    context = {"page": ConsensusPage.of(own.review, request.user), "form": form, "refused": refused}
    return TemplateResponse(request, "fidelity/consensus.html", context, status=status)


@requires(Permission.RATE_REVIEW)
@require_POST
def consensus_alike(request: HttpRequest, review_id: int) -> HttpResponse:
    """Take over what all gave alike."""
    own, form = _handed_in_by_all(request, review_id), Refusable()
    with refusals_in(form):
        review = own.review
        actions.take_over_alike(review, alike=alike_of(review), suggested=suggested(review), by=request.user)
        messages.success(request, "Det dere ga likt, er tatt inn.")
        return redirect("consensus", review_id)
    return _page(request, own, SignForm(), status=422, refused=form)


@requires(Permission.RATE_REVIEW)
@require_POST
def signature_withdraw(request: HttpRequest, review_id: int) -> HttpResponse:
    """Take the own signature back, as long as another has not signed too."""
    own, form = _handed_in_by_all(request, review_id), Refusable()
    with refusals_in(form):
        actions.withdraw_signature(own, by=request.user)
        messages.success(request, "Signaturen er trukket.")
        return redirect("consensus", review_id)
    return _page(request, own, SignForm(), status=422, refused=form)


@requires(Permission.RATE_REVIEW)
@require_http_methods(["GET", "POST"])
def consensus_item(request: HttpRequest, review_id: int, item: str) -> HttpResponse:
    review = _handed_in_by_all(request, review_id).review
    asked, given = item_of(review, item), ratings_of(review)[item]
    facts = ItemFacts.of(review, asked, timezone.localdate())
    form = ConsensusForm(request.POST or None, instance=consensus_on(review, item, given), item=asked)

    def act(values: dict[str, Any]) -> None:
        actions.agree_on(review, item=item, suggested=facts.suggested, by=request.user, **values)

    if (status := save(request, form, act)) == SAVED:
        return redirect("consensus", review_id)
    signed = review.reviewers.exclude(signed_at=None).exists()
    context = {"review": review, "item": facts, "given": given, "form": form, "signed": signed}
    return TemplateResponse(request, "fidelity/consensus_item.html", context, status=status)


def _handed_in_by_all(request: HttpRequest, review_id: int) -> Reviewer:
    """Give the own part of a review whose ratings all may see now."""
    review = review_for(request, review_id)
    own = reviewer_of(request, review)
    if review.reviewers.filter(handed_in_at=None).exists():
        raise PermissionDenied
    return own
