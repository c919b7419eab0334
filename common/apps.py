"""Bedrock has no models; it is an application so that its template tags and lookups are found."""

from django.apps import AppConfig

from common import field_words, lookups

field_words.speak()  # before the applications declare their forms


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "公共构件"

    def ready(self) -> None:
        """Let every text be searched by its parts and by its end."""
        lookups.register()
