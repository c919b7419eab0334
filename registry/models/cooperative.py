"""The register: one row per society with its current facts."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from registry.choices import (
    ENDED_STATUSES,
    GONE_STATUSES,
    AgentPost,
    CooperativeKind,
    TownshipBasis,
)
from registry.models.facts import RegisteredFacts
from registry.search_terms import Term
from registry.statement_choices import GONE_KINDS


class CooperativeQuerySet(models.QuerySet["Cooperative"]):
    """Reads of the register."""

    def permitted(self, user: Any, action: str) -> Self:
        """Narrow to the societies that this user reaches for this action."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self.standing()
            case Reach.TOWNSHIP if user.unit_id:
                return self.standing().filter(township=user.unit_id)
            case Reach.ASSIGNED:
                return self.standing().filter(counsellor=user.pk)
            case Reach.OWN:
                own = Q(agents__user=user.pk, agents__until__isnull=True)
                return self.standing().filter(own)
            case _:
                return self.none()

    def standing(self) -> Self:
        """Societies in their own right: one that was merged into another lives on in that one."""
        return self.filter(merged_into__isnull=True)

    def living(self) -> Self:
        """Societies that still exist as legal persons (a revoked one does)."""
        return self.standing().exclude(status__in=ENDED_STATUSES)

    def gone_by_regulator(self) -> Self:
        """Societies that ended because the regulator's data say so; a hand's correction is not enough.

        Either a notice of deregistration, or a version that came with a registration file.
        """
        noticed = Cooperative.objects.filter(
            deregistration_notices__known_to__isnull=True,
            deregistration_notices__kind__in=GONE_KINDS,
        )
        registered = Cooperative.objects.filter(
            status__in=GONE_STATUSES,
            versions__known_to__isnull=True,
            versions__delivery__isnull=False,
            versions__status__in=GONE_STATUSES,
            versions__changed_fields__contains="status,",
        )
        return self.filter(Q(pk__in=noticed.values("pk")) | Q(pk__in=registered.values("pk")))

    def owing_reports(self) -> Self:
        """Societies that owe annual reports at all: existing ones; branches report with theirs."""
        return self.living().exclude(kind=CooperativeKind.BRANCH)

    def with_unresolved_address(self) -> Self:
        """Living societies whose township could not be told from the domicile."""
        return self.living().filter(township_basis=TownshipBasis.UNRESOLVED)

    def matching(self, term: str) -> Self:
        """Find by part of name, old name, code, old number, pinyin initials, chair or domicile.

        A society that was merged into another is found there by its own name and code.
        """
        sought = Term(term)
        if not sought.text:
            return self
        found = Q(name__holds=sought.parts) | Q(
            pk__in=FormerName.objects.filter(name__holds=sought.parts).values("cooperative")
        )
        if sought.text.isascii():
            found |= Q(uscc__contains=sought.text.upper())
            found |= Q(registration_no__contains=sought.text)
        else:
            found |= Q(legal_representative=sought.text)
            found |= Q(domicile__holds=sought.text.split())
        if sought.letters:
            found |= Q(name_initials__holds_letters=sought.letters)
        merged = Cooperative.objects.filter(found, merged_into__isnull=False)
        return self.filter(found | Q(pk__in=merged.values("merged_into")))


class Cooperative(RegisteredFacts):
    """合作社：名录的一行，以统一社会信用代码为准，15位注册号为第二标识。"""

    uscc = models.CharField("统一社会信用代码", max_length=18, unique=True, null=True, blank=True)
    name_key = models.CharField(max_length=200, editable=False)
    name_initials = models.CharField("拼音首字母", max_length=200, blank=True, default="")
    division = models.CharField("首次登记区划", max_length=6, blank=True, default="")
    township = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cooperatives",
        db_index=False,  # the index by township and name serves it
        verbose_name="所属乡镇街道",
    )
    township_basis = models.CharField(
        "归属依据", max_length=12, choices=TownshipBasis, blank=True, default=""
    )
    counsellor = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="counselled",
        verbose_name="辅导员",
    )
    last_row = models.ForeignKey(
        "registry.FeedRow",
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
        verbose_name="最近一次出现的报送行",
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="absorbed",
        verbose_name="已并入",
    )
    corrected_fields = models.JSONField("人工更正过的项目", default=list, blank=True)
    internal_note = models.TextField("内部备注", blank=True, default="")
    created_at = models.DateTimeField("进入名录时间", default=clock.now)
    updated_at = models.DateTimeField("更新时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)

    objects = CooperativeQuerySet.as_manager()

    class Meta:
        verbose_name = "合作社"
        verbose_name_plural = "合作社"
        constraints = (
            models.CheckConstraint(
                condition=Q(uscc__isnull=False) | ~Q(registration_no=""),
                name="cooperative_has_an_identity",
            ),
            models.UniqueConstraint(
                fields=["registration_no"],
                condition=~Q(registration_no=""),
                name="one_cooperative_per_old_number",
            ),
        )
        indexes = (
            models.Index(fields=["township", "name_key", "id"], name="coop_by_township"),
            models.Index(fields=["name_key", "id"], name="coop_by_name"),
            models.Index(fields=["established_on", "id"], name="coop_by_founding"),
            models.Index(fields=["status", "name_key", "id"], name="coop_by_status"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """The code that addresses this society: the USCC, else the old number."""
        return self.uscc or self.registration_no


class FormerName(models.Model):
    """曾用名：名称变更后按旧名仍能找到。"""

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="former_names", verbose_name="合作社"
    )
    name = models.CharField("曾用名", max_length=200)
    until = models.DateField("使用至")
    delivery = models.ForeignKey(
        "registry.FeedDelivery", models.SET_NULL, null=True, verbose_name="来自报送"
    )

    class Meta:
        verbose_name = "曾用名"
        verbose_name_plural = "曾用名"
        indexes = (models.Index(fields=["name"], name="former_name"),)

    def __str__(self) -> str:
        return self.name


class CooperativeAgent(models.Model):
    """代表合作社使用本平台的人；一人可以服务多家。"""

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="agents", verbose_name="合作社"
    )
    user = models.ForeignKey(
        User, models.CASCADE, related_name="cooperatives_served", verbose_name="使用人"
    )
    post = models.CharField("身份", max_length=8, choices=AgentPost, default=AgentPost.STAFF)
    since = models.DateField("起始日期")
    until = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        verbose_name = "合作社使用人"
        verbose_name_plural = "合作社使用人"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "user"],
                condition=Q(until__isnull=True),
                name="one_open_service_per_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cooperative} {self.user}"
