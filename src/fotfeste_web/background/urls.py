from django.urls import path

from . import views

urlpatterns = [
    path("arbeid/", views.works, name="works"),
    path("arbeid/<uuid:work_id>/", views.work, name="work"),
    path("arbeid/<uuid:work_id>/fil/", views.work_file, name="work_file"),
    path("arbeid/<uuid:work_id>/slett-fil/", views.work_throw_away, name="work_throw_away"),
]
