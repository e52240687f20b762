from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste_web.audit.log import read_list
from fotfeste_web.caseload.due import cases
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission
from fotfeste_web.today import actions
from fotfeste_web.today.forms import PostponeForm
from fotfeste_web.today.pages.today import TodayPage, due_items


@requires(Permission.TODAY)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    page = TodayPage.of(request.user, request.scope, timezone.localtime())
    read_list(request, page.people, "today")
    return TemplateResponse(request, "today/today.html", {"page": page})


@requires(Permission.TODAY)
@require_http_methods(["GET", "POST"])
def postpone(request: HttpRequest, participant_id: UUID, rule: str) -> HttpResponse:
    participant = participant_for(request, participant_id, page="postpone", write=True)
    now = timezone.localdate()
    items = due_items(request.user, request.scope, cases(request.user, request.scope, now), now)
    item = next((i for i in items if (i.participant_id, i.rule, i.postponable) == (participant_id, rule, True)), None)
    if item is None:
        raise Http404
    form = PostponeForm(request.POST if request.method == "POST" else None, today=now)
    if form.is_valid():
        actions.postpone(participant, rule=rule, by=request.user, **form.cleaned_data)
        messages.success(request, "Linja kommer tilbake den dagen du valgte.")
        return redirect("today")
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "today/postpone.html", {"form": form, "item": item}, status=status)
