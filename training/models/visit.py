"""Visits: what a counsellor saw, asked and agreed at a society, and every version that was sent."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef

from accounts.models import User
from accounts.policy import Reach, reach_of
from common import clock
from registry.choices import OperatingState, Seen
from registry.models import Cooperative
from training.choices import (
    LOCKED_STATES,
    RevisionOutcome,
    SeenThing,
    Signer,
    VisitMethod,
    VisitPurpose,
    VisitState,
    WithoutPhoto,
    WithoutPlace,
)


class VisitQuerySet(models.QuerySet["Visit"]):
    """Reads of visits."""

    def permitted(self, user: Any, action: str) -> Self:
        """All visits, those to one's township's societies, one's own, or those to one's society."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP if user.unit_id:
                return self.filter(cooperative__township=user.unit_id)
            case Reach.ASSIGNED:
                return self.filter(counsellor=user.pk)
            case Reach.OWN:
                return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))
            case _:
                return self.none()

    def standing(self) -> Self:
        """Visits that count."""
        return self.exclude(state=VisitState.VOID)

    def in_conflict(self) -> Self:
        """Visits of which two versions wait for a person's choice."""
        waiting = VisitRevision.objects.filter(
            visit=OuterRef("pk"), outcome=RevisionOutcome.CONFLICT
        )
        return self.filter(Exists(waiting))

    def for_list(self) -> Self:
        """Everything that a list of visits shows."""
        return self.select_related("cooperative__township", "counsellor")


class Visit(models.Model):
    """走访记录：手机或网页填写，双方确认后锁定，以后只能补充说明（domain §7.3）。

    `key` is made by the phone; `head` is the version that counts. Device time is a claim:
    `received_at` is the portal's own time, and `skew_minutes` how far the phone's clock was off.
    """

    key = models.UUIDField("编号", unique=True, default=uuid.uuid4, editable=False)
    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, related_name="visits", db_index=False, verbose_name="合作社"
    )
    counsellor = models.ForeignKey(
        User, models.PROTECT, related_name="visits", db_index=False, verbose_name="辅导员"
    )
    visited_on = models.DateField("走访日期")
    method = models.CharField("方式", max_length=8, choices=VisitMethod)
    purpose = models.CharField("目的", max_length=12, choices=VisitPurpose)
    met = models.CharField("见到的人", max_length=100, blank=True, default="")
    at_address = models.CharField("在登记住所", max_length=8, choices=Seen, default=Seen.UNKNOWN)
    operating = models.CharField(
        "经营状态", max_length=8, choices=OperatingState, default=OperatingState.UNKNOWN
    )
    seen = models.JSONField("现场看到", default=list, blank=True)
    members_met = models.PositiveSmallIntegerField("见到的成员数", null=True, blank=True)
    problems = models.TextField("发现的问题", blank=True, default="")
    guidance = models.TextField("辅导内容", blank=True, default="")
    answers = models.JSONField("本社问题的回答", default=list, blank=True)
    next_visit_on = models.DateField("下次走访", null=True, blank=True)
    no_photo_reason = models.CharField(
        "没有照片的原因", max_length=12, choices=WithoutPhoto, blank=True, default=""
    )
    no_place_reason = models.CharField(
        "没有定位的原因", max_length=12, choices=WithoutPlace, blank=True, default=""
    )
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=VisitState, default=VisitState.REPORTED)
    head = models.UUIDField("现用版本")
    device_time = models.DateTimeField("手机时间", null=True, blank=True)
    skew_minutes = models.IntegerField("手机时钟偏差（分钟）", default=0)
    received_at = models.DateTimeField("收到时间", default=clock.now)
    confirmed_by = models.CharField("合作社确认人", max_length=60, blank=True, default="")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审阅人"
    )
    reviewed_at = models.DateTimeField("审阅时间", null=True, blank=True)
    review_note = models.TextField("审阅意见", blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "走访记录"
        verbose_name_plural = "走访记录"
        indexes = (
            models.Index(fields=["cooperative", "-visited_on", "-id"], name="visit_of_society"),
            models.Index(fields=["counsellor", "-visited_on", "-id"], name="visit_of_counsellor"),
            models.Index(fields=["-visited_on", "-id"], name="visit_newest"),
        )

    def __str__(self) -> str:
        day = self.visited_on
        return f"{day.year}年{day.month}月{day.day}日走访{self.cooperative}"

    @property
    def is_locked(self) -> bool:
        return self.state in LOCKED_STATES

    @property
    def seen_words(self) -> list[str]:
        """What was seen at the place, in words."""
        return [str(SeenThing(code).label) for code in self.seen if code in SeenThing.values]


class VisitRevision(models.Model):
    """走访记录的一个版本：手机或网页送来的原样，谁也不覆盖谁。"""

    visit = models.ForeignKey(
        Visit, models.CASCADE, related_name="revisions", verbose_name="走访记录"
    )
    key = models.UUIDField("版本编号", unique=True)
    base = models.UUIDField("所依据的版本", null=True, blank=True)
    body = models.JSONField("内容", default=dict)
    sha256 = models.CharField("内容摘要", max_length=64)
    outcome = models.CharField("结果", max_length=10, choices=RevisionOutcome)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填写人")
    device_time = models.DateTimeField("手机时间", null=True, blank=True)
    received_at = models.DateTimeField("收到时间", default=clock.now)
    from_phone = models.BooleanField("来自手机", default=False)

    class Meta:
        verbose_name = "走访记录的版本"
        verbose_name_plural = "走访记录的版本"
        indexes = (models.Index(fields=["visit", "-id"], name="revision_of_visit"),)

    def __str__(self) -> str:
        return str(self.key)


class VisitPhoto(models.Model):
    """走访照片的上传：文字先到，照片可断点续传；收齐并核对摘要后转为附件。

    With `signer` it is no photo but a signature drawn on the screen.
    """

    key = models.UUIDField("手机端编号", unique=True)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="photos", verbose_name="走访记录")
    size = models.PositiveIntegerField("字节数")
    received = models.PositiveIntegerField("已收字节数", default=0)
    sha256 = models.CharField("内容摘要", max_length=64)
    taken_at = models.DateTimeField("手机所记拍摄时间", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True, default="")
    done_at = models.DateTimeField("收齐时间", null=True, blank=True)
    likeness = models.CharField("图像特征", max_length=16, blank=True, default="")
    signer = models.CharField("屏上签字人", max_length=12, choices=Signer, blank=True, default="")

    class Meta:
        verbose_name = "走访照片"
        verbose_name_plural = "走访照片"

    def __str__(self) -> str:
        return str(self.key)


class Addendum(models.Model):
    """锁定后的补充说明：只增不改。"""

    visit = models.ForeignKey(
        Visit, models.CASCADE, related_name="addenda", verbose_name="走访记录"
    )
    text = models.TextField("补充内容")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="补充人")
    at = models.DateTimeField("补充时间", default=clock.now)

    class Meta:
        verbose_name = "补充说明"
        verbose_name_plural = "补充说明"

    def __str__(self) -> str:
        return self.text[:30]


class VisitHint(models.Model):
    """提示：先给填写人看，说明情况后再作为一个问题给审阅人看；不打分，不拦截。"""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="hints", verbose_name="走访记录")
    code = models.CharField("提示", max_length=20)
    says = models.CharField("内容", max_length=300)
    raised_at = models.DateTimeField("提出时间", default=clock.now)
    shown_at = models.DateTimeField("填写人看到的时间", null=True, blank=True)
    reply = models.CharField("填写人的说明", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "走访提示"
        verbose_name_plural = "走访提示"
        constraints = (
            models.UniqueConstraint(fields=["visit", "code"], name="one_hint_of_a_kind"),
        )

    def __str__(self) -> str:
        return self.says


class FieldKey(models.Model):
    """手机离线资料的密钥：每个账号一把，只在登录后发给本人；停用账号后不再发放。"""

    user = models.OneToOneField(User, models.CASCADE, related_name="field_key", verbose_name="账号")
    secret = models.CharField("密钥", max_length=44)
    packed_at = models.DateTimeField("最近取走离线资料", null=True, blank=True)
    waiting = models.PositiveIntegerField("手机里未上传的走访", default=0)
    refused_at = models.DateTimeField("最近被拒收", null=True, blank=True)

    class Meta:
        verbose_name = "离线密钥"
        verbose_name_plural = "离线密钥"

    def __str__(self) -> str:
        return str(self.user)
