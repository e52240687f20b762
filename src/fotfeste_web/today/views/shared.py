from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fotfeste_web.audit.log import read_list
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission
from fotfeste_web.today.pages.shared import SharedPage


@requires(Permission.SHARED_WITH_ME)
@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    page = SharedPage.of(request.scope, request.user, timezone.localdate())
    read_list(
        request, [*(person.participant_id for person in page.people), *(one for one, _ in page.waiting)], "shared"
    )
    return TemplateResponse(request, "today/shared.html", {"page": page})
