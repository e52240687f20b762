from django.conf import settings
from django.urls import path

from . import views

urlpatterns = [
    path("min-konto/", views.account, name="account"),
    path("folk/<int:membership_id>/gjenoppretting/", views.recovery_ask, name="recovery_ask"),
    path("gjenoppretting/<int:recovery_id>/", views.recovery_answer, name="recovery_answer"),
    # Before allauth's own addresses: nobody signs up, and without mail no letter can be promised.
    path("konto/signup/", views.closed),
    path("konto/login/code/confirm/", views.closed),
]

if not settings.MAIL_IS_SET_UP:
    urlpatterns += [path("konto/email/", views.closed), path("konto/password/reset/", views.closed)]
