"""The composition root as an application: it holds the commands that concern the whole portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tongchuan_coop"
    label = "portal"
    verbose_name = "通川区农民合作社质量提升平台"
