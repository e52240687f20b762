from django.apps import AppConfig


class CaseloadConfig(AppConfig):
    name = "fotfeste_web.caseload"
    label = "caseload"
