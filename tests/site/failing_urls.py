"""Views that fail with somebody's data in hand, beside the addresses of the site."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path

from fotfeste_web.accounts.models import User
from fotfeste_web.rows.access import public


@public
def raises(request: HttpRequest, **_: str) -> HttpResponse:
    name, note = request.POST["name"], request.POST["note"]
    raise ValueError(f"{name}: {note} {request.POST}")


@public
def refused_by_the_database(request: HttpRequest, **_parts: str) -> HttpResponse:
    for _ in range(2):  # "Key (email)=(...) already exists."
        User.objects.create(email=request.POST["name"], name=request.POST["note"])
    raise AssertionError("Two accounts were stored with one address.")


@public
def fails_in_its_template(request: HttpRequest, **_: str) -> HttpResponse:
    template = engines["django"].from_string("{{ name }} {% include note %}")
    return TemplateResponse(request, template, {name: request.POST[name] for name in ("name", "note")})


urlpatterns = [
    path("feil/raises/<str:name>/", raises),
    path("feil/database/<str:name>/", refused_by_the_database),
    path("feil/template/<str:name>/", fails_in_its_template),
    path("", include("fotfeste_web.config.urls")),
]
