"""What is typed about contacts with province and city, and the filter of their log."""

from typing import Any

from django import forms
from django.db.models import Q

from accounts.forms.attachments import AttachmentsField
from accounts.forms.edited import EditedForm, date_field, long_text
from common import clock
from common.conditions import Conditions, search_field
from liaison.models import UpwardLine
from liaison.models.upward import UpwardQuerySet
from liaison.upward_choices import UpwardLevel, UpwardWay

EMPTY = [("", "全部")]


class UpwardForm(EditedForm):
    """One contact with its papers."""

    happened_on = date_field("日期")
    content = long_text("内容", rows=4, max_length=1000)
    outcome = long_text(
        "上级意见或结果", rows=3, max_length=1000, required=False, help_text="有了答复再来补填。"
    )
    evidence = AttachmentsField(label="材料", required=False)

    class Meta:
        model = UpwardLine
        fields = (
            *("happened_on", "level", "agency", "way", "subject"),
            *("document_number", "content", "outcome"),
        )
        help_texts = {
            "agency": "例如：省农业农村厅、市农业农村局。",
            "document_number": "报送或收到文件的填文号。",
        }

    field_order = (*Meta.fields, "evidence")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial.setdefault("happened_on", clock.today())


class UpwardFilter(Conditions):
    """Narrows the log."""

    q = search_field("事项、部门、文号")
    level = forms.ChoiceField(label="级别", required=False, choices=[*EMPTY, *UpwardLevel.choices])
    way = forms.ChoiceField(label="方式", required=False, choices=[*EMPTY, *UpwardWay.choices])

    def narrow(self, rows: UpwardQuerySet) -> UpwardQuerySet:
        """Apply every condition; what was taken back is not listed."""
        if not self.is_valid():
            return rows.none()
        asked, rows = self.cleaned_data, rows.standing()
        if asked["q"]:
            named = Q(subject__icontains=asked["q"]) | Q(agency__icontains=asked["q"])
            rows = rows.filter(named | Q(document_number__icontains=asked["q"]))
        for name in ("level", "way"):
            if asked[name]:
                rows = rows.filter(**{name: asked[name]})
        return rows
