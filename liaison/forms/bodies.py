"""What is typed about a body and its members."""

from typing import Any

from accounts.forms.edited import EditedForm, date_field
from accounts.models import OrganisationUnit
from liaison.models import BodySeat, CoordinationBody


class BodyForm(EditedForm):
    """Name, office and rules of a body."""

    class Meta:
        model = CoordinationBody
        fields = (
            "name",
            "founding",
            "meets_quarterly",
            "consent_days",
            "silence_agrees",
            "number_label",
            "copy_label",
            "copy_up",
            "copy_to",
            "active",
        )
        help_texts = {
            "silence_agrees": "勾选后，到期没有答复的单位算作同意，并在纪要里写明。",
            "copy_label": "方案用“抄报”，公文格式国家标准用“抄送”。",
        }


class SeatForm(EditedForm):
    """A member: unit, person, post, duty, phone and days."""

    since = date_field("起")
    until = date_field("止", required=False, help_text="在任的留空。")

    class Meta:
        model = BodySeat
        fields = ("unit", "person", "post", "duty", "office_phone", "since", "until")
        help_texts = {"office_phone": "只登记办公电话，不登记个人手机。"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        unit.queryset = OrganisationUnit.objects.filter(active=True).order_by("position")  # type: ignore[attr-defined]
        unit.empty_label = "请选择"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Nobody leaves before having come."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "离任日期不能早于任职日期。")
        return cleaned
