from django.apps import AppConfig


class EstablishmentsConfig(AppConfig):
    name = "fotfeste_web.establishments"
    label = "establishments"
