from django.urls import path

from . import views

urlpatterns = [
    path("tall/", views.figures, name="figures"),
    path("resultater/", views.results, name="results"),
    path("resultater/last-ned/<str:format>/", views.results_download, name="results_download"),
    path("resultater/arsrapport/<int:year>/", views.yearly_report, name="yearly_report"),
    path("definisjoner/", views.definitions, name="definitions"),
]
