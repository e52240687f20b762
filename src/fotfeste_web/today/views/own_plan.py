from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fotfeste_web.caseload.models import Participant
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission
from fotfeste_web.today.pages.own_plan import OwnPlanPage


@requires(Permission.OWN_PLAN)
@require_safe
def own_plan(request: HttpRequest) -> HttpResponse:
    own = Participant.objects.filter(user=request.user).values_list("pk", flat=True).first()
    page = None
    if own is not None:
        page = OwnPlanPage.of(participant_for(request, own, page="own_plan"), timezone.localdate())
    return TemplateResponse(request, "today/own_plan.html", {"page": page, "today": timezone.localdate()})


@requires(Permission.PARTICIPANT_WRITE)
@require_safe
def own_plan_print(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """The plan on paper, until the person has an own sign-in."""
    person = participant_for(request, participant_id, page="own_plan_print", write=True)
    page = OwnPlanPage.of(person, timezone.localdate())
    return TemplateResponse(request, "today/own_plan_print.html", {"page": page})
