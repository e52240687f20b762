"""From a wish to work to a place in the service, or to the reason why there was none."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fotfeste_web.audit.log import read_list
from fotfeste_web.caseload.actions import referrals as actions
from fotfeste_web.caseload.forms.referrals import ConcludeForm, ReferralForm, ReturnForm
from fotfeste_web.caseload.forms.refusals import constraint_of, refusals_in
from fotfeste_web.caseload.identity import hashes_in_service
from fotfeste_web.caseload.models import Participant, Referral, ReferralSource
from fotfeste_web.caseload.pages.referrals import (
    NotOfferedPage,
    ReferralPage,
    ReferralRow,
    TeamReferrals,
    own_referrals,
)
from fotfeste_web.caseload.reach import participant_for
from fotfeste_web.organisations.models import Service, TreatmentTeam
from fotfeste_web.rows.access import requires
from fotfeste_web.rows.roles import Permission

# Whose own role says who refers; the others register for somebody else.
REFERS_AS = {
    "behandler": ReferralSource.THERAPIST,
    "arbeidsspesialist": ReferralSource.THERAPIST,
    "nav_veileder": ReferralSource.NAV,
}


@requires(Permission.REFER)
@require_safe
def referrals(request: HttpRequest) -> HttpResponse:
    today, led = timezone.localdate(), request.scope.services(Permission.ASSIGN)
    team = None
    if led:
        shown, number = request.GET.get("vis", ""), request.GET.get("side")
        team = TeamReferrals.of(led, shown=shown, number=number, today=today)
    own = own_referrals(request.user, but_not_in=led, today=today)
    read_list(request, [row.participant_id for row in [*(team.rows if team else []), *own]], "referrals")
    return TemplateResponse(request, "caseload/referrals.html", {"team": team, "own": own, "today": today})


@requires(Permission.REFER)
@require_http_methods(["GET", "POST"])
def referral_add(request: HttpRequest) -> HttpResponse:
    if "deltaker" in request.GET:
        return _refer_again(request)
    form = _referral_form(request)
    if form.is_bound and form.says_protected:
        return _refuse_protected(request)
    if form.is_bound and form.is_valid():
        service = form.cleaned_data["service"]
        try:
            made = actions.refer(service, by=request.user, **form.person(), **form.referral())
        except IntegrityError as error:
            if constraint_of(error) != "identity_once_in_service":
                raise
            return _known_already(request, form, service)
        else:
            messages.success(request, "Henvisningen er registrert. Du kan følge med på den her.")
            return redirect("referral", made.pk)
    return _referral_page(request, form)


def _referral_form(request: HttpRequest) -> ReferralForm:
    services = Service.objects.filter(pk__in=request.scope.services(Permission.REFER)).order_by("name")
    teams = TreatmentTeam.objects.filter(service__in=services, closed_on=None).order_by("name")
    initial = {}
    if source := next((REFERS_AS[role.id] for _, role in request.scope.roles if role.id in REFERS_AS), None):
        team = request.user.memberships.exclude(team=None).first()
        initial = {"source": source, "referrer": request.user.name, "treatment_team": team and team.team_id}
    return ReferralForm(
        request.POST or None, services=services, teams=teams, today=timezone.localdate(), initial=initial
    )


def _known_already(request: HttpRequest, form: ReferralForm, service: Service) -> HttpResponse:
    """The number is taken: those who lead the service see where to go, to others it tells nothing about anybody."""
    hashes = hashes_in_service(form.cleaned_data["identity"].digits, service.pk)
    known = Participant.objects.filter(service=service, identity_hash__in=hashes).first()
    if known is None:
        form.add_error("identity", "Henvisningen kan ikke lagres med dette nummeret. Send den uten nummer.")
    elif request.scope.leads(service.pk):
        form.add_error("identity", "Personen er registrert i tjenesten fra før.")
    else:
        form.add_error("identity", "Du følger denne personen fra før. Be metodeveilederen registrere henvisningen.")
    return _referral_page(request, form, known=known if request.scope.leads(service.pk) else None)


def _refer_again(request: HttpRequest) -> HttpResponse:
    """A return: only a supervisor, who sees the history, registers it."""
    try:
        participant_id = UUID(request.GET["deltaker"])
    except ValueError:
        raise Http404 from None
    participant = participant_for(request, participant_id, page="referral_add")  # a locked record opens again
    if not request.scope.may(Permission.ASSIGN, participant.service_id):
        raise PermissionDenied
    form = ReturnForm(request.POST or None, today=timezone.localdate())
    if form.is_bound and form.says_protected:
        return _refuse_protected(request)
    if form.is_bound and form.is_valid():
        try:
            with refusals_in(form):
                made = actions.refer_again(participant, by=request.user, **form.referral())
                messages.success(request, "Den nye henvisningen er registrert.")
                return redirect("referral", made.pk)
        except actions.AlreadyStarted:
            form.add_error(None, "Personen er i gang i tjenesten nå. Avslutt perioden før du registrerer en ny.")
    return _referral_page(request, form, participant=participant)


def _refuse_protected(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "caseload/referral_protected.html", status=422)


def _referral_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    participant: Participant | None = None,
    known: Participant | None = None,
) -> HttpResponse:
    context = {"form": form, "participant": participant, "known_id": known and known.pk}
    return TemplateResponse(request, "caseload/referral_form.html", context, status=422 if form.errors else 200)


@requires(Permission.REFER)
@require_safe
def referral(request: HttpRequest, referral_id: int) -> HttpResponse:
    """The whole of it for those who see the person; for the one who referred, a receipt."""
    today = timezone.localdate()
    found = get_object_or_404(Referral.objects.select_related("service", "registered_by"), pk=referral_id)
    if not Participant.objects.filter(pk=found.participant_id).exists():
        read_list(request, [found.participant_id], "referral_receipt")
        receipt = ReferralRow.of(found, today, name=found.short_name)
        return TemplateResponse(request, "caseload/referral_receipt.html", {"row": receipt, "today": today})
    found.participant = participant_for(request, found.participant_id, page="referral")
    context = {
        "page": ReferralPage.of(found, today),
        "may_write": request.scope.writes(found.participant),
        "may_assign": request.scope.may(Permission.ASSIGN, found.service_id),
        "today": today,
    }
    return TemplateResponse(request, "caseload/referral.html", context)


@requires(Permission.CONCLUDE_REFERRAL)
@require_http_methods(["GET", "POST"])
def referral_conclude(request: HttpRequest, referral_id: int) -> HttpResponse:
    found = get_object_or_404(Referral, pk=referral_id)
    participant = participant_for(request, found.participant_id, page="referral_conclude", write=True)
    form = ConcludeForm(request.POST or None, referral=found, today=timezone.localdate())
    if form.is_bound and form.is_valid():
        with refusals_in(form):
            actions.conclude(found, by=request.user, **form.cleaned_data)
            messages.success(request, "Henvisningen er avsluttet.")
            return redirect("referral", found.pk)
    context = {"form": form, "participant": participant, "referral_id": found.pk, "is_open": not found.outcome}
    return TemplateResponse(request, "caseload/referral_conclude.html", context, status=422 if form.errors else 200)


@requires(Permission.ZERO_EXCLUSION)
@require_safe
def not_offered(request: HttpRequest) -> HttpResponse:
    services, today = request.scope.services(Permission.ZERO_EXCLUSION), timezone.localdate()
    reason, number = request.GET.get("grunn", ""), request.GET.get("side")
    page = NotOfferedPage.of(services, reason=reason, number=number, today=today)
    read_list(request, [row.participant_id for row in page.rows], "not_offered")
    return TemplateResponse(request, "caseload/referral_not_offered.html", {"page": page, "today": today})
