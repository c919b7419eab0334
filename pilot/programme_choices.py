"""Words of programmes."""

from django.db import models


class ProgrammeLevel(models.TextChoices):
    """Who set the pilot up."""

    NATIONAL = "national", "国家级"
    PROVINCIAL = "provincial", "省级"
    MUNICIPAL = "municipal", "市级"
    DISTRICT = "district", "区级"
