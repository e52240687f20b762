"""The addresses of a demo: those of the site with the ones that only a demo has."""

from django.urls import include, path

from fotfeste_web.config.urls import urlpatterns as site

urlpatterns = [path("", include("fotfeste_web.demo.urls")), *site]
