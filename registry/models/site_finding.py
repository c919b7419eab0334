"""What a person saw at a society's place: a source beside the feeds and the society's own report."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from registry.choices import FindingState, OperatingState, Seen
from registry.models.cooperative import Cooperative


class SiteFindingQuerySet(models.QuerySet["SiteFinding"]):
    """Reads of what was seen."""

    def permitted(self, user: Any, action: str) -> Self:
        """Findings about the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def standing(self) -> Self:
        """Findings that count: those of a visit that was called void do not."""
        return self.exclude(state=FindingState.WITHDRAWN)

    def newest(self) -> Self:
        """The newest standing finding of each society, in one query for the whole register."""
        later = SiteFinding.objects.standing().filter(
            Q(seen_on__gt=OuterRef("seen_on"))
            | Q(seen_on=OuterRef("seen_on"), pk__gt=OuterRef("pk")),
            cooperative=OuterRef("cooperative"),
        )
        return self.standing().filter(~Exists(later))


class SiteFinding(models.Model):
    """走访所见：一次走访对一家合作社看到的情况，作为一个来源与登记、年报并列，不改登记事项。

    `visit_key` is the visit's own identity (the UUID that the counsellor's phone gave it), so that
    a visit sent again writes the same row. A question that was not asked or not answered is
    "unknown"; a count that nobody made is None, and zero is zero.
    """

    visit_key = models.CharField("走访编号", max_length=36, unique=True)
    cooperative = models.ForeignKey(
        Cooperative,
        models.CASCADE,
        related_name="site_findings",
        db_index=False,  # the index by society and day serves it
        verbose_name="合作社",
    )
    seen_on = models.DateField("走访日期")
    seen_by = models.ForeignKey(
        User, models.PROTECT, related_name="site_findings", verbose_name="走访人"
    )
    in_person = models.BooleanField("实地走访", default=True)
    state = models.CharField(
        "效力", max_length=12, choices=FindingState, default=FindingState.REPORTED
    )
    at_address = models.CharField("在登记住所", max_length=8, choices=Seen, default=Seen.UNKNOWN)
    operating = models.CharField(
        "经营状态", max_length=8, choices=OperatingState, default=OperatingState.UNKNOWN
    )
    signboard = models.CharField("挂有牌子", max_length=8, choices=Seen, default=Seen.UNKNOWN)
    licence_shown = models.CharField("亮照经营", max_length=8, choices=Seen, default=Seen.UNKNOWN)
    charter_kept = models.CharField("章程在册", max_length=8, choices=Seen, default=Seen.UNKNOWN)
    accounts_kept = models.CharField("设有账簿", max_length=8, choices=Seen, default=Seen.UNKNOWN)
    member_accounts = models.CharField(
        "设有成员账户", max_length=8, choices=Seen, default=Seen.UNKNOWN
    )
    affairs_disclosed = models.CharField(
        "社务公开", max_length=8, choices=Seen, default=Seen.UNKNOWN
    )
    members_met = models.PositiveSmallIntegerField("见到的成员数", null=True, blank=True)
    members_told = models.PositiveIntegerField("自称成员数", null=True, blank=True)
    note = models.TextField("所见情况", blank=True, default="")

    objects = SiteFindingQuerySet.as_manager()

    class Meta:
        verbose_name = "走访所见"
        verbose_name_plural = "走访所见"
        indexes = (
            models.Index(fields=["cooperative", "-seen_on", "-id"], name="finding_of_society"),
        )

    def __str__(self) -> str:
        return f"{self.cooperative}：{self.seen_on.year}年{self.seen_on.month}月{self.seen_on.day}日走访"
