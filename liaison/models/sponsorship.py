"""Which department and which person sponsors which society, and what they did about it."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from demonstration.models import CultivationPlan, DemonstrationTitle
from liaison.sponsor_choices import ContactForm
from registry.models import Cooperative

FOLLOW_UP_DAYS = 92  # a quarter, the longest one


class SponsorshipQuerySet(models.QuerySet["Sponsorship"]):
    """Reads of sponsorships."""

    def permitted(self, user: Any, action: str) -> Self:
        """All; those of the township's societies; those of one's own department or society."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP:
                return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))
            case Reach.OWN:
                own = Q(cooperative__in=Cooperative.objects.permitted(user, action))
                if user.unit_id:
                    own |= Q(department=user.unit_id)
                return self.filter(own)
            case _:
                return self.none()

    def current(self) -> Self:
        """Sponsorships that have not ended."""
        return self.filter(until__isnull=True)

    def ended(self) -> Self:
        return self.filter(until__isnull=False)

    def with_follow_ups(self) -> Self:
        """Add `follow_ups_total` and `followed_on`, the day of the last one or None."""
        return self.annotate(
            follow_ups_total=Count("follow_ups"), followed_on=Max("follow_ups__happened_on")
        )

    def quiet(self, day: dt.date | None = None) -> Self:
        """Current ones with no follow-up for a quarter, counted from the start if there was none."""
        limit = (day or clock.today()) - dt.timedelta(days=FOLLOW_UP_DAYS)
        recent = SponsorFollowUp.objects.filter(sponsorship=OuterRef("pk"), happened_on__gte=limit)
        return self.current().filter(~Exists(recent), since__lt=limit)

    def for_list(self) -> Self:
        """Everything that a list of sponsorships shows."""
        return self.select_related("cooperative__township", "department").with_follow_ups()


class Sponsorship(models.Model):
    """部门挂包：一家合作社由哪个部门、哪个人挂包，任务是什么，起止日期（S-096）。换人另起一行。"""

    cooperative = models.ForeignKey(
        Cooperative, models.PROTECT, related_name="sponsorships", verbose_name="合作社"
    )
    department = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="sponsorships", verbose_name="挂包部门"
    )
    person = models.CharField("挂包责任人", max_length=30)
    post = models.CharField("职务", max_length=60, blank=True)
    task = models.CharField("挂包任务", max_length=500)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    ended_because = models.CharField("结束原因", max_length=300, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    version = models.PositiveIntegerField("版本", default=1)

    objects = SponsorshipQuerySet.as_manager()

    class Meta:
        verbose_name = "部门挂包"
        verbose_name_plural = "部门挂包"
        constraints = (
            models.UniqueConstraint(
                fields=["cooperative", "department"],
                condition=Q(until__isnull=True),
                name="a_department_sponsors_a_society_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="a_sponsorship_ends_after_it_begins",
            ),
        )
        indexes = (models.Index(fields=["department", "until"], name="sponsorship_of_department"),)

    def __str__(self) -> str:
        return f"{self.department.short_name}{self.person}挂包{self.cooperative}"

    @property
    def is_current(self) -> bool:
        return self.until is None


class FollowUpQuerySet(models.QuerySet["SponsorFollowUp"]):
    """Reads of follow-ups."""

    def permitted(self, user: Any, action: str) -> Self:
        """Follow-ups of the sponsorships in reach."""
        return self.filter(sponsorship__in=Sponsorship.objects.permitted(user, action).values("pk"))


class SponsorFollowUp(models.Model):
    """挂包跟踪记录：哪天、怎样联系、做了什么、解决了什么，一条不改；附件随记录。"""

    sponsorship = models.ForeignKey(
        Sponsorship, models.PROTECT, related_name="follow_ups", verbose_name="挂包"
    )
    happened_on = models.DateField("日期")
    form = models.CharField("方式", max_length=12, choices=ContactForm)
    text = models.CharField("情况", max_length=1000)
    solved = models.CharField("解决的问题", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填写人")
    at = models.DateTimeField("填写时间", default=clock.now)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "挂包跟踪记录"
        verbose_name_plural = "挂包跟踪记录"
        constraints = (
            models.UniqueConstraint(
                fields=["sponsorship", "happened_on", "form", "text"],
                name="a_follow_up_is_written_once",
            ),
        )
        indexes = (
            models.Index(fields=["sponsorship", "-happened_on"], name="follow_up_of_sponsorship"),
        )

    def __str__(self) -> str:
        return f"{self.get_form_display()}：{self.text[:30]}"


def without_sponsor(societies: Any) -> Any:
    """Return the living societies with a title or an active plan that no department sponsors."""
    here = {"cooperative": OuterRef("pk")}
    titled = Exists(DemonstrationTitle.objects.held().filter(**here))
    cultivated = Exists(CultivationPlan.objects.active().filter(**here))
    sponsored = Exists(Sponsorship.objects.current().filter(**here))
    return societies.living().filter(titled | cultivated).filter(~sponsored)
