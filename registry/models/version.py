"""What was registered, true when, and known when."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import OrganisationUnit, User
from registry.models.cooperative import Cooperative
from registry.models.facts import RegisteredFacts


class VersionQuerySet(models.QuerySet["CooperativeVersion"]):
    """Reads of the past."""

    def permitted(self, user: Any, action: str) -> Self:
        """Versions of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def known(self, at: dt.datetime | None = None) -> Self:
        """What was held to be so at a moment; now, without one."""
        if at is None:
            return self.filter(known_to__isnull=True)
        return self.filter(known_from__lte=at).filter(Q(known_to__isnull=True) | Q(known_to__gt=at))

    def true_on(self, day: dt.date) -> Self:
        """What held on a business day."""
        return self.true_within(day, day)

    def true_within(self, first: dt.date, last: dt.date) -> Self:
        """What held on any of these business days, both included."""
        lasting = Q(true_to__isnull=True) | Q(true_to__gt=first)
        return self.filter(true_from__lte=last).filter(lasting)


class CooperativeVersion(RegisteredFacts):
    """合作社登记事项的一个时段：业务上何时成立（true），我们何时得知（known）。"""

    # Links without a constraint of the database are written by set-based statements out of the
    # very rows they point to, which are never deleted; checking each again costs a third of a
    # publish.

    cooperative = models.ForeignKey(
        Cooperative,
        models.CASCADE,
        related_name="versions",
        db_index=False,  # the index of current versions serves it
        verbose_name="合作社",
    )
    uscc = models.CharField("统一社会信用代码", max_length=18, null=True)  # noqa: DJ001 as there
    township = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name="所属乡镇街道",
    )
    township_basis = models.CharField(max_length=12, blank=True, default="")
    name_key = models.CharField(max_length=200, blank=True, default="")
    name_initials = models.CharField(max_length=200, blank=True, default="")
    true_from = models.DateField("生效日")
    true_to = models.DateField("失效日", null=True)
    known_from = models.DateTimeField("得知时间")
    known_to = models.DateTimeField("不再采信时间", null=True)
    delivery = models.ForeignKey(
        "registry.FeedDelivery",
        models.PROTECT,
        null=True,
        related_name="versions",
        db_index=False,
        db_constraint=False,
    )
    row = models.ForeignKey(
        "registry.FeedRow",
        models.PROTECT,
        null=True,
        related_name="versions",
        db_index=False,
        db_constraint=False,
    )
    changed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    restored = models.BooleanField("由撤销恢复", default=False, db_default=False)
    reason = models.TextField("理由", blank=True, default="")
    changed_fields = models.TextField("变动项目", blank=True, default="")

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "合作社历史"
        verbose_name_plural = "合作社历史"
        indexes = (
            models.Index(fields=["cooperative", "known_to", "true_from"], name="version_current"),
            models.Index(fields=["delivery"], name="version_delivery"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(true_to__isnull=True) | Q(true_to__gt=models.F("true_from")),
                name="version_lasts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.true_from}"

    @property
    def changed(self) -> list[str]:
        """The names of the facts that changed."""
        return [name for name in self.changed_fields.split(",") if name]
