from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "fotfeste_web.today"
    label = "today"
