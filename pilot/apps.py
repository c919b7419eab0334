"""pilot as a Django application."""

from django.apps import AppConfig


class PilotConfig(AppConfig):
    name = "pilot"
    verbose_name = "整县推进试点"
