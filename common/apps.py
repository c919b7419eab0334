"""Bedrock has no models; it is an application only so that its template tags are found."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "公共构件"
