"""Certificates of a roster 社员名录证明: asked for, checked, issued; each step with its day."""

from typing import Any, Self

from django.db import models

from accounts.models import User
from common import clock
from registry.choices import CertificateState
from registry.models.cooperative import Cooperative


class CertificateQuerySet(models.QuerySet["RosterCertificate"]):
    """Reads of certificates."""

    def permitted(self, user: Any, action: str) -> Self:
        """Certificates of the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def waiting(self) -> Self:
        return self.filter(state=CertificateState.REQUESTED)


class RosterCertificate(models.Model):
    """社员名录证明的一次申请与核发。证明内容取自核发当天的成员名册。"""

    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, related_name="certificates", verbose_name="合作社"
    )
    purpose = models.CharField("用途", max_length=200)
    state = models.CharField(
        "状态", max_length=12, choices=CertificateState, default=CertificateState.REQUESTED
    )
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    requested_at = models.DateTimeField("申请时间", default=clock.now)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="核发人"
    )
    decided_at = models.DateTimeField("核发时间", null=True)
    reason = models.TextField("理由", blank=True, default="")
    members = models.PositiveIntegerField("所载成员数", null=True)
    paper_number = models.CharField("编号", max_length=80, blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "社员名录证明"
        verbose_name_plural = "社员名录证明"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=models.Q(state="requested"),
                name="one_waiting_certificate",
            ),
        )
        indexes = (models.Index(fields=["state", "-id"], name="certificate_by_state"),)

    def __str__(self) -> str:
        return f"{self.cooperative}社员名录证明"
