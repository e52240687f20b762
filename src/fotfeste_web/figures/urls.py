from django.urls import path

from . import views

urlpatterns = [
    path("tall/", views.figures, name="figures"),
    path("definisjoner/", views.definitions, name="definitions"),
]
