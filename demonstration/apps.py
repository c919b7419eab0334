"""demonstration as a Django application."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "demonstration"
    verbose_name = "示范创建"
