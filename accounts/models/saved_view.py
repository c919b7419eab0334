"""Conditions, columns and order of a list, kept under a name."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.choices import Role, SavedPage, ViewShare
from accounts.models.unit import OrganisationUnit
from accounts.models.user import User
from accounts.policy import Reach, reach_of
from common import clock


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Reads of kept views."""

    def permitted(self, user: Any, action: str) -> Self:
        """One's own, and those that others share with one's unit or role."""
        if reach_of(user, action) == Reach.NONE:
            return self.none()
        shared = Q(share=ViewShare.ROLE, role=user.role)
        if user.unit_id:
            shared |= Q(share=ViewShare.UNIT, unit=user.unit_id)
        return self.filter(Q(owner=user.pk) | shared)

    def of_page(self, page: str) -> Self:
        """Those of one list, one's own names in the order in which they were given."""
        return self.filter(page=page).select_related("owner", "unit").order_by("created_at", "pk")

    def with_first(self, user: Any, page: str) -> Self:
        """Add whether this person's list opens with it, as `opens_first`."""
        first = DefaultView.objects.filter(user=user.pk, page=page, view=OuterRef("pk"))
        return self.annotate(opens_first=Exists(first))


class SavedView(models.Model):
    """常用查询：只保存条件、列和排序；打开时按打开者自己的权限和范围查询。"""

    page = models.CharField("列表", max_length=20, choices=SavedPage)
    name = models.CharField("名称", max_length=30)
    query = models.CharField("条件", max_length=2000, blank=True)
    owner = models.ForeignKey(
        User, models.CASCADE, related_name="saved_views", verbose_name="保存人"
    )
    share = models.CharField("谁能看到", max_length=8, choices=ViewShare, default=ViewShare.OWN)
    role = models.CharField("共享给角色", max_length=20, choices=Role, blank=True)
    unit = models.ForeignKey(
        OrganisationUnit,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="共享给机构",
    )
    created_at = models.DateTimeField("保存时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "常用查询"
        verbose_name_plural = "常用查询"
        constraints = (
            models.UniqueConstraint(fields=["owner", "page", "name"], name="one_view_a_name"),
            models.CheckConstraint(
                condition=~Q(share=ViewShare.UNIT) | Q(unit__isnull=False),
                name="view_shared_with_a_unit",
            ),
            models.CheckConstraint(
                condition=~Q(share=ViewShare.ROLE) | ~Q(role=""), name="view_shared_with_a_role"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def found_by(self) -> str:
        """Who finds it beside its owner, in words."""
        match self.share:
            case ViewShare.ROLE:
                return f"{self.get_role_display()}角色的人"
            case ViewShare.UNIT if self.unit:
                return f"{self.unit.short_name}的人"
            case _:
                return str(ViewShare.OWN.label)


class DefaultView(models.Model):
    """打开列表时先用的常用查询，一人一个列表一个。"""

    user = models.ForeignKey(User, models.CASCADE, related_name="default_views")
    page = models.CharField("列表", max_length=20, choices=SavedPage)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="defaults")

    class Meta:
        verbose_name = "默认查询"
        verbose_name_plural = "默认查询"
        constraints = (models.UniqueConstraint(fields=["user", "page"], name="one_default_a_page"),)

    def __str__(self) -> str:
        return f"{self.user} {self.view}"
