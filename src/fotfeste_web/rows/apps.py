from django.apps import AppConfig
from django.db.models.signals import post_migrate

from .install import install


class RowsConfig(AppConfig):
    name = "fotfeste_web.rows"
    label = "rows"

    def ready(self) -> None:
        post_migrate.connect(install, sender=self)
