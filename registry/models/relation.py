"""How farming subjects grow out of and into each other: 社转场、户转场、场入社、社联合、社合并."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from registry.cleanup.choices import HelpKind, RelationKind, SubjectKind
from registry.models.cleanup_case import CleanupCase
from registry.models.cooperative import Cooperative


class SubjectQuerySet(models.QuerySet["FarmSubject"]):
    """Reads of farms."""

    def permitted(self, user: Any, action: str) -> Self:
        """Farms of the township, or all."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP if user.unit_id:
                return self.filter(township=user.unit_id)
            case _:
                return self.none()


class FarmSubject(models.Model):
    """其他农业主体：家庭农场等，有自己的统一社会信用代码，不是合作社名录的一行。"""

    uscc = models.CharField("统一社会信用代码", max_length=18, unique=True)
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=16, choices=SubjectKind)
    township = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="+", verbose_name="所在乡镇街道"
    )
    registered_on = models.DateField("登记日期", null=True, blank=True)
    directory_no = models.CharField("家庭农场名录编号", max_length=40, blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = "其他农业主体"
        verbose_name_plural = "其他农业主体"

    def __str__(self) -> str:
        return self.name


class RelationQuerySet(models.QuerySet["Relation"]):
    """Reads of relations."""

    def permitted(self, user: Any, action: str) -> Self:
        """Relations that touch a society or a farm in reach."""
        if reach_of(user, action) == Reach.DISTRICT:
            return self
        societies = Cooperative.objects.permitted(user, action).values("pk")
        farms = FarmSubject.objects.permitted(user, action).values("pk")
        return self.filter(
            Q(cooperative__in=societies) | Q(other_cooperative__in=societies) | Q(subject__in=farms)
        )

    def touching(self, society: Cooperative) -> Self:
        """Relations that a society is one side of."""
        return self.filter(Q(cooperative=society) | Q(other_cooperative=society))

    def in_force(self, day: dt.date | None = None) -> Self:
        """Relations that hold on a day; today, without one."""
        day = day or clock.today()
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))

    def counting(self, day: dt.date | None = None) -> Self:
        """Relations that count for the pilot's figures on a day.

        A conversion or merger counts only when the regulator's data say that the society is gone.
        """
        leaves = Q(kind__in=(RelationKind.CONVERSION, RelationKind.MERGED))
        gone = Q(cooperative__in=Cooperative.objects.gone_by_regulator().values("pk"))
        return self.in_force(day).filter(~leaves | gone)

    def for_list(self) -> Self:
        """Everything that a list of relations shows."""
        return self.select_related(
            "cooperative__township", "other_cooperative", "subject__township", "case"
        )


class Relation(models.Model):
    """主体关系：谁转为谁、谁加入谁、谁与谁联合或合并。

    `cooperative` is the society that converted, merged away, was joined, or is the union;
    `other_cooperative` the surviving society or the union's member; `subject` the farm.
    """

    kind = models.CharField("关系", max_length=20, choices=RelationKind)
    cooperative = models.ForeignKey(
        Cooperative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations",
        verbose_name="合作社",
    )
    other_cooperative = models.ForeignKey(
        Cooperative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations_of_others",
        verbose_name="另一家合作社",
    )
    subject = models.ForeignKey(
        FarmSubject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relations",
        verbose_name="其他农业主体",
    )
    household = models.CharField("农户（户主）", max_length=40, blank=True, default="")
    case = models.ForeignKey(
        CleanupCase,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="relations",
        verbose_name="清理案件",
    )
    since = models.DateField("起始日期")
    until = models.DateField("终止日期", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True, default="")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    version = models.PositiveIntegerField("版本", default=1)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = "主体关系"
        verbose_name_plural = "主体关系"
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    kind__in=["conversion", "farm_joins"],
                    cooperative__isnull=False,
                    subject__isnull=False,
                    other_cooperative__isnull=True,
                )
                | (
                    Q(kind="household_to_farm", subject__isnull=False, cooperative__isnull=True)
                    & ~Q(household="")
                )
                | Q(
                    kind__in=["united", "merged"],
                    cooperative__isnull=False,
                    other_cooperative__isnull=False,
                    subject__isnull=True,
                ),
                name="a_relation_has_its_two_sides",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="relation_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["kind", "cooperative", "subject"],
                condition=Q(until__isnull=True, subject__isnull=False, cooperative__isnull=False),
                name="one_standing_farm_relation",
            ),
            models.UniqueConstraint(
                fields=["kind", "cooperative", "other_cooperative"],
                condition=Q(until__isnull=True, other_cooperative__isnull=False),
                name="one_standing_society_relation",
            ),
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=Q(kind="conversion", until__isnull=True),
                name="a_society_converts_once",
            ),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(kind="household_to_farm", until__isnull=True),
                name="a_farm_comes_from_one_household",
            ),
        )
        indexes = (models.Index(fields=["kind", "since"], name="relation_by_kind"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.left} → {self.right}"

    @property
    def left(self) -> str:
        """What it begins with: the household, the farm that joins, the member, the former society."""
        match self.kind:
            case RelationKind.HOUSEHOLD_TO_FARM:
                return self.household
            case RelationKind.FARM_JOINS:
                return str(self.subject)
            case RelationKind.UNITED:
                return str(self.other_cooperative)
            case _:
                return str(self.cooperative)

    @property
    def right(self) -> str:
        """What it leads to."""
        match self.kind:
            case RelationKind.CONVERSION | RelationKind.HOUSEHOLD_TO_FARM:
                return str(self.subject)
            case RelationKind.MERGED:
                return str(self.other_cooperative)
            case _:
                return str(self.cooperative)


class ConversionHelp(models.Model):
    """给予社转场的一种帮助及其日期（政策咨询、财政扶持、土地流转、经营方式）。"""

    case = models.ForeignKey(
        CleanupCase, models.CASCADE, related_name="helps", verbose_name="清理案件"
    )
    kind = models.CharField("帮助", max_length=12, choices=HelpKind)
    given_on = models.DateField("日期")
    note = models.CharField("内容", max_length=200, blank=True, default="")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = "社转场帮助"
        verbose_name_plural = "社转场帮助"
        constraints = (
            models.UniqueConstraint(fields=["case", "kind"], name="one_help_of_each_kind"),
        )

    def __str__(self) -> str:
        return f"{self.case.number} {self.get_kind_display()}"
