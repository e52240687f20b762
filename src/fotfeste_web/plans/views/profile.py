"""The career profile and the jobs held before."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.plans.actions import profile as actions
from fotfeste_web.plans.forms.profile import HeldJobForm, section_form
from fotfeste_web.plans.models import CareerProfile, HeldJob
from fotfeste_web.plans.pages.profile import ProfilePage
from fotfeste_web.plans.saving import CHANGED_MEANWHILE, SAVED, save
from fotfeste_web.plans.sections import SECTIONS
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission
from fotfeste_web.ui.formats import clock
from fotfeste_web.ui.versioned import VersionedForm


@requires(Permission.PARTICIPANT_READ)
@require_safe
def profile(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="profile")
    page = ProfilePage.of(person, may_write=request.scope.writes(person), today=timezone.localdate())
    return TemplateResponse(request, "plans/profile.html", {"page": page})


@requires(Permission.PARTICIPANT_WRITE)
@require_POST
def profile_section(request: HttpRequest, participant_id: UUID, section: str) -> HttpResponse:
    """Save one section. A script that saves as fields are left asks for JSON, and says what came of it."""
    person = participant_for(request, participant_id, page="profile", write=True)
    if section not in SECTIONS:
        raise Http404
    stored = CareerProfile.objects.filter(participant=person).first()
    form = section_form(SECTIONS[section])(
        request.POST, instance=stored or CareerProfile(participant=person, version=0), auto_id=f"id_{section}_%s"
    )
    status = save(
        request,
        form,
        lambda values: actions.save_section(
            person, section=section, version=values["version"], values=form.values(), by=request.user
        ),
    )
    if "application/json" in request.headers.get("Accept", ""):
        return _said(person.pk, form, status)
    if status == SAVED:
        messages.success(request, f"«{SECTIONS[section].title}» er lagret.")
        return redirect(f"{reverse('profile', args=[participant_id])}#{section}")
    page = ProfilePage.of(person, may_write=True, today=timezone.localdate(), refused=(section, form))
    return TemplateResponse(request, "plans/profile.html", {"page": page}, status=status)


def _said(participant_id: UUID, form: VersionedForm, status: int) -> JsonResponse:
    if status == SAVED:
        version = CareerProfile.objects.values_list("version", flat=True).get(participant=participant_id)
        return JsonResponse({"version": version, "said": f"Lagret kl. {clock(timezone.localtime())}"})
    return JsonResponse({"said": _why_not(form, status)}, status=status)


def _why_not(form: VersionedForm, status: int) -> str:
    """What stands beside the part; its button shows both texts, or the box that saves anyway."""
    if status == CHANGED_MEANWHILE:
        return "Ikke lagret: noen andre har skrevet her i mellomtida. Trykk «Lagre» for å se begge tekstene."
    error = next(error for errors in form.errors.as_data().values() for error in errors)
    more = " Trykk «Lagre», så kommer krysset fram." if error.code == "health_words" else ""
    return f"Ikke lagret. {' '.join(error.messages)}{more}"


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def held_job_add(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    person = participant_for(request, participant_id, page="held_job_add", write=True)
    form = HeldJobForm(request.POST or None, instance=HeldJob(participant=person, version=0))
    status = save(request, form, lambda values: actions.add_held_job(person, by=request.user, **form.values()))
    if status == SAVED:
        messages.success(request, "Jobben er lagret i karriereprofilen.")
        return redirect(f"{reverse('profile', args=[participant_id])}#jobber")
    context = {"form": form, "participant": person, "title": "Tidligere jobb", "back": _back(participant_id)}
    return TemplateResponse(request, "plans/form.html", context, status=status)


@requires(Permission.PARTICIPANT_WRITE)
@require_http_methods(["GET", "POST"])
def held_job_edit(request: HttpRequest, held_job_id: int) -> HttpResponse:
    job = get_object_or_404(HeldJob, pk=held_job_id)
    person = participant_for(request, job.participant_id, page="held_job_edit", write=True)
    form = HeldJobForm(request.POST or None, instance=job)
    status = save(request, form, lambda values: actions.change_held_job(job, by=request.user, **values))
    if status == SAVED:
        messages.success(request, "Jobben er lagret i karriereprofilen.")
        return redirect(f"{reverse('profile', args=[person.pk])}#jobber")
    context = {"form": form, "participant": person, "title": "Tidligere jobb", "back": _back(person.pk)}
    return TemplateResponse(request, "plans/form.html", context, status=status)


def _back(participant_id: UUID) -> str:
    return reverse("profile", args=[participant_id])
