"""Proposals of a visit: a fact that should read otherwise, a suspicion that is true or not."""

from typing import Any, Self

from django.db import models

from accounts.models import User
from accounts.policy import Reach, reach_of
from registry.models import Cooperative, Flag
from training.choices import ProposalKind, ProposalState
from training.models.visit import Visit


class ProposalQuerySet(models.QuerySet["VisitProposal"]):
    """Reads of proposals."""

    def permitted(self, user: Any, action: str) -> Self:
        """Proposals about the societies in reach."""
        if reach_of(user, action) == Reach.DISTRICT:
            return self
        reach = Cooperative.objects.permitted(user, action)
        return self.filter(visit__cooperative__in=reach)

    def waiting(self) -> Self:
        return self.filter(state=ProposalState.WAITING)

    def for_list(self) -> Self:
        """Everything that a list of proposals shows."""
        return self.select_related("visit__cooperative__township", "visit__counsellor", "flag")


class VisitProposal(models.Model):
    """走访提出的更正：只是建议，由人决定；采纳后来源写明走访。"""

    visit = models.ForeignKey(
        Visit, models.CASCADE, related_name="proposals", verbose_name="走访记录"
    )
    question = models.CharField("来自问题", max_length=40)
    kind = models.CharField("类别", max_length=14, choices=ProposalKind)
    field = models.CharField("项目", max_length=40, blank=True, default="")
    flag = models.ForeignKey(
        Flag,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="visit_proposals",
        verbose_name="疑似问题",
    )
    stood = models.CharField("登记值", max_length=300, blank=True, default="")
    value = models.CharField("走访所见", max_length=300, blank=True, default="")
    note = models.CharField("说明", max_length=300, blank=True, default="")
    state = models.CharField(
        "状态", max_length=10, choices=ProposalState, default=ProposalState.WAITING
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    reason = models.TextField("处理理由", blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "走访提出的更正"
        verbose_name_plural = "走访提出的更正"
        constraints = (
            models.UniqueConstraint(fields=["visit", "question"], name="one_proposal_a_question"),
        )
        indexes = (models.Index(fields=["state", "id"], name="proposal_waiting"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.value}"
