"""What is typed about a round, its applications and its scores."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.edited import EditedForm, date_field, long_text
from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, roles_with
from common import clock
from common.rows_field import RowsField
from demonstration.choices import Level, Opinion
from demonstration.models import (
    CriteriaItem,
    CriteriaSet,
    Objection,
    RatingApplication,
    RatingRound,
    Score,
)
from demonstration.models.round import NOTICE_DAYS_LEAST


class RoundForm(EditedForm):
    """What a round is set up with."""

    apply_from = date_field("申报开始")
    apply_until = date_field("申报截止")

    class Meta:
        model = RatingRound
        fields = (
            "title",
            "criteria",
            "quota",
            "recommend_ratio",
            "apply_from",
            "apply_until",
            "notice_days",
            "spread_limit",
        )
        help_texts = {
            "recommend_ratio": "推荐数不超过名额乘以比例，例如 1.3。",
            "notice_days": f"自然日，默认 7 天，不少于 {NOTICE_DAYS_LEAST} 天。",
            "spread_limit": "评审人总分相差超过这个分数的，须填写合议说明。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria"].queryset = CriteriaSet.objects.in_force(clock.today())  # type: ignore[attr-defined]
        self.fields["criteria"].empty_label = "请选择现行标准"  # type: ignore[attr-defined]

    def clean_notice_days(self) -> int:
        """The law of the district asks for five days at least."""
        days: int = self.cleaned_data["notice_days"]
        if days < NOTICE_DAYS_LEAST:
            raise ValidationError(f"公示不能少于 {NOTICE_DAYS_LEAST} 天。")
        return days

    def clean(self) -> dict[str, Any]:
        """A round closes after it opens, and has a place to give."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("apply_from"), cleaned.get("apply_until")
        if first and last and last < first:
            self.add_error("apply_until", ValidationError("申报截止不能早于申报开始。"))
        if cleaned.get("quota") == 0:
            self.add_error("quota", ValidationError("名额至少 1 家。"))
        return cleaned


class DepartmentsForm(forms.Form):
    """Whose opinion is asked."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    units = RowsField(
        OrganisationUnit.objects.departments(),
        label="征求意见的部门",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个部门。"},
    )


class ReviewerForm(forms.Form):
    """Who is asked to score."""

    user = forms.ModelChoiceField(User.objects.none(), label="评审人", empty_label="请选择")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = User.objects.people().filter(
            is_active=True, role__in=roles_with(Action.SCORE_APPLICATION, Reach.ASSIGNED)
        )
        field = self.fields["user"]
        field.queryset = able.select_related("unit").order_by("role", "unit__position", "pk")  # type: ignore[attr-defined]
        field.label_from_instance = _with_unit  # type: ignore[attr-defined]


def _with_unit(person: User) -> str:
    unit = person.unit.short_name if person.unit else ""
    return f"{person.full_name}（{unit}{person.get_role_display()}）"


class ApprovalForm(forms.Form):
    """What the joint meeting decided."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    meeting = forms.CharField(label="联席会议纪要文号", max_length=100)
    on = date_field("会议日期")
    chosen = RowsField(
        RatingApplication.objects.none(),
        label="通过的申报",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选定一家。"},
    )

    def __init__(self, *args: Any, applications: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["chosen"]
        field.queryset = applications  # type: ignore[attr-defined]
        field.label_from_instance = _placed  # type: ignore[attr-defined]


def _placed(application: RatingApplication) -> str:
    place = f"第 {application.place} 名，{application.total} 分" if application.place else "未评分"
    return f"{application.cooperative.name}（{place}）"


class RecognitionForm(forms.Form):
    """Document and day of the recognition."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    document = forms.CharField(label="认定文号", max_length=60)
    on = date_field("认定日期")


class ApplicationForm(EditedForm):
    """What a society writes."""

    class Meta:
        model = RatingApplication
        fields = ("statement", "dispute")
        widgets = {
            "statement": forms.Textarea(attrs={"rows": 8}),
            "dispute": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "statement": "写清楚生产经营、服务成员和带动农户的情况，几百字即可。",
            "dispute": "自查结果与实际不符的，在这里说明，并上传证明。",
        }


class CheckForm(EditedForm):
    """Paper check and visit on the spot."""

    visited_on = date_field("实地核查日期", required=False)

    class Meta:
        model = RatingApplication
        fields = ("paper_check", "visited_on", "visit_findings")
        widgets = {
            "paper_check": forms.Textarea(attrs={"rows": 4}),
            "visit_findings": forms.Textarea(attrs={"rows": 4}),
        }


class OpinionForm(forms.Form):
    """A department's answer."""

    opinion = forms.ChoiceField(label="意见", choices=Opinion.choices, widget=forms.RadioSelect)
    text = long_text("说明", rows=2, required=False, max_length=500)


class ObjectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """An objection under a real name."""

    received_on = date_field("收到日期")

    class Meta:
        model = Objection
        fields = ("name", "phone", "text", "received_on")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"name": "只受理实名异议。"}


class AnswerForm(forms.Form):
    """The answer to an objection."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = long_text("答复", rows=4)
    upheld = forms.TypedChoiceField(
        label="异议是否成立",
        choices=[("no", "不成立"), ("yes", "成立，取消这家的认定资格")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class ForwardingForm(forms.Form):
    """A recommendation to a higher level."""

    level = forms.ChoiceField(
        label="推荐到", choices=[(v.value, v.label) for v in Level if v != Level.DISTRICT][::-1]
    )
    sent_on = date_field("上报日期")
    document_number = forms.CharField(label="上报文号", max_length=60)


class ForwardAnswerForm(forms.Form):
    """What the higher level answered."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label="答复", choices=[("accepted", "上级认定"), ("declined", "上级未认定")]
    )
    on = date_field("答复日期")
    document = forms.CharField(label="答复文号", max_length=60, required=False)
    note = forms.CharField(label="说明", max_length=300, required=False)


class InterestForm(forms.Form):
    """Whether a reviewer has an interest in a society."""

    has_interest = forms.TypedChoiceField(
        label="与这家合作社有没有利害关系",
        choices=[("no", "没有"), ("yes", "有，请求回避")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text="同户、亲属、持股、任职、担任其辅导员，或可能影响公正评分的其他关系。",
    )
    note = forms.CharField(label="说明", max_length=200, required=False)


class SheetForm(forms.Form):
    """One field for each scored item, named by its key."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    comment = long_text("评语", rows=3, required=False)

    def __init__(
        self, *args: Any, items: list[CriteriaItem], scores: list[Score], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        given = {score.item_id: score.points for score in scores}
        self.items = items
        for item in items:
            self.fields[_field_of(item)] = forms.DecimalField(
                label=item.text,
                required=False,
                min_value=Decimal(0),
                max_value=item.points,
                max_digits=5,
                decimal_places=1,
                initial=given.get(item.pk),
                widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
            )
        self.order_fields([*(_field_of(item) for item in items), "comment"])

    def points(self) -> dict[int, Decimal]:
        """Return what was scored; blank is not zero."""
        filled = {item.pk: self.cleaned_data.get(_field_of(item)) for item in self.items}
        return {key: value for key, value in filled.items() if value is not None}

    def lines(self) -> list[tuple[CriteriaItem, forms.BoundField]]:
        """Return each item with its field."""
        return [(item, self[_field_of(item)]) for item in self.items]


def _field_of(item: CriteriaItem) -> str:
    return f"item{item.pk}"


class ScoreChangeForm(forms.Form):
    """A score corrected after the close."""

    version = forms.IntegerField()
    score = forms.IntegerField()
    after = forms.DecimalField(label="改后得分", max_digits=5, decimal_places=1, min_value=0)
    reason = forms.CharField(label="理由", max_length=300)
