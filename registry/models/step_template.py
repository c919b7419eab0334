"""The steps of every route, dated: what was required on a day, of whom, on which basis."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import OrganisationUnit
from registry.cleanup.choices import Route, TermKind


class StepTemplateQuerySet(models.QuerySet["StepTemplate"]):
    """Reads of the steps."""

    def in_force(self, day: dt.date) -> Self:
        """Steps as they were required on a day."""
        return self.filter(valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class StepTemplate(models.Model):
    """办理规程：一条途径的一个步骤，在一段时间内有效。规定变了就另起一行，旧行留存。

    `days` counts as `term` says. `bars` names what stands in the way (registry/cleanup/bars.py),
    `only_when` the circumstance without which the step is not needed.
    """

    route = models.CharField("途径", max_length=16, choices=Route)
    key = models.CharField("步骤代码", max_length=24)
    position = models.PositiveSmallIntegerField("次序")
    title = models.CharField("步骤", max_length=60)
    department = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="经办部门",
    )
    guidance = models.CharField("怎样办", max_length=300, blank=True, default="")
    basis = models.CharField("依据", max_length=200, blank=True, default="")
    term = models.CharField("期限类型", max_length=10, choices=TermKind, blank=True, default="")
    days = models.PositiveSmallIntegerField("天数", null=True, blank=True)
    bars = models.CharField("受阻情形", max_length=80, blank=True, default="")
    only_when = models.CharField("适用情形", max_length=24, blank=True, default="")
    valid_from = models.DateField("施行日期")
    valid_to = models.DateField("施行至", null=True, blank=True)

    objects = StepTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "办理步骤"
        verbose_name_plural = "办理步骤"
        constraints = (
            models.UniqueConstraint(fields=["route", "key", "valid_from"], name="one_step_per_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="step_lasts",
            ),
            models.CheckConstraint(
                condition=Q(term="", days__isnull=True) | (~Q(term="") & Q(days__gt=0)),
                name="a_term_has_days",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_route_display()}：{self.title}"

    @property
    def whose(self) -> str:
        """Who does it: a department, or the society with its township's help."""
        return self.department.short_name if self.department else "合作社（乡镇街道协助）"

    @property
    def bar_codes(self) -> list[str]:
        return [code for code in self.bars.split(",") if code]
