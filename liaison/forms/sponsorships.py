"""What is typed about sponsorships, and the filter of their list."""

from typing import Any

from django import forms

from accounts.forms.attachments import AttachmentsField
from accounts.forms.edited import EditedForm, date_field, long_text
from accounts.models import OrganisationUnit
from common import clock
from common.conditions import Conditions, search_field
from liaison.models import Sponsorship
from liaison.models.sponsorship import SponsorshipQuerySet
from liaison.sponsor_choices import ContactForm


class SponsorshipForm(EditedForm):
    """Who sponsors, since when, with which task."""

    since = date_field("起始日期")
    task = long_text(
        "挂包任务", rows=3, max_length=500, help_text="例如：指导完善成员账户，协调冷链项目。"
    )

    class Meta:
        model = Sponsorship
        fields = ("department", "person", "post", "task", "since")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["since"] = clock.today()
            self.fields["department"].queryset = OrganisationUnit.objects.departments()  # type: ignore[attr-defined]
            self.fields["department"].empty_label = "请选择"  # type: ignore[attr-defined]
        else:
            self.fields["department"].disabled = True
            self.fields["department"].help_text = "换部门请结束这项挂包，另行安排。"


class FollowUpForm(forms.Form):
    """What the sponsor did on one day."""

    happened_on = date_field("日期", initial=clock.today)
    form = forms.ChoiceField(label="方式", choices=ContactForm.choices)
    text = long_text("情况", rows=3, max_length=1000)
    solved = forms.CharField(label="解决的问题", max_length=300, required=False)
    evidence = AttachmentsField(label="照片和材料", required=False)


class SponsorshipFilter(Conditions):
    """Narrows the list of sponsorships."""

    q = search_field("合作社、责任人")
    department = forms.ChoiceField(label="挂包部门", required=False)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "挂包中"),
            ("quiet", "一季度未跟踪"),
            ("ended", "已结束"),
            ("all", "全部"),
        ],
    )

    def __init__(self, data: Any, *, rows: SponsorshipQuerySet) -> None:
        super().__init__(data)
        units = OrganisationUnit.objects.filter(pk__in=rows.values("department"))
        self.fields["department"].choices = [  # type: ignore[attr-defined]
            ("", "全部"),
            *units.order_by("position").values_list("code", "short_name"),
        ]

    def narrow(self, rows: SponsorshipQuerySet) -> SponsorshipQuerySet:
        """Apply every condition; without a state only current ones are shown."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["q"]:
            by_name = rows.filter(cooperative__name__icontains=asked["q"])
            rows = by_name | rows.filter(person__icontains=asked["q"])
        if asked["department"]:
            rows = rows.filter(department__code=asked["department"])
        match asked["state"]:
            case "quiet":
                return rows.quiet()
            case "ended":
                return rows.ended()
            case "all":
                return rows
            case _:
                return rows.current()
