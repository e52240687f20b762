"""The addresses of the site with the gallery, which only the demo and the tests have."""

from django.urls import include, path

from fotfeste_web.config.urls import urlpatterns as site

urlpatterns = [path("ui/", include("fotfeste_web.ui.urls")), *site]


class GalleryAddresses:
    """Middleware of the server of the gallery: these addresses, whatever the settings name."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.urlconf = "tests.ui.site_urls"
        return self.get_response(request)
