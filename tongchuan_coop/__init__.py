"""Composition root: settings, addresses, workers and the pages that join all parts."""

from tongchuan_coop.celery import app as celery_app

__all__ = ["celery_app"]
