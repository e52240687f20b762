from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class BackgroundConfig(AppConfig):
    name = "fotfeste_web.background"
    label = "background"

    def ready(self) -> None:
        autodiscover_modules("works")  # each app says in its works.py what it does in the background
