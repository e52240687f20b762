from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "fotfeste_web.ui"
    label = "ui"
    verbose_name = "Utseende"
