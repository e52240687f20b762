"""The versions of each plan, and two of them side by side."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.plans.pages.versions import KINDS, VersionsPage
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission


@requires(Permission.PARTICIPANT_READ)
@require_safe
def profile_versions(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    return _versions(request, participant_id)


@requires(Permission.PARTICIPANT_READ)
@require_safe
def openness_versions(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    return _versions(request, participant_id)


@requires(Permission.PARTICIPANT_READ)
@require_safe
def search_plan_versions(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    return _versions(request, participant_id)


@requires(Permission.PARTICIPANT_READ)
@require_safe
def support_plan_versions(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    return _versions(request, participant_id)


def _versions(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    name = request.resolver_match.url_name
    person = participant_for(request, participant_id, page=name)
    since, until = request.GET.get("fra", ""), request.GET.get("til", "")
    page = VersionsPage.of(person, KINDS[name], since=since, until=until)
    # Whoever may only read has no page of the openness plan: it stands on the participant's.
    back = page.back if page.back != "openness" or request.scope.writes(person) else "participant"
    return TemplateResponse(request, "plans/versions.html", {"page": page, "back": back})
