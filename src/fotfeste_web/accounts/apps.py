from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "fotfeste_web.accounts"
    label = "accounts"
