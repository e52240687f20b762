from django.urls import path

from .views import lookup_check

urlpatterns = [path("innsyn/kontroll/", lookup_check, name="lookup_check")]
