"""The addresses of the site, and one that fails."""

from django.http import HttpRequest
from django.urls import path

from fotfeste_web.config.urls import urlpatterns as site
from fotfeste_web.rows.access import public


@public
def fail(request: HttpRequest) -> None:
    raise RuntimeError("As asked.")


urlpatterns = [path("feil/", fail), *site]
