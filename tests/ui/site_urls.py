from django.urls import include, path

urlpatterns = [
    path("ui/", include("fotfeste_web.ui.urls")),
    path("konto/", include("allauth.urls")),
]
