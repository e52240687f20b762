"""What is shared of a participant with whom, and what was given to other systems."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fotfeste_web.caseload.forms.disclosure import ChosenForm
from fotfeste_web.caseload.pages.disclosure import DisclosePage
from fotfeste_web.caseload.pages.shares import DisclosuresPage, SharesPage, ShareTerms, is_minor
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission
from fotfeste_web.sharing import actions
from fotfeste_web.sharing.forms import RECEIVERS, DisclosureForm, ShareForm, WithdrawForm
from fotfeste_web.sharing.models import ReceiverRole, Share


@requires(Permission.SHARE)
@require_safe
def shares(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    participant = participant_for(request, participant_id, page="shares", write=True)
    page = SharesPage.of(participant, timezone.localdate())
    return TemplateResponse(request, "caseload/shares.html", {"page": page, "live": _withdrawals(page)})


@requires(Permission.SHARE)
@require_http_methods(["GET", "POST"])
def share_add(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    participant = participant_for(request, participant_id, page="share_add", write=True)
    today, role = timezone.localdate(), request.GET.get("rolle", "")
    role = role if role in RECEIVERS else ""
    form = ShareForm(
        request.POST if request.method == "POST" else None,
        service=participant.service,
        role=role,
        minor=is_minor(participant, today),
        today=today,
    )
    if form.is_valid():
        actions.share(participant, by=request.user, **form.values())
        messages.success(request, "Delt. Det står på siden til deltakeren hvem som ser, og til når.")
        return redirect("participant", participant_id)
    roles = [(value, ReceiverRole(value).label, value == role) for value in RECEIVERS]
    context = {"form": form, "participant": participant, "roles": roles}
    return TemplateResponse(request, "caseload/share_form.html", context, status=422 if form.is_bound else 200)


@requires(Permission.SHARE)
@require_POST
def share_withdraw(request: HttpRequest, share_id: int) -> HttpResponse:
    share = get_object_or_404(Share, pk=share_id)
    participant = participant_for(request, share.participant_id, page="share_withdraw", write=True)
    form = WithdrawForm(request.POST, auto_id=f"id_%s_{share_id}")
    if not form.is_valid():  # never kept back for want of a right word: the reason is asked for again
        page = SharesPage.of(participant, timezone.localdate())
        context = {"page": page, "live": _withdrawals(page, {share_id: form})}
        return TemplateResponse(request, "caseload/shares.html", context, status=422)
    actions.withdraw(share, now=timezone.now(), by=request.user, **form.cleaned_data)
    messages.success(request, "Delingen er trukket tilbake og gjelder ikke lenger.")
    return redirect("participant", share.participant_id)


def _withdrawals(page: SharesPage, sent: dict[int, WithdrawForm] | None = None) -> list[tuple[ShareTerms, Any]]:
    """Give each live share its own form: there are several on the page."""
    return [(share, (sent or {}).get(share.id) or WithdrawForm(auto_id=f"id_%s_{share.id}")) for share in page.live]


@requires(Permission.SHARE)
@require_http_methods(["GET", "POST"])
def disclose(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    participant = participant_for(request, participant_id, page="disclose", write=True)
    today = timezone.localdate()
    chosen = ChosenForm.of(request.GET, participant, by=request.user, today=today)
    page = DisclosePage.of(participant, chosen, request.scope, today)
    form = DisclosureForm(request.POST if request.method == "POST" else None, initial=page.proposal)
    if form.is_valid():
        actions.disclose(participant, by=request.user, **form.cleaned_data)
        messages.success(request, "Notert som gitt, med teksten slik den var.")
        return redirect("disclosures", participant_id)
    context = {"page": page, "form": form}
    return TemplateResponse(request, "caseload/disclose.html", context, status=422 if form.is_bound else 200)


@requires(Permission.SHARE)
@require_safe
def disclosures(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    participant = participant_for(request, participant_id, page="disclosures", write=True)
    page = DisclosuresPage.of(participant, timezone.localdate())
    return TemplateResponse(request, "caseload/disclosures.html", {"page": page})
