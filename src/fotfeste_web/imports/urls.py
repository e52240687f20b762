from django.urls import path

from . import views

urlpatterns = [
    path("hent-inn/", views.imports, name="imports"),
    path("hent-inn/mal/", views.import_template, name="import_template"),
    path("hent-inn/<uuid:import_id>/", views.import_one, name="import_one"),
    path("hent-inn/<uuid:import_id>/kolonner/", views.import_columns, name="import_columns"),
    path("hent-inn/<uuid:import_id>/fil/", views.import_file, name="import_file"),
    path("hent-inn/<uuid:import_id>/feil/", views.import_marked, name="import_marked"),
    path("hent-inn/<uuid:import_id>/bekreft/", views.import_confirm, name="import_confirm"),
    path("hent-inn/<uuid:import_id>/angre/", views.import_undo, name="import_undo"),
    path("hent-inn/<uuid:import_id>/kast/", views.import_discard, name="import_discard"),
]
