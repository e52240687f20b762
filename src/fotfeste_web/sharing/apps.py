from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "fotfeste_web.sharing"
    label = "sharing"
