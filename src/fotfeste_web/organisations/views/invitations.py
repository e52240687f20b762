"""Inviting: the link is shown once, or sent; and the page that it leads to."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste_web.organisations import actions, invitations, managed
from fotfeste_web.organisations.forms import ALREADY_HERE, AcceptForm, InviteForm
from fotfeste_web.organisations.invitations import InvitationGone
from fotfeste_web.organisations.pages import AcceptPage, Waiting
from fotfeste_web.rows.access import limited, public, requires
from fotfeste_web.rows.roles import Permission

SHOWN_ONCE = "invitation_link"


@requires(Permission.PEOPLE)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST or None, scope=request.scope, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        made, token = actions.invite(by=request.user, **form.cleaned_data)
        return _to_the_link(request, made.pk, token)
    return TemplateResponse(request, "organisations/invite.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.PEOPLE)
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Show an invitation that waits, with its link the first time; a POST makes a new link."""
    waiting = get_object_or_404(managed.invitations(request.scope), pk=invitation_id)
    if request.method == "POST":
        return _to_the_link(request, waiting.pk, actions.renew_invitation(waiting, by=request.user))
    token = request.get_signed_cookie(SHOWN_ONCE, default="", salt=str(waiting.pk))
    context = {
        "page": Waiting.of(waiting, timezone.now()),
        "link": invitations.address(token) if token else "",
        "mail": settings.MAIL_IS_SET_UP,
    }
    response = TemplateResponse(request, "organisations/invitation.html", context)
    response.delete_cookie(SHOWN_ONCE, path=request.path, samesite="Strict")
    return response


def _to_the_link(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Lead to the invitation. Its link goes along in a cookie for that page alone: the server keeps only the hash."""
    response = redirect("invitation", invitation_id=pk)
    if settings.MAIL_IS_SET_UP:
        messages.success(request, "Invitasjonen er sendt på e-post.")
        return response
    messages.success(request, "Lenken er klar. Den vises bare denne ene gangen.")
    response.set_signed_cookie(
        SHOWN_ONCE,
        token,
        salt=str(pk),
        max_age=300,
        path=response["Location"],
        httponly=True,
        secure=settings.SECURE,
        samesite="Strict",
    )
    return response


@requires(Permission.PEOPLE)
@require_POST
def invitation_withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    waiting = get_object_or_404(managed.invitations(request.scope), pk=invitation_id)
    actions.withdraw_invitation(waiting, by=request.user)
    messages.success(request, "Invitasjonen er trukket tilbake. Lenken virker ikke lenger.")
    return redirect("people")


@public
@limited("invitation")
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let in the one who holds the link. Whatever is wrong with a link, the answer is the same."""
    today, user = timezone.localdate(), request.user if request.user.is_authenticated else None
    try:
        opened = invitations.open_link(token, today)
        page = AcceptPage.of(opened, user, today)
        form = (
            AcceptForm(request.POST or None, email=opened.email, name=opened.name) if page.asks == "account" else None
        )
        if request.method == "POST":
            if page.asks == "yes":
                actions.accept_invitation(opened, by=user, today=today)
                messages.success(request, "Du har fått rollen.")
                return redirect("home")
            if form and form.is_valid():
                joined = actions.accept_invitation(opened, by=None, today=today, **form.cleaned_data)
                return _sign_in(request, joined)
    except InvitationGone:
        return TemplateResponse(request, "organisations/invitation_gone.html", status=404)
    except IntegrityError:  # somebody made an account with this address a moment ago
        form.add_error(None, ALREADY_HERE)  # type: ignore[union-attr]
    context = {"page": page, "form": form}
    return TemplateResponse(request, "organisations/accept.html", context, status=422 if form and form.errors else 200)


def _sign_in(request: HttpRequest, user: object) -> HttpResponse:
    """Sign the new person in and lead to the second factor, without asking for the password just chosen."""
    record_authentication(request, user, method="password", reauthenticated=True)  # type: ignore[arg-type]
    return perform_login(request, Login(user=user, redirect_url=reverse("mfa_index")))  # type: ignore[arg-type]
