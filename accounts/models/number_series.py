"""Series of numbers that papers and files carry."""

from django.db import models


class NumberSeries(models.Model):
    """编号序列：每个序列从 1 起连续编号，不跳号、不重号。"""

    series = models.CharField("序列", max_length=80, unique=True)
    last = models.PositiveBigIntegerField("已用到", default=0)

    class Meta:
        verbose_name = "编号序列"
        verbose_name_plural = "编号序列"

    def __str__(self) -> str:
        return f"{self.series} {self.last}"
