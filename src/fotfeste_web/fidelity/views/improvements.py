"""Tiltaksplan."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste_web.fidelity.actions import improvements as actions
from fotfeste_web.fidelity.forms.improvements import ImprovementForm
from fotfeste_web.fidelity.models import Improvement
from fotfeste_web.fidelity.pages.improvements import ImprovementsPage, owners_in
from fotfeste_web.fidelity.reach import review_for
from fotfeste_web.fidelity.saving import SAVED, save
from fotfeste_web.organisations.chosen import chosen_service
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission


@requires(Permission.REVIEWS)
@require_safe
def improvements(request: HttpRequest) -> HttpResponse:
    chosen, today = chosen_service(request, Permission.REVIEWS), timezone.localdate()
    context = {
        "page": ImprovementsPage.of(chosen.service, today),
        "chosen": chosen,
        "may_write": request.scope.may(Permission.ACTION_PLAN, chosen.service.pk),
        "today": today,
    }
    return TemplateResponse(request, "fidelity/improvements.html", context)


@requires(Permission.ACTION_PLAN)
@require_http_methods(["GET", "POST"])
def improvement_add(request: HttpRequest, review_id: int) -> HttpResponse:
    """Add what is to be done about an item of a signed review; ``punkt`` in the address is the item."""
    review, today = review_for(request, review_id), timezone.localdate()
    if not request.scope.may(Permission.ACTION_PLAN, review.service_id):
        raise PermissionDenied
    if review.locked_at is None:
        raise Http404
    form = ImprovementForm(
        request.POST or None,
        instance=Improvement(review=review, service=review.service, item=request.GET.get("punkt", "")),
        scale=review.scale,
        owners=owners_in(review.service_id, today),
        today=today,
    )
    if form.is_bound and form.is_valid():
        actions.add_improvement(review, by=request.user, **form.values())
        messages.success(request, "Tiltaket er lagret.")
        return redirect("improvements")
    context = {"form": form, "review": review}
    return TemplateResponse(request, "fidelity/improvement.html", context, status=422 if form.errors else 200)


@requires(Permission.ACTION_PLAN)
@require_http_methods(["GET", "POST"])
def improvement(request: HttpRequest, improvement_id: int) -> HttpResponse:
    """Change a measure, or say what became of it."""
    found = get_object_or_404(Improvement.objects.select_related("review__service"), pk=improvement_id)
    if not request.scope.may(Permission.ACTION_PLAN, found.service_id):
        raise PermissionDenied
    review, today = found.review, timezone.localdate()
    owners = owners_in(found.service_id, today)
    form = ImprovementForm(request.POST or None, instance=found, scale=review.scale, owners=owners, today=today)

    def act(values: dict[str, Any]) -> None:
        stored = Improvement.objects.get(pk=improvement_id)
        actions.change_improvement(stored, today=today, by=request.user, **values)

    if (status := save(request, form, act, "Tiltaket er lagret.")) == SAVED:
        return redirect("improvements")
    context = {"form": form, "review": review, "improvement": found}
    return TemplateResponse(request, "fidelity/improvement.html", context, status=status)
