"""Words that people see for codes of the sponsorship of societies by departments."""

from django.db import models


class ContactForm(models.TextChoices):
    """How a sponsor followed up."""

    VISIT = "visit", "到社走访"
    PHONE = "phone", "电话联系"
    MEETING = "meeting", "座谈协调"
    MATTER = "matter", "办理具体事项"
