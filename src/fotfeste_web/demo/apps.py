from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "fotfeste_web.demo"
    label = "demo"
