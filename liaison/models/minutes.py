"""Minutes: paragraphs with editions, and what each unit answered to each edition."""

import datetime as dt
import json
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import IssuedPaper, OrganisationUnit, User
from accounts.policy import Reach, reach_of
from common import clock
from liaison.meeting_choices import ConsentAnswer, MinutesState
from liaison.models.meeting import Meeting

SEEN_BY_UNITS = tuple(state for state in MinutesState if state != MinutesState.DRAFT)
WRITABLE = (MinutesState.DRAFT, MinutesState.CIRCULATED)


class MinutesQuerySet(models.QuerySet["Minutes"]):
    """Reads of minutes."""

    def permitted(self, user: Any, action: str) -> Self:
        """All minutes; units see those of their meetings from the day these went round."""
        reach = self.filter(meeting__in=Meeting.objects.permitted(user, action).values("pk"))
        if reach_of(user, action) == Reach.DISTRICT:
            return reach
        return reach.filter(state__in=SEEN_BY_UNITS)

    def contested(self) -> Self:
        """Going round, with an objection or a wording that nobody dealt with."""
        return self._going_round().filter(override_reason="", pk__in=_dissenting())

    def late(self, day: dt.date | None = None) -> Self:
        """Going round past the day by which units were to answer, and some have not."""
        silent = Consent.objects.waiting().filter(due_on__lt=day or clock.today())
        waiting = silent.values("edition__topic__minutes")
        return self._going_round().filter(override_reason="", pk__in=waiting)

    def ready(self) -> Self:
        """Going round, with nothing in the way: everybody answered, or an override is on record."""
        waiting = Consent.objects.waiting().values("edition__topic__minutes")
        clear = ~Q(pk__in=waiting) & ~Q(pk__in=_dissenting())
        return self._going_round().filter(~Q(override_reason="") | clear)

    def _going_round(self) -> Self:
        return self.filter(state=MinutesState.CIRCULATED)

    def matching(self, text: str) -> Self:
        """Find by part of the number, by the number however it was typed, or by the title."""
        numbered = IssuedPaper.objects.numbered(text).values("pk")
        titled = Meeting.objects.named(text).values("pk")
        return self.filter(Q(number__contains=text) | Q(paper__in=numbered) | Q(meeting__in=titled))


def _dissenting() -> Any:
    """Return the keys of minutes with an objection or an open wording, to what stands now."""
    open_wording = Q(answer=ConsentAnswer.WORDING, handled="")
    dissent = Consent.objects.current().filter(Q(answer=ConsentAnswer.OBJECTED) | open_wording)
    return dissent.values("edition__topic__minutes")


class Minutes(models.Model):
    """会议纪要：起草、会签、定稿、签发、印发、抄报、归档；印发后文字锁定（S-108、S-109）。

    `content` is canonical JSON, written down at the issue: every word that the document prints.
    Pages and PDF read nothing else for issued minutes, so units, bodies and people may be called
    otherwise later without touching them.
    """

    meeting = models.OneToOneField(
        Meeting, models.PROTECT, related_name="minutes", verbose_name="会议"
    )
    state = models.CharField(
        "状态", max_length=12, choices=MinutesState, default=MinutesState.DRAFT
    )
    opening = models.TextField("导语", blank=True)
    circulated_on = models.DateField("送会签日期", null=True, blank=True)
    override_reason = models.CharField("未全部同意而定稿的理由", max_length=500, blank=True)
    overridden_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="作此决定的人"
    )
    signer = models.CharField("签发人", max_length=60, blank=True)
    signed_on = models.DateField("签发日期", null=True, blank=True)
    number = models.CharField("文号", max_length=80, blank=True)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, null=True, related_name="minutes", verbose_name="文书"
    )
    content = models.TextField("印发时的内容", blank=True)
    copied_up_on = models.DateField("抄送上级日期", null=True, blank=True)
    copied_up_how = models.CharField("抄送方式", max_length=120, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = "会议纪要"
        verbose_name_plural = "会议纪要"
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=("issued", "archived"))
                | (~Q(number="") & Q(issued_on__isnull=False) & Q(paper__isnull=False)),
                name="issued_minutes_have_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("issued", "archived")) | ~Q(content=""),
                name="issued_minutes_are_frozen",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="one_number_per_minutes"
            ),
        )

    def __str__(self) -> str:
        return str(self.frozen["name"]) if self.content else f"{self.meeting}纪要"

    @property
    def frozen(self) -> dict[str, Any]:
        """What was written down at the issue."""
        found: dict[str, Any] = json.loads(self.content)
        return found

    @property
    def copying(self) -> tuple[str, str]:
        """What the line of copies is called and whom these are copied up to, as printed."""
        if self.content:
            label, above = self.frozen["copying"]
            return str(label), str(above)
        body = self.meeting.body
        return str(body.get_copy_label_display()), body.copy_up

    @property
    def is_issued(self) -> bool:
        return self.state in (MinutesState.ISSUED, MinutesState.ARCHIVED)

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE


class MinutesTopic(models.Model):
    """纪要的一段：一个议题的文字和议定事项。`concerned` 为空时与全部出席单位有关。"""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="topics", verbose_name="纪要")
    position = models.PositiveSmallIntegerField("顺序")
    title = models.CharField("标题", max_length=120)
    text = models.TextField("内容", blank=True)
    concerned = models.ManyToManyField(
        OrganisationUnit, related_name="+", blank=True, verbose_name="有关单位"
    )
    edition = models.PositiveSmallIntegerField("文字版次", default=0)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "纪要段落"
        verbose_name_plural = "纪要段落"

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> str:
        """The key as text, for the name of a dialog."""
        return str(self.pk)


class TopicEdition(models.Model):
    """送会签的一版文字（含议定事项），只增不改：同意的是哪一版，永远查得到。"""

    topic = models.ForeignKey(
        MinutesTopic, models.PROTECT, related_name="editions", verbose_name="段落"
    )
    number = models.PositiveSmallIntegerField("版次")
    text = models.TextField("文字")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("形成时间", default=clock.now)

    class Meta:
        verbose_name = "段落版次"
        verbose_name_plural = "段落版次"
        constraints = (
            models.UniqueConstraint(fields=["topic", "number"], name="editions_are_numbered"),
        )

    def __str__(self) -> str:
        return f"{self.topic} 第{self.number}版"


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Reads of answers."""

    def permitted(self, user: Any, action: str) -> Self:
        """All answers, or those asked of one's own unit."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.TOWNSHIP | Reach.OWN if user.unit_id:
                return self.filter(unit=user.unit_id)
            case _:
                return self.none()

    def current(self) -> Self:
        """Answers to the wording that stands now."""
        return self.filter(edition__number=F("edition__topic__edition"))

    def of(self, minutes: Minutes) -> Self:
        """Current answers to one set of minutes."""
        return self.current().filter(edition__topic__minutes=minutes)

    def waiting(self) -> Self:
        """Not answered, in minutes that go round."""
        return self.current().filter(
            answer=ConsentAnswer.WAITING,
            edition__topic__minutes__state=MinutesState.CIRCULATED,
        )

    def silent(self, day: dt.date) -> Self:
        """Waiting past their day, in bodies where silence agrees."""
        return self.waiting().filter(
            due_on__lt=day, edition__topic__minutes__meeting__body__silence_agrees=True
        )


class Consent(models.Model):
    """会签：一个单位对一段文字的一版的答复。"""

    edition = models.ForeignKey(
        TopicEdition, models.PROTECT, related_name="consents", verbose_name="段落版次"
    )
    unit = models.ForeignKey(
        OrganisationUnit, models.PROTECT, related_name="+", verbose_name="单位"
    )
    answer = models.CharField(
        "答复", max_length=12, choices=ConsentAnswer, default=ConsentAnswer.WAITING
    )
    remark = models.CharField("意见", max_length=500, blank=True)
    asked_on = models.DateField("送签日期")
    due_on = models.DateField("答复期限")
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="答复人"
    )
    answered_at = models.DateTimeField("答复时间", null=True)
    paper = models.ForeignKey(
        "liaison.PaperAnswer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consents",
        verbose_name="书面答复",
    )
    handled = models.CharField("意见处理", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "会签答复"
        verbose_name_plural = "会签答复"
        constraints = (
            models.UniqueConstraint(
                fields=["edition", "unit"], name="a_unit_answers_a_wording_once"
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=("wording", "objected")) | ~Q(remark=""),
                name="a_dissent_says_why",
            ),
        )
        indexes = (models.Index(fields=["unit", "answer"], name="consent_of_unit"),)

    def __str__(self) -> str:
        return f"{self.unit.short_name}：{self.get_answer_display()}"

    @property
    def anchor(self) -> str:
        """The key as text, for the name of a dialog."""
        return str(self.pk)

    @property
    def is_late(self) -> bool:
        return self.answer == ConsentAnswer.WAITING and self.due_on < clock.today()
