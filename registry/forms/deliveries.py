"""Forms around a delivery: handing a file in, finding deliveries, decisions with their reasons."""

import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings

from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.quarter import Quarter
from registry.choices import FeedScope, FeedSource, HoldChoice, JobState, RowDecision
from registry.models import FeedDelivery

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import QuerySet

QUARTERS_OFFERED = 12
SCOPE_LINES = {
    FeedScope.FULL: "列出全部合作社。没有列出的会作为“名单未见”供核对，不会因此被注销。",
    FeedScope.CHANGES: "只列出新设、变更、注销等有变动的。没有列出的不作任何推断。",
}
NO_FILE = "请选择要报送的文件。"
TWO_FILES = "一次只能报送一个文件，刚才选了 {count} 个。请只选一个后再提交。"
TWO_ANSWERS = "同一项收到了两个答案，请只选一个后重新提交。"
NO_CHOICE = "请选择一种处理方式。"
NO_VERSION = "页面内容已过期，请刷新后再操作。"
EMPTY_FILE = "所选文件是空的（0 字节）。请确认文件已保存完整，再重新选择。"


def offered_quarters() -> list[tuple[str, str]]:
    """Return the quarters that a file may speak for, newest first, up to the running one."""
    quarter = Quarter.of(clock.today())
    offered = []
    for _ in range(QUARTERS_OFFERED):
        running = "（本季度，尚未结束）" if quarter.last_day >= clock.today() else ""
        offered.append((str(quarter), quarter.label + running))
        quarter = quarter.previous()
    return offered


def last_ended_quarter() -> str:
    """Return the quarter that most files speak for."""
    return str(Quarter.of(clock.today()).previous())


class SingleAnswers(forms.Form):
    """A form that takes no field twice: of two answers nobody knows which was meant."""

    def clean(self) -> dict[str, Any]:
        """Refuse a second value where one is asked for; no browser sends it."""
        if hasattr(self.data, "getlist"):
            for name, field in self.fields.items():
                several = isinstance(field, forms.MultipleChoiceField)
                if not several and len(self.data.getlist(self.add_prefix(name))) > 1:
                    self.add_error(name, forms.ValidationError(TWO_ANSWERS, code="two_answers"))
        return self.cleaned_data


class ReasonField(forms.CharField):
    """Why somebody does something, in their own words."""

    default_error_messages = {
        "max_length": "理由最多 %(limit_value)d 字，现在有 %(show_value)d 字。请写得简短些再提交。",
        "control": "理由里含有看不见的控制字符，请删去后再提交。",
    }

    def to_python(self, value: Any) -> str:
        """Count a line break once, as the page does; take no control characters."""
        text = str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        if any(unicodedata.category(each) == "Cc" and each not in "\n\t" for each in text):
            raise forms.ValidationError(self.error_messages["control"], code="control")
        return text


class DeliveryForm(SingleAnswers):
    """What a file is: source, quarter, scope; the file itself may already be kept."""

    source = forms.ChoiceField(
        label="数据来源",
        choices=FeedSource.choices,
        help_text="这份表是哪一类数据。",
    )
    quarter = forms.ChoiceField(label="所属季度", help_text="这份数据反映到哪个季度末。")
    sender = forms.ModelChoiceField(
        OrganisationUnit.objects.none(),
        label="报送单位",
        help_text="数据由哪个部门提供；该部门的联络员可以查看检查结果。",
        error_messages={"required": "请选择报送单位。"},
    )
    scope = forms.ChoiceField(
        label="名单范围",
        choices=[(scope.value, f"{scope.label}：{line}") for scope, line in SCOPE_LINES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择这份文件是全部名单还是仅变动部分。"},
    )
    file = forms.FileField(label="数据文件", required=False, error_messages={"empty": EMPTY_FILE})

    def __init__(self, *args: Any, by: User, has_file: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_file = has_file
        self.fields["quarter"].choices = offered_quarters()  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs.update(
            {
                "accept": ".xlsx,.xls,.csv",
                "data-max-bytes": settings.INTAKE_LIMITS["upload_bytes"],
                "data-chosen": "chosen-file",
            }
        )
        if reach_of(by, Action.SUBMIT_DELIVERY) == Reach.DISTRICT:
            self.fields["sender"].queryset = (  # type: ignore[attr-defined]
                OrganisationUnit.objects.departments()
            )
        else:
            del self.fields["sender"]

    def clean_file(self) -> "UploadedFile[Any] | None":
        """Exactly one file with something in it, unless one is kept from before."""
        sent = self.files.getlist("file") if hasattr(self.files, "getlist") else []
        if len(sent) > 1:
            raise forms.ValidationError(TWO_FILES.format(count=len(sent)), code="two_files")
        if not sent and not self.has_file:
            raise forms.ValidationError(NO_FILE, code="no_file")
        return sent[0] if sent else None


class DeliveryFilter(forms.Form):
    """The choices of the list of deliveries; they are its address."""

    quarter = forms.ChoiceField(label="所属季度", required=False)
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部状态"), *JobState.choices]
    )

    def __init__(self, data: Any, quarters: list[str]) -> None:
        super().__init__(data)
        self.fields["quarter"].choices = [  # type: ignore[attr-defined]
            ("", "全部季度"),
            *((quarter, Quarter.parse(quarter).label) for quarter in quarters),
        ]

    def chosen(self) -> dict[str, str]:
        """Return what was chosen; a value that is not offered counts as nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, rows: "QuerySet[FeedDelivery]") -> "QuerySet[FeedDelivery]":
        """Apply what was chosen."""
        fields = {"state": "job__state", "quarter": "quarter"}
        return rows.filter(**{fields[name]: value for name, value in self.chosen().items()})


class ReasonForm(SingleAnswers):
    """A step that was asked for: the version that the person saw, and why."""

    version = forms.IntegerField(required=False, error_messages={"invalid": NO_VERSION})
    reason = ReasonField(
        label="理由", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class HoldForm(ReasonForm):
    """The decision about a held file."""

    choice = forms.ChoiceField(
        label="处理方式",
        choices=HoldChoice.choices,
        error_messages={"required": NO_CHOICE, "invalid_choice": NO_CHOICE},
    )


class RowDecisionForm(SingleAnswers):
    """Accept or decline doubtful rows, one or several, for one reason."""

    decision = forms.ChoiceField(
        label="决定",
        choices=[(word.value, word.label) for word in (RowDecision.ACCEPTED, RowDecision.DECLINED)],
        error_messages={"required": "请选择“接收”或“不接收”。"},
    )
    reason = ReasonField(
        label="理由",
        min_length=2,
        max_length=500,
        error_messages={"required": "请写明接收或不接收的理由。"},
    )
    rows = forms.TypedMultipleChoiceField(
        label="行", coerce=int, error_messages={"required": "请先勾选要决定的行。"}
    )

    def __init__(self, data: Any, delivery: FeedDelivery) -> None:
        super().__init__(data)
        open_rows = delivery.rows.filter(outcome="doubtful").values_list("ordinal", flat=True)
        self.fields["rows"].choices = [  # type: ignore[attr-defined]
            (ordinal, ordinal) for ordinal in open_rows
        ]
