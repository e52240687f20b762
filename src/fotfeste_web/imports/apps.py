from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "fotfeste_web.imports"
    label = "imports"
