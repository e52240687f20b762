"""The drawn files: who is asked, what they answered, and what was found."""

import secrets

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fotfeste_web.audit.log import read_list
from fotfeste_web.caseload.models import Participant
from fotfeste_web.fidelity.actions import files as actions
from fotfeste_web.fidelity.forms.files import AnswerForm, FileForm
from fotfeste_web.fidelity.forms.refusals import Refusable, refusals_in
from fotfeste_web.fidelity.models import PersonNote, Review, SampledFile
from fotfeste_web.fidelity.pages.files import FilesPage, may_note, noted
from fotfeste_web.fidelity.reach import review_for
from fotfeste_web.fidelity.words import ERASED
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission

SEEDS = 1_000_000


@requires(Permission.DRAW_FILES, Permission.RATE_REVIEW)
@require_http_methods(["GET", "POST"])
def review_files(request: HttpRequest, review_id: int) -> HttpResponse:
    """Show who was drawn to those who may see it; sent, ten are drawn."""
    review, today, refused = review_for(request, review_id), timezone.localdate(), Refusable()
    leads, rates = _part(request, review)
    if request.method == "POST":
        if not leads:
            raise PermissionDenied
        if review.seed is not None:
            refused.add_error(None, "Trekningen er gjort fra før.")
        else:
            with refusals_in(refused):
                actions.draw_files(review, seed=secrets.randbelow(SEEDS), on=today, by=request.user)
                messages.success(request, "Trukket. Nå kan hver av dem spørres.")
                return redirect("review_files", review_id)
    page = FilesPage.of(review, leads=leads, rates=rates, today=today)
    read_list(request, page.people, "review_files")
    context = {"page": page, "leads": leads, "refused": refused, "erased": ERASED, "today": today}
    return TemplateResponse(request, "fidelity/files.html", context, status=422 if refused.errors else 200)


@requires(Permission.DRAW_FILES)
@require_http_methods(["GET", "POST"])
def file_answer(request: HttpRequest, file_id: int) -> HttpResponse:
    """Write down what a drawn person answered. After a no the next is drawn."""
    file = get_object_or_404(SampledFile.objects.select_related("review__service", "participant"), pk=file_id)
    if not request.scope.leads(file.review.service_id):
        raise PermissionDenied
    read_list(request, [file.participant_id], "review_file")
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": file.answer})
    if request.method == "POST" and form.is_valid():
        if file.review.locked_at:
            form.add_error(None, "Vurderingen er signert av alle. Ingen leser noe mer.")
        else:
            with refusals_in(form):
                today = timezone.localdate()
                after = actions.answer_for(file, answer=form.cleaned_data["answer"], on=today, by=request.user)
                messages.success(request, "Lagret. Den neste er trukket." if after else "Lagret.")
                return redirect("review_files", file.review_id)
    context = {"form": form, "file": file, "name": str(file.participant)}
    return TemplateResponse(request, "fidelity/file_answer.html", context, status=422 if form.errors else 200)


@requires(Permission.DRAW_FILES, Permission.RATE_REVIEW)
@require_http_methods(["GET", "POST"])
def review_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """The form of one file: filled in by one who rates and may read it, or by the service without a name."""
    file = get_object_or_404(SampledFile.objects.select_related("review__service"), pk=file_id)
    leads, rates = _part(request, file.review)
    person = Participant.objects.filter(pk=file.participant_id).first()
    if person:
        read_list(request, [person.pk], "review_file")
    writes = may_note(file.review, file, sees=person is not None, leads=leads, rates=rates)
    form = None
    if writes:
        own = PersonNote.objects.filter(file=file, author=request.user).first()
        form = FileForm(request.POST if request.method == "POST" else None, note=own)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            with refusals_in(form):
                actions.note_file(file, by=request.user, **form.values())
                messages.success(request, "Skjemaet er lagret.")
                return redirect("review_files", file.review_id)
    context = {
        "file": file,
        "form": form,
        "participant_id": person.pk if person else None,
        "others": noted(file, request.user),
        "erased": ERASED,
    }
    return TemplateResponse(request, "fidelity/file.html", context, status=422 if form and form.errors else 200)


def _part(request: HttpRequest, review: Review) -> tuple[bool, bool]:
    """Tell whether this person leads the service, and rates in the review; 403 to those who do neither."""
    leads = request.scope.leads(review.service_id)
    rates = review.reviewers.filter(user=request.user).exists()
    if not leads and not rates:
        raise PermissionDenied
    return leads, rates
