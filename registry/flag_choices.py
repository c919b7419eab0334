"""Words that people see for what becomes of a suspicion and of a rehearsed rule."""

from django.db import models

from registry.choices import FlagState

ENDED_FLAGS = (FlagState.DISMISSED, FlagState.CLEARED)
# While a person is looking into it, the society is asked.
ASKED_FLAGS = (FlagState.CHECKING, FlagState.DEFERRED)


class RehearsalState(models.TextChoices):
    """Where a change of a rule's thresholds stands: tried out, then released by a second person."""

    DRAFT = "draft", "试算中"
    PROPOSED = "proposed", "待发布"
    RELEASED = "released", "已发布"
    DROPPED = "dropped", "已放弃"


class RehearsalSide(models.TextChoices):
    """What a change of thresholds does to a society."""

    NEW = "new", "新列入"
    KEPT = "kept", "仍列入"
    GONE = "gone", "不再列入"
