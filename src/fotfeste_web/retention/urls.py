from django.urls import path

from . import views

urlpatterns = [
    path("feilfort/", views.removals, name="removals"),
    path("feilfort/<int:removal_id>/", views.removal, name="removal"),
    path("feilfort/<int:removal_id>/bekreft/", views.removal_confirm, name="removal_confirm"),
    path("feilfort/<slug:kind>/<str:id>/", views.removal_ask, name="removal_ask"),
    path("oppbevaring/", views.retention, name="retention"),
]
