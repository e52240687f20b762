"""An education, mended."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fotfeste_web.caseload.models import Education
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.plans.actions.education import change_education
from fotfeste_web.plans.forms.education import EducationEditForm
from fotfeste_web.plans.saving import SAVED, save
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def education_edit(request: HttpRequest, education_id: int) -> HttpResponse:
    education = get_object_or_404(Education, pk=education_id)
    person = participant_for(request, education.participant_id, page="education_edit", write=True)
    form = EducationEditForm(request.POST or None, instance=education, today=timezone.localdate())
    status = save(request, form, lambda values: change_education(education, by=request.user, **values))
    if status == SAVED:
        messages.success(request, "Utdanningen er lagret.")
        return redirect("participant", person.pk)
    back = reverse("participant", args=[person.pk])
    context = {"form": form, "participant": person, "title": "Utdanning", "back": back}
    return TemplateResponse(request, "plans/form.html", context, status=status)
