from django.urls import path

from . import views

urlpatterns = [
    path("demo/personer/", views.persons, name="demo_persons"),
    path("demo/inn/", views.sign_in, name="demo_sign_in"),
]
