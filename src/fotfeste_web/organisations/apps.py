from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "fotfeste_web.organisations"
    label = "organisations"
