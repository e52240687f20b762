"""Kvalitetsvurdering: the list, one review, and its plan."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste import fidelity
from fotfeste_web.fidelity.actions import planning as actions
from fotfeste_web.fidelity.actions.reporting import report_downloaded
from fotfeste_web.fidelity.forms.planning import PlanForm, SourceForm, TaskForm
from fotfeste_web.fidelity.forms.refusals import refusals_in
from fotfeste_web.fidelity.models import PersonNote, Review, ReviewKind, ReviewTask, Source
from fotfeste_web.fidelity.pages.review import REPORTS, ReviewPage
from fotfeste_web.fidelity.pages.reviews import ReviewsPage, candidates
from fotfeste_web.fidelity.reach import plans, review_for
from fotfeste_web.fidelity.report import Report
from fotfeste_web.fidelity.saving import SAVED, save
from fotfeste_web.organisations.chosen import chosen_service
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission

SCALE = "ips-25"


@requires(Permission.REVIEWS)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    chosen, today = chosen_service(request, Permission.REVIEWS), timezone.localdate()
    context = {
        "page": ReviewsPage.of(chosen.service, today),
        "chosen": chosen,
        "may_plan": request.scope.may(Permission.PLAN_REVIEW, chosen.service.pk),
        "today": today,
    }
    return TemplateResponse(request, "fidelity/reviews.html", context)


@requires(Permission.REVIEWS)
@require_safe
def review(request: HttpRequest, review_id: int) -> HttpResponse:
    found, today = review_for(request, review_id), timezone.localdate()
    page = ReviewPage.of(found, request.user, today)
    context = {
        "page": page,
        "may_plan": plans(request, found),
        "may_work": page.rates or plans(request, found),
        "may_draw": request.scope.may(Permission.DRAW_FILES, found.service_id),
        "may_improve": request.scope.may(Permission.ACTION_PLAN, found.service_id),
        "today": today,
    }
    return TemplateResponse(request, "fidelity/review.html", context)


@requires(Permission.REVIEWS)
@require_safe
def review_report(request: HttpRequest, review_id: int, kind: str) -> HttpResponse:
    """Give a signed review as a file."""
    found = review_for(request, review_id)
    if found.locked_at is None or kind not in REPORTS:
        raise Http404
    content, media = Report.of(found).written(kind)
    report_downloaded(found, kind=kind, by=request.user)
    name = f"kvalitetsvurdering-{found.starts_on}.{kind}"
    return HttpResponse(content, content_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@requires(Permission.PLAN_REVIEW)
@require_http_methods(["GET", "POST"])
def review_plan(request: HttpRequest) -> HttpResponse:
    """Plan a review of the kind that the address names; without one, an independent one."""
    chosen, today = chosen_service(request, Permission.PLAN_REVIEW), timezone.localdate()
    asked = request.GET.get("type", "")
    kind = ReviewKind(asked if asked in ReviewKind.values else ReviewKind.INDEPENDENT)
    planned = Review(service=chosen.service, kind=kind)
    people = candidates(chosen.service.pk, kind, today)
    form = PlanForm(request.POST or None, instance=planned, candidates=people, today=today)
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            scale = fidelity.scale(SCALE)
            made = actions.plan_review(chosen.service, kind=kind, scale=scale, by=request.user, **form.values())
            messages.success(request, "Vurderingen er planlagt, med oppgaver og frister.")
            return redirect("review", made.pk)
    kinds = [
        {"label": label, "href": f"?tjeneste={chosen.service.pk}&type={value}", "current": value == kind, "count": None}
        for value, label in ReviewKind.choices
    ]
    context = {"form": form, "kind": kind, "kinds": kinds, "chosen": chosen, "people": people}
    return TemplateResponse(request, "fidelity/plan.html", context, status=422 if form.errors else 200)


@requires(Permission.PLAN_REVIEW)
@require_http_methods(["GET", "POST"])
def review_edit(request: HttpRequest, review_id: int) -> HttpResponse:
    found, today = review_for(request, review_id, planned=True), timezone.localdate()
    people = candidates(found.service_id, ReviewKind(found.kind), today, review=found)
    form = PlanForm(request.POST or None, instance=found, candidates=people, today=today)

    def act(values: dict[str, Any]) -> None:  # the form has written over the one that it was given
        actions.change_review(review_for(request, review_id), by=request.user, **values)

    if (status := save(request, form, act, "Endringen er lagret.")) == SAVED:
        return redirect("review", review_id)
    context = {"form": form, "kind": ReviewKind(found.kind), "kinds": [], "chosen": None, "people": people}
    return TemplateResponse(request, "fidelity/plan.html", context | {"review_id": review_id}, status=status)


@requires(Permission.PLAN_REVIEW, Permission.RATE_REVIEW)
@require_http_methods(["GET", "POST"])
def review_task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Move a task, or say that it is done."""
    task = get_object_or_404(ReviewTask.objects.select_related("review__service"), pk=task_id)
    form = TaskForm(request.POST or None, instance=task, today=timezone.localdate())

    def act(values: dict[str, Any]) -> None:
        actions.change_task(ReviewTask.objects.get(pk=task_id), by=request.user, **values)

    if (status := save(request, form, act, "Oppgaven er lagret.")) == SAVED:
        return redirect("review", task.review_id)
    return TemplateResponse(request, "fidelity/task.html", {"form": form, "task": task}, status=status)


@requires(Permission.PLAN_REVIEW, Permission.RATE_REVIEW)
@require_http_methods(["GET", "POST"])
def source_add(request: HttpRequest, review_id: int) -> HttpResponse:
    found = review_for(request, review_id)
    return _source(request, Source(review=found, version=1))


@requires(Permission.PLAN_REVIEW, Permission.RATE_REVIEW)
@require_http_methods(["GET", "POST"])
def source(request: HttpRequest, source_id: int) -> HttpResponse:
    return _source(request, get_object_or_404(Source.objects.select_related("review__service"), pk=source_id))


def _source(request: HttpRequest, held: Source) -> HttpResponse:
    rates = held.review.reviewers.filter(user=request.user).exists()
    if not rates and not plans(request, held.review):
        raise PermissionDenied
    notes = PersonNote.objects.filter(source=held.pk).select_related("author") if held.pk else PersonNote.objects.none()
    own = next((note.text for note in notes if note.author_id == request.user.pk), "") if rates else None
    form = SourceForm(request.POST or None, instance=held, today=timezone.localdate(), note=own)

    def act(values: dict[str, Any]) -> None:
        stored = Source.objects.get(pk=held.pk) if held.pk else Source(review=held.review)
        actions.save_source(stored, by=request.user, **values)

    if (status := save(request, form, act)) == SAVED:
        return redirect("review", held.review_id)
    others = [(note.author.name, note.text) for note in notes if note.author_id != request.user.pk]
    context: dict[str, Any] = {"form": form, "review": held.review, "others": others}
    return TemplateResponse(request, "fidelity/source.html", context, status=status)
