from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from fotfeste.norway.codes import renew_from


class UiConfig(AppConfig):
    name = "fotfeste_web.ui"
    label = "ui"
    verbose_name = "Utseende"

    def ready(self) -> None:
        renew_from(Path(settings.FOTFESTE_CODES))  # the code lists that forms offer
