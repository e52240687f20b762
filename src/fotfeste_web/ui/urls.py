"""The gallery: mounted at /ui/ in tests and in the demo only."""

from django.urls import path

from fotfeste_web.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.parts, name="parts"),
    path("i-dag/", views.today, name="today"),
    path("deltaker/", views.participant, name="participant"),
    path("skjema/", views.form, name="form"),
    path("feil/<slug:code>/", views.error, name="error"),
]
