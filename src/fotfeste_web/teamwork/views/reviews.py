"""Ukens gjennomgang."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fotfeste_web.audit.versions import ChangedMeanwhile
from fotfeste_web.organisations.models import Membership
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission
from fotfeste_web.teamwork.actions import supervision as actions
from fotfeste_web.teamwork.forms.refusals import refusals_in
from fotfeste_web.teamwork.forms.supervision import ReviewForm
from fotfeste_web.teamwork.models import WeekReview
from fotfeste_web.teamwork.pages.reviews import WeekReviewPage
from fotfeste_web.teamwork.weeks import monday_of_slug


@requires(Permission.SUPERVISE)
@require_http_methods(["GET", "POST"])
def week_review(request: HttpRequest, membership_id: int, week: str) -> HttpResponse:
    """Go through a week's employer contacts and stamp it; never one's own."""
    led = Membership.objects.filter(service__in=request.scope.services(Permission.SUPERVISE), role="jobbspesialist")
    member = get_object_or_404(led.select_related("user", "service"), pk=membership_id)
    monday, today = monday_of_slug(week), timezone.localdate()
    if monday is None or monday > today:
        raise Http404
    if member.user_id == request.user.pk:
        raise PermissionDenied
    page = WeekReviewPage.of(member.service, member.user, monday, today)
    form = ReviewForm(request.POST or None, instance=page.review or WeekReview())
    status = 200
    if request.method == "POST":
        status = 422
        if not page.over:
            form.add_error(None, "Uka er ikke over ennå. Stemple den når den er ferdig.")
        elif page.review and page.review.reviewed_by_id != request.user.pk:
            form.add_error(None, f"{page.reviewed_by} har stemplet uka. Bare den som stemplet, endrer kommentaren.")
        elif form.is_valid():
            try:
                with refusals_in(form):
                    if page.review is None:
                        comment = form.cleaned_data["comment"]
                        actions.review_week(
                            member.service, member.user, monday=monday, comment=comment, by=request.user
                        )
                        messages.success(request, "Uka er stemplet.")
                    else:
                        stored = WeekReview.objects.get(pk=page.review.pk)
                        actions.change_comment(stored, by=request.user, **form.cleaned_data)
                        messages.success(request, "Kommentaren er lagret.")
                    return redirect("team")
            except ChangedMeanwhile as change:
                form.show_conflict(change.current)
                status = 409
    return TemplateResponse(
        request,
        "teamwork/week_review.html",
        {"page": page, "form": form, "member": member, "today": today},
        status=status,
    )
