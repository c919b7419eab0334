"""Which fields of which list go to which department until when, and every time it took them."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, reach_of
from common import clock
from liaison.choices import FetchForm, GrantState, SharedList


class GrantQuerySet(models.QuerySet["ShareGrant"]):
    """Reads of grants."""

    def permitted(self, user: Any, action: str) -> Self:
        """All grants, or those made to one's own department."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.OWN if user.unit_id:
                return self.filter(receiver=user.unit_id)
            case _:
                return self.none()

    def in_force(self, day: dt.date | None = None) -> Self:
        """Approved grants whose last day has not passed."""
        return self.filter(state=GrantState.APPROVED, valid_until__gte=day or clock.today())

    def answered(self) -> Self:
        """Without what still waits for approval or never got it: what a receiver is told of."""
        return self.filter(state__in=(GrantState.APPROVED, GrantState.ENDED))

    def for_list(self) -> Self:
        """Everything that a list of grants shows."""
        counted = models.Count("fetches", distinct=True)
        return self.select_related("receiver", "proposed_by", "approved_by").annotate(
            number=counted, last_fetch=models.Max("fetches__at")
        )


def told_of(grants: Any, user: Any) -> Any:
    """Leave out what a receiver is not told of: what was never granted."""
    own_only = reach_of(user, Action.VIEW_SHARE) == Reach.OWN
    return grants.answered() if own_only else grants


class ShareGrant(models.Model):
    """共享授权：把一份名单的哪些字段给哪个部门，用到哪一天；一人提出，另一人批准。

    `fields` holds keys of `liaison.lists`; name and code are always given.
    """

    shared_list = models.CharField("名单", max_length=12, choices=SharedList)
    fields = models.JSONField("字段", default=list)
    receiver = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="share_grants", verbose_name="接收部门"
    )
    purpose = models.CharField("用途", max_length=200)
    valid_until = models.DateField("有效期至")
    state = models.CharField("状态", max_length=12, choices=GrantState, default=GrantState.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_at = models.DateTimeField("提出时间", default=clock.now)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="批准人"
    )
    approved_at = models.DateTimeField("批准时间", null=True)
    decision_reason = models.TextField("理由", blank=True, default="")
    version = models.PositiveIntegerField("版本", default=1)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "共享授权"
        verbose_name_plural = "共享授权"
        constraints = (
            models.UniqueConstraint(
                fields=["shared_list", "receiver"],
                condition=Q(state__in=("proposed", "approved")),
                name="one_live_grant_per_list_and_department",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="approved_by_another_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_shared_list_display()}→{self.receiver}"

    @property
    def is_in_force(self) -> bool:
        """Whether the receiver may take the list today."""
        return self.state == GrantState.APPROVED and self.valid_until >= clock.today()

    @property
    def is_over(self) -> bool:
        """Whether an approved grant has run out."""
        return self.state == GrantState.APPROVED and self.valid_until < clock.today()


class ShareFetch(models.Model):
    """每一次取用：谁、何时、怎样、多少行；签收的记在同一行。"""

    grant = models.ForeignKey(ShareGrant, models.PROTECT, related_name="fetches")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="取用人")
    at = models.DateTimeField("取用时间", default=clock.now)
    form = models.CharField("方式", max_length=8, choices=FetchForm)
    rows = models.PositiveIntegerField("行数")
    received_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="签收人"
    )
    received_at = models.DateTimeField("签收时间", null=True)

    class Meta:
        verbose_name = "共享取用记录"
        verbose_name_plural = "共享取用记录"
        indexes = (models.Index(fields=["grant", "-at"], name="fetch_of_grant"),)

    def __str__(self) -> str:
        return f"{self.grant} {self.get_form_display()}"
