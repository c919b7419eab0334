"""Suspicions: what a rule saw, when, with which figures, and what people found out about it."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from accounts.policy import Reach, reach_of
from common import clock
from registry.choices import FlagLabel, FlagState, Severity
from registry.flag_choices import ASKED_FLAGS, ENDED_FLAGS
from registry.models.cooperative import Cooperative


class FlagQuerySet(models.QuerySet["Flag"]):
    """Reads of suspicions."""

    def permitted(self, user: Any, action: str) -> Self:
        """Suspicions about the societies in reach, those given to a person, or one's own matters."""
        match reach_of(user, action):
            case Reach.ASSIGNED:
                return self.filter(assigned_to=user.pk)
            case Reach.OWN:
                served = Cooperative.objects.permitted(user, action)
                return self.asked().filter(cooperative__in=served)
            case _:
                return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def open(self) -> Self:
        """Suspicions that still stand, whether a person has looked into them or not."""
        return self.exclude(state__in=ENDED_FLAGS)

    def asked(self) -> Self:
        """Suspicions of which the society is asked, and those that it has answered to."""
        answered = FlagAnswer.objects.filter(flag=OuterRef("pk"))
        return self.filter(Q(state__in=ASKED_FLAGS) | Q(Exists(answered)))

    def unanswered(self) -> Self:
        """Suspicions that are looked into, and to which the society has said nothing yet."""
        answered = FlagAnswer.objects.filter(flag=OuterRef("pk"))
        return self.filter(~Q(Exists(answered)), state=FlagState.CHECKING)

    def in_hand_of(self, user: Any) -> Self:
        """Suspicions that a person is to look into."""
        return self.filter(state=FlagState.CHECKING, assigned_to=user.pk)

    def due_again(self, day: dt.date) -> Self:
        """Deferred suspicions whose day has come."""
        return self.filter(state=FlagState.DEFERRED, deferred_until__lte=day)

    def for_list(self) -> Self:
        """Everything that a list of suspicions shows."""
        return self.select_related("cooperative__township", "assigned_to")


class FlagRun(models.Model):
    """一次全量计算：何时、按哪一天、各规则命中多少。"""

    as_of = models.DateField("计算基准日")
    computed_at = models.DateTimeField("计算时间")
    counts = models.JSONField("各规则数量", default=dict)
    unknown = models.JSONField("各规则资料不足的数量", default=dict)
    exempt = models.JSONField("各规则豁免的数量", default=dict)
    changes = models.JSONField("新增、更新、解除的数量", default=dict)
    cause = models.CharField("起因", max_length=200, blank=True)

    class Meta:
        verbose_name = "规则计算"
        verbose_name_plural = "规则计算"

    def __str__(self) -> str:
        return f"按{self.as_of.year}年{self.as_of.month}月{self.as_of.day}日的规则计算"


class Flag(models.Model):
    """疑似问题：只是线索，须由人核实，不改变登记状态。

    `evidence` holds every figure of the rule, thresholds among them; `facts` those that are facts
    of the society, by which a suspicion once dismissed is known again. `conclusion` is what the
    person wrote who decided last.
    """

    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, related_name="flags", verbose_name="合作社"
    )
    rule = models.CharField("规则", max_length=8)
    rule_version = models.PositiveSmallIntegerField("规则版本", default=1)
    label = models.CharField("指向", max_length=20, choices=FlagLabel)
    severity = models.CharField("程度", max_length=8, choices=Severity)
    state = models.CharField("状态", max_length=12, choices=FlagState, default=FlagState.SUSPECTED)
    evidence = models.JSONField("依据数值", default=dict)
    facts = models.JSONField("依据的事实", default=dict)
    as_of = models.DateField("基准日")
    opened_at = models.DateTimeField("发现时间")
    computed_at = models.DateTimeField("最近计算时间")
    cleared_at = models.DateTimeField("解除时间", null=True, blank=True)
    cleared_by = models.CharField("解除原因", max_length=200, blank=True, default="")
    assigned_to = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="flags", verbose_name="核实人"
    )
    assigned_at = models.DateTimeField("交办时间", null=True, blank=True)
    due_on = models.DateField("核实期限", null=True, blank=True)
    deferred_until = models.DateField("暂缓至", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="作出结论的人"
    )
    decided_at = models.DateTimeField("作出结论的时间", null=True, blank=True)
    conclusion = models.TextField("核实结论", blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = "疑似问题"
        verbose_name_plural = "疑似问题"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "rule"],
                condition=~Q(state__in=["cleared", "dismissed"]),
                name="one_standing_flag_per_rule",
            ),
            models.CheckConstraint(
                condition=~Q(state=FlagState.CHECKING)
                | Q(assigned_to__isnull=False, due_on__isnull=False),
                name="flag_in_hand_has_a_person_and_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=FlagState.DEFERRED) | Q(deferred_until__isnull=False),
                name="flag_deferred_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[FlagState.CONFIRMED, FlagState.DISMISSED])
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(conclusion=""),
                name="flag_decided_by_somebody",
            ),
        )
        indexes = (
            models.Index(fields=["state", "rule", "cooperative"], name="flag_by_rule"),
            models.Index(fields=["assigned_to", "state", "due_on"], name="flag_in_hand"),
        )

    def __str__(self) -> str:
        return f"{self.cooperative} {self.rule}"

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED_FLAGS


class FlagAnswerQuerySet(models.QuerySet["FlagAnswer"]):
    """Reads of what societies answered."""

    def permitted(self, user: Any, action: str) -> Self:
        """Answers of the societies in reach."""
        return self.filter(flag__cooperative__in=Cooperative.objects.permitted(user, action))


class FlagAnswer(models.Model):
    """合作社对一个需核实事项的答复；照片为其附件。写入后不再改动，补充另写一条。"""

    flag = models.ForeignKey(
        Flag, models.CASCADE, related_name="answers", verbose_name="需核实事项"
    )
    text = models.TextField("答复")
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="答复人")
    answered_at = models.DateTimeField("答复时间", default=clock.now)

    objects = FlagAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "需核实事项答复"
        verbose_name_plural = "需核实事项答复"

    def __str__(self) -> str:
        return f"{self.flag.cooperative}的答复"


class FlagCandidate(models.Model):
    """计算中间表：一次计算里规则命中的合作社与依据，以及线索在案而现已资料不足的。算完即清。"""

    # Emptied in the transaction that fills it: keys that were checked, and indexes beside the one
    # it is looked up by, would cost more than the rules.
    run = models.ForeignKey(FlagRun, models.CASCADE, db_constraint=False, db_index=False)
    cooperative = models.ForeignKey(
        Cooperative, models.CASCADE, db_constraint=False, db_index=False
    )
    rule = models.CharField(max_length=8)
    verdict = models.CharField(max_length=8, default="")
    rule_version = models.PositiveSmallIntegerField(default=1)
    label = models.CharField(max_length=20, default="")
    severity = models.CharField(max_length=8, default="")
    evidence = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name = "规则命中"
        verbose_name_plural = "规则命中"
        indexes = (models.Index(fields=["run", "rule", "cooperative"], name="candidate_lookup"),)

    def __str__(self) -> str:
        return f"{self.rule} {self.cooperative_id}"
