from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "fotfeste_web.figures"
    label = "figures"
