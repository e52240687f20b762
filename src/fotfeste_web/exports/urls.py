from django.urls import path

from . import views

urlpatterns = [
    path("deltakere/<uuid:participant_id>/alt/", views.person_export, name="person_export"),
    path("datauttak/", views.service_export, name="service_export"),
]
