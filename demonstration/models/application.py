"""An application for a title, with what departments and the public said of it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, reach_of
from common import clock
from demonstration.choices import ApplicationState, ForwardState, Level, Opinion
from demonstration.models.round import RatingRound, Reviewer
from registry.models import Cooperative

A = ApplicationState
# States in which an application counts against what a round may recommend and recognise.
IN_THE_RUNNING = (A.RECOMMENDED, A.REVIEWED, A.CONSULTED, A.APPROVED, A.NOTICED, A.OBJECTED)
TO_BE_SCORED = (A.REVIEWED, A.CONSULTED)


class ApplicationQuerySet(models.QuerySet["RatingApplication"]):
    """Reads of applications."""

    def permitted(self, user: Any, action: str) -> Self:
        """Applications of the societies in reach; a draft is seen by its society alone.

        A department reaches, to give its opinion, those of the rounds that ask it; a reviewer may
        read all of the round.
        """
        if action == Action.CONSULT_APPLICATION:
            asked = reach_of(user, action) == Reach.OWN and user.unit_id
            return self.filter(round__consulted=user.unit_id) if asked else self.none()
        reached = Q(cooperative__in=Cooperative.objects.permitted(user, action))
        if action == Action.VIEW_APPLICATION and reach_of(user, action) > Reach.NONE:
            reached |= Q(round__in=Reviewer.objects.filter(user=user.pk).values("round"))
        found = self.filter(reached)
        return found if reach_of(user, action) == Reach.OWN else found.handed_in()

    def handed_in(self) -> Self:
        """Everything but drafts, which only their writers see."""
        return self.exclude(state=A.DRAFT)

    def for_list(self) -> Self:
        return self.select_related("cooperative__township", "round__criteria")


class RatingApplication(models.Model):
    """申报：一家合作社在一个批次里只有一份。自查结果在提交时封存。"""

    round = models.ForeignKey(
        RatingRound, models.PROTECT, related_name="applications", verbose_name="批次"
    )
    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, related_name="title_applications", verbose_name="合作社"
    )
    state = models.CharField("状态", max_length=12, choices=A, default=A.DRAFT)
    statement = models.TextField("申报理由", blank=True)
    dispute = models.TextField("对自查结果的说明", blank=True)
    self_check = models.JSONField("自查结果", default=list, blank=True)
    started_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="填写人"
    )
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    recommendation = models.TextField("乡镇推荐意见", blank=True)
    paper_check = models.TextField("材料审核意见", blank=True)
    visited_on = models.DateField("实地核查日期", null=True, blank=True)
    visit_findings = models.TextField("实地核查情况", blank=True)
    spread_note = models.TextField("评分差距合议说明", blank=True)
    total = models.DecimalField("总分", max_digits=6, decimal_places=2, null=True, blank=True)
    place = models.PositiveSmallIntegerField("名次", null=True, blank=True)
    closed_because = models.CharField("未通过原因", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "示范社申报"
        verbose_name_plural = "示范社申报"
        constraints = (
            models.UniqueConstraint(
                fields=["round", "cooperative"], name="one_application_per_round"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False),
                name="a_submitted_application_has_a_moment",
            ),
        )
        indexes = (models.Index(fields=["state", "id"], name="application_state"),)

    def __str__(self) -> str:
        return f"{self.cooperative} {self.round}"


class DepartmentOpinion(models.Model):
    """部门意见：征求到的每个部门对每份申报一条。"""

    application = models.ForeignKey(
        RatingApplication, models.CASCADE, related_name="opinions", verbose_name="申报"
    )
    unit = models.ForeignKey(OrganisationUnit, models.PROTECT, verbose_name="部门")
    opinion = models.CharField("意见", max_length=8, choices=Opinion)
    text = models.CharField("说明", max_length=500, blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, verbose_name="填写人")
    given_at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = "部门意见"
        verbose_name_plural = "部门意见"
        constraints = (
            models.UniqueConstraint(
                fields=["application", "unit"], name="one_opinion_per_department"
            ),
            models.CheckConstraint(
                condition=Q(opinion="agree") | ~Q(text=""), name="an_objection_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.get_opinion_display()}"


class Objection(models.Model):
    """公示期的实名异议；答复之前不能认定。"""

    application = models.ForeignKey(
        RatingApplication, models.PROTECT, related_name="objections", verbose_name="申报"
    )
    name = models.CharField("异议人姓名", max_length=30)
    phone = models.CharField("联系电话", max_length=20)
    text = models.TextField("异议内容")
    received_on = models.DateField("收到日期")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    answer = models.TextField("答复", blank=True)
    upheld = models.BooleanField("异议成立", null=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="答复人"
    )
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "公示异议"
        verbose_name_plural = "公示异议"
        constraints = (
            models.CheckConstraint(
                condition=Q(upheld__isnull=True, answered_on__isnull=True)
                | (Q(upheld__isnull=False, answered_on__isnull=False) & ~Q(answer="")),
                name="an_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(phone=""), name="an_objection_is_in_a_real_name"
            ),
        )

    def __str__(self) -> str:
        return f"{self.application} 异议{self.pk}"


class UpwardForwarding(models.Model):
    """上报：把申报推荐给市、省，并记下答复。"""

    application = models.ForeignKey(
        RatingApplication, models.PROTECT, related_name="forwardings", verbose_name="申报"
    )
    level = models.CharField(
        "上报级别",
        max_length=12,
        choices=[(v.value, v.label) for v in Level if v != Level.DISTRICT],
    )
    sent_on = models.DateField("上报日期")
    document_number = models.CharField("上报文号", max_length=60)
    state = models.CharField("答复", max_length=12, choices=ForwardState, default=ForwardState.SENT)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answer_document = models.CharField("答复文号", max_length=60, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "上报"
        verbose_name_plural = "上报"
        constraints = (
            models.UniqueConstraint(
                fields=["application", "level"], name="forwarded_once_to_each_level"
            ),
        )

    def __str__(self) -> str:
        return f"{self.application} 上报{self.get_level_display()}"
