from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RowsConfig(AppConfig):
    name = "fotfeste_web.rows"
    label = "rows"

    def ready(self) -> None:
        from .install import install  # it needs the models, which are there now

        post_migrate.connect(install, sender=self)
