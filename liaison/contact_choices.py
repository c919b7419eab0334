"""Words that people see for codes of the register of contacts."""

from django.db import models


class ContactPlace(models.TextChoices):
    """Whom to call first, and whom when nobody answers."""

    FIRST = "first", "联络员"
    SUBSTITUTE = "substitute", "替补联络员"
