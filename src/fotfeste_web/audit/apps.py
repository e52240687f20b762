from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "fotfeste_web.audit"
    label = "audit"
