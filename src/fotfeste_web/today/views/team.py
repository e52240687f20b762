from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fotfeste_web.audit.log import read_list
from fotfeste_web.organisations.chosen import chosen_service
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission
from fotfeste_web.today.pages.team import TeamPage


@requires(Permission.TEAM)
@require_safe
def team(request: HttpRequest) -> HttpResponse:
    chosen = chosen_service(request, Permission.TEAM)
    today = timezone.localdate()
    page = TeamPage.of(chosen.service, request.user, today)
    read_list(request, page.people, "team")
    return TemplateResponse(request, "today/team.html", {"page": page, "chosen": chosen, "today": today})
