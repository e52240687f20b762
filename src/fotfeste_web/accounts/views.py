"""The own account, and getting in again by the word of two people."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fotfeste_web.rows.access import public, requires
from fotfeste_web.rows.roles import Permission

from . import actions
from .forms import OwnDetailsForm, RecoveryForm
from .models import RecoveryRequest, User
from .pages import AccountPage, Recovery


@requires(Permission.OWN_ACCOUNT)
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    form = OwnDetailsForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        actions.change_own_details(**form.cleaned_data, by=request.user)
        messages.success(request, "Opplysningene er lagret.")
        return redirect("account")
    context = {"page": AccountPage.of(request.user, timezone.localdate()), "form": form}
    return TemplateResponse(request, "accounts/account.html", context, status=422 if form.errors else 200)


@requires(Permission.PEOPLE)
@require_http_methods(["GET", "POST"])
def recovery_ask(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Ask that a person may set up a new second factor. Another administrator answers."""
    person = _person(request, membership_id)
    form = RecoveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if person.recoveries.waiting(timezone.now()).exists():
            form.add_error(None, "Det ligger allerede en forespørsel for denne personen. Den venter på svar.")
        else:
            actions.ask_recovery(person, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Forespørselen er sendt. En annen administrator må svare innen sju dager.")
            return redirect("people")
    context = {"name": person.name, "form": form, "answerers": _answerers(request, person)}
    return TemplateResponse(request, "accounts/recovery_ask.html", context, status=422 if form.errors else 200)


@requires(Permission.PEOPLE)
@require_http_methods(["GET", "POST"])
def recovery_answer(request: HttpRequest, recovery_id: int) -> HttpResponse:
    recovery = get_object_or_404(RecoveryRequest.objects.select_related("user", "asked_by"), pk=recovery_id)
    error = ""
    if request.method == "POST":
        agree = request.POST.get("answer") == "agree"
        try:
            (actions.agree_recovery if agree else actions.refuse_recovery)(recovery, by=request.user)
        except actions.NeedsAnotherPerson:
            error = "Den som har bedt om gjenoppretting, kan ikke godkjenne den selv. En annen administrator må svare."
        except actions.AlreadyAnswered:
            error = "Forespørselen er allerede besvart, eller den er eldre enn sju dager."
        else:
            messages.success(request, AGREED if agree else "Forespørselen er avslått. Ingenting er endret.")
            return redirect("people")
    context = {"page": Recovery.of(recovery), "error": error, "own": recovery.asked_by_id == request.user.pk}
    return TemplateResponse(request, "accounts/recovery_answer.html", context, status=422 if error else 200)


AGREED = "Godkjent. Personen er logget ut overalt og setter opp en ny andre faktor ved neste innlogging."


def _person(request: HttpRequest, membership_id: int) -> User:
    """Find the person of a live membership that this administrator manages."""
    members = User.objects.filter(is_active=True, memberships__pk=membership_id)
    if not request.scope.installs:
        members = members.filter(memberships__service__in=request.scope.services(Permission.PEOPLE))
    return get_object_or_404(members.distinct())


def _answerers(request: HttpRequest, person: User) -> list[str]:
    """Name the administrators who could answer, as far as this one sees them."""
    today = timezone.localdate()
    administrators = User.objects.filter(
        Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=today),
        memberships__role="administrator",
        memberships__starts_on__lte=today,
    )
    return sorted({user.name for user in administrators.exclude(pk__in=[request.user.pk, person.pk])})


@public
def closed(request: HttpRequest, **_: object) -> HttpResponse:
    """Stand where a page of allauth would be that has no use here."""
    raise Http404
