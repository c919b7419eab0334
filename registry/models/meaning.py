"""What people have decided that a sender's word means."""

from django.db import models
from django.db.models import Q

from accounts.models import User


class MeaningQuerySet(models.QuerySet["WordMeaning"]):
    """Reads of meanings."""

    def in_force(self) -> "MeaningQuerySet":
        """Those that have not been revoked."""
        return self.filter(revoked_at__isnull=True)


class WordMeaning(models.Model):
    """词语对照：报送文件里不认识的词语，经人判定是什么意思；判定一次，以后照办。"""

    key = models.CharField("词表", max_length=60)
    word = models.CharField("整理后的词语", max_length=200)
    written = models.CharField("文件里的写法", max_length=200)
    code = models.CharField("意思", max_length=40)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="判定人")
    decided_at = models.DateTimeField("判定时间")
    reason = models.CharField("理由", max_length=500)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销人"
    )
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)
    revoked_why = models.CharField("撤销理由", max_length=500, blank=True, default="")

    objects = MeaningQuerySet.as_manager()

    class Meta:
        verbose_name = "词语对照"
        verbose_name_plural = "词语对照"
        constraints = (
            models.UniqueConstraint(
                fields=["key", "word"],
                condition=Q(revoked_at__isnull=True),
                name="one_meaning_per_word",
            ),
        )

    def __str__(self) -> str:
        return self.written
