"""The gallery: every component in every state, with made-up content, to be looked at and checked."""

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from fotfeste_web.ui.gallery import GalleryForm

TODAY = dt.date(2026, 11, 17)
ERRORS = {"400": 400, "403": 403, "403_csrf": 403, "404": 404, "405": 405, "409": 409, "429": 429, "500": 500}


def page(request, template, current, status=200, **context):
    nav = {
        "I dag": "/ui/i-dag/", "Deltakere": "/ui/deltaker/", "Arbeidsgivere": "/ui/skjema/",
        "Team": "/ui/", "Metodetrohet": "/ui/feil/404/", "Resultater": "/ui/feil/500/",
    }  # fmt: skip
    site = {
        "site_nav": [{"label": k, "href": v, "current": k == current} for k, v in nav.items()],
        "site_user": {
            "initials": "KN",
            "name": "Kari Nilsen",
            "role": "Jobbspesialist, FACT Bodø",
            "account_href": "/",
        },
        "site_demo": {"href": "/ui/"},
        "today": TODAY,
    }
    return TemplateResponse(request, f"ui/gallery/{template}.html", site | context, status=status)


def public(view):
    """The gallery shows made-up content only: anyone may look, and no database is asked."""
    view.is_public = True
    return transaction.non_atomic_requests(view)


@public
def parts(request):
    paginator = Paginator(range(200), 20)
    filters = [
        {"label": "Mine nå", "href": "?vis=mine", "current": True, "count": 17},
        {"label": "Teamet", "href": "?vis=team", "current": False, "count": 64},
        {"label": "I jobb", "href": "?vis=jobb", "current": False, "count": 7},
        {"label": "Pause", "href": "?vis=pause", "current": False, "count": 0},
    ]
    return page(request, "parts", "Team", page=paginator.get_page(request.GET.get("side")), filters=filters)


@public
def today(request):
    return page(request, "today", "I dag")


@public
def participant(request):
    labels = ("Henvist", "Kartlegging", "Jobbutvikling", "I jobb", "Nedtrapping", "Avsluttet")
    steps = [{"label": label, "done": n < 2, "current": n == 2} for n, label in enumerate(labels)]
    return page(request, "participant", "Deltakere", steps=steps)


@public
def form(request):
    form = GalleryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Møtet med Mørkved Dagligvare er lagret. Det teller som møte nummer 5 denne uka.")
        return redirect("ui:form")
    status = 422 if form.errors else 200
    return page(request, "form", "Arbeidsgivere", form=form, status=status)


@public
def error(request, code):
    if code not in ERRORS:
        raise Http404
    return TemplateResponse(request, f"{code}.html", status=ERRORS[code])
