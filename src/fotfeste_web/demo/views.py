"""Signing in as a made-up person at one click. These addresses are there in a demo only."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from fotfeste_web.accounts.models import User
from fotfeste_web.rows.access import public
from fotfeste_web.rows.scope import enter, looking_as

from .models import DemoWorld
from .pages import PersonsPage


@public
@require_safe
def persons(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "demo/persons.html", {"page": PersonsPage.of(DemoWorld.objects.first())})


@public
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Become the made-up person that was picked, whoever is signed in. A real person is nobody here."""
    user = _made_up(request.POST.get("person", ""))
    enter(user.pk, timezone.localdate())  # the one who was signed in may not see the one who comes
    get_adapter(request).login(request, user)
    return redirect("home")


def _made_up(person: str) -> User:
    """Find one of those to pick. That the account is made up stands on the account itself."""
    demo = DemoWorld.objects.first() if settings.DEMO else None
    for one in demo.persons if demo else []:
        if str(one["user"]) == person:
            with looking_as(one["user"], timezone.localdate()):
                return get_object_or_404(User, pk=one["user"], made_up=True, is_active=True)
    raise Http404
