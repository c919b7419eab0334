"""Typical cases: what was done well, what came of it, and what others can take over."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, reach_of
from common import clock
from liaison.exemplar_choices import ExemplarKind, ExemplarState
from registry.models import Cooperative

LONGEST = 5_000  # characters of one section


class ExemplarQuerySet(models.QuerySet["Exemplar"]):
    """Reads of typical cases."""

    def permitted(self, user: Any, action: str) -> Self:
        """All; to write, those of one's own unit; to read, what is published or one's own matter."""
        reach = reach_of(user, action)
        if reach == Reach.DISTRICT:
            return self
        if reach == Reach.NONE:
            return self.none()
        if action == Action.VIEW_EXEMPLAR:
            return self.readable(user, reach)
        return self.filter(unit=user.unit_id) if user.unit_id else self.none()

    def readable(self, user: Any, reach: Reach) -> Self:
        """What is published, what one's unit wrote, and what tells of one's township or society."""
        concerned = ~Q(state=ExemplarState.DRAFT)
        allowed = Q(state=ExemplarState.PUBLISHED)
        if user.acts_for_societies:
            own = Cooperative.objects.permitted(user, Action.VIEW_EXEMPLAR)
            allowed |= concerned & Q(cooperative__in=own.values("pk"))
        elif user.unit_id:
            allowed |= Q(unit=user.unit_id)
            if reach == Reach.TOWNSHIP:
                allowed |= concerned & Q(township=user.unit_id)
        return self.filter(allowed)

    def standing(self) -> Self:
        """Without what was taken back."""
        return self.exclude(state=ExemplarState.WITHDRAWN)

    def published(self) -> Self:
        return self.filter(state=ExemplarState.PUBLISHED)

    def public(self) -> Self:
        """What anybody may read: published, opened to the public, its society having agreed."""
        agreed = Q(cooperative__isnull=True) | Q(consented_on__isnull=False)
        return self.published().filter(agreed, open_to_public=True)

    def for_list(self) -> Self:
        """Everything that a list shows; the long texts stay where they are."""
        return self.select_related("cooperative", "township", "unit").defer(
            "practice", "results", "lessons"
        )


class Exemplar(models.Model):
    """典型案例：好的合作社、好的做法和值得推广的经验（S-007、S-086、S-093）。

    `consented_on` and `consented_by` say when and through whom the society agreed that the public
    reads of it; without them a case that names a society is never public.
    """

    title = models.CharField("标题", max_length=80)
    kind = models.CharField("类别", max_length=16, choices=ExemplarKind)
    summary = models.CharField("摘要", max_length=200)
    practice = models.TextField("做法", max_length=LONGEST, blank=True)
    results = models.TextField("成效", max_length=LONGEST, blank=True)
    lessons = models.TextField("启示", max_length=LONGEST, blank=True)
    cooperative = models.ForeignKey(
        Cooperative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="exemplars",
        verbose_name="合作社",
    )
    township = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="乡镇街道",
    )
    unit = models.ForeignKey(
        OrganisationUnit, models.PROTECT, null=True, related_name="+", verbose_name="报送单位"
    )
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="撰写人")
    entered_at = models.DateTimeField("登记时间", default=clock.now)
    state = models.CharField(
        "状态", max_length=12, choices=ExemplarState, default=ExemplarState.DRAFT
    )
    submitted_on = models.DateField("提交日期", null=True, blank=True)
    published_on = models.DateField("发布日期", null=True, blank=True)
    open_to_public = models.BooleanField("向社会公开", default=False)
    consented_on = models.DateField("合作社同意公开日期", null=True, blank=True)
    consented_by = models.CharField("同意人", max_length=60, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ExemplarQuerySet.as_manager()

    class Meta:
        verbose_name = "典型案例"
        verbose_name_plural = "典型案例"
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "title"],
                condition=~Q(state="taken_back"),
                name="a_unit_tells_a_case_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="spread") | Q(published_on__isnull=False),
                name="a_published_case_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(open_to_public=False)
                | Q(cooperative__isnull=True)
                | Q(consented_on__isnull=False),
                name="a_public_case_has_its_societys_consent",
            ),
            models.CheckConstraint(
                condition=Q(consented_on__isnull=True, consented_by="")
                | (Q(consented_on__isnull=False) & ~Q(consented_by="")),
                name="a_consent_names_who_gave_it",
            ),
        )
        indexes = (
            models.Index(fields=["state", "-published_on"], name="exemplar_by_state"),
            models.Index(fields=["unit", "state"], name="exemplar_of_unit"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def stands(self) -> bool:
        return self.state != ExemplarState.WITHDRAWN

    @property
    def is_draft(self) -> bool:
        return self.state == ExemplarState.DRAFT

    @property
    def is_public(self) -> bool:
        """Whether strangers read it: the same condition as `public` of the rows."""
        agreed = self.cooperative_id is None or self.consented_on is not None
        return self.state == ExemplarState.PUBLISHED and self.open_to_public and agreed
