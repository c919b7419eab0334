"""What is typed about contacts, and the filter of their register."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q

from accounts.choices import UnitKind
from accounts.forms.edited import EditedForm, date_field
from common import clock
from common.conditions import Conditions, search_field
from liaison.models import UnitContact
from liaison.models.contact import ContactQuerySet

_MOBILE = RegexValidator(r"^1\d{10}$", "手机号是11位数字。")
_OFFICE = RegexValidator(r"^[\d\-－ 转()（）]+$", "办公电话只填号码，例如0818-2123456。")


class ContactForm(EditedForm):
    """A contact; of one who stands already, unit, place and day are not changed."""

    since = date_field("起始日期")
    office_phone = forms.CharField(
        label="办公电话", max_length=30, required=False, validators=[_OFFICE]
    )
    mobile = forms.CharField(
        label="手机号",
        max_length=11,
        required=False,
        validators=[_MOBILE],
        help_text="名册上只显示头尾几位；看完整号码要写明理由。",
    )

    class Meta:
        model = UnitContact
        fields = ("place", "person", "post", "office_phone", "since")

    field_order = ("place", "person", "post", "office_phone", "mobile", "since")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial.setdefault("since", clock.today())
            return
        for name in ("place", "since"):
            self.fields[name].disabled = True
        if self.instance.mobile:
            self.fields["mobile"].help_text = f"现为{self.instance.masked_mobile}，不改的留空。"

    def facts(self) -> dict[str, Any]:
        """Return what was filled in; a mobile number that stands is kept when none is typed."""
        facts = super().facts()
        if self.instance.pk is not None:
            facts = {name: facts[name] for name in ("person", "post", "office_phone")}
        if self.cleaned_data["mobile"] or self.instance.pk is None:
            facts["mobile"] = self.cleaned_data["mobile"]
        return facts


class ContactFilter(Conditions):
    """Narrows the register."""

    q = search_field("姓名、单位")
    kind = forms.ChoiceField(
        label="单位类别", required=False, choices=[("", "全部"), *UnitKind.choices]
    )
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "现任"), ("former", "曾任"), ("all", "全部")],
    )

    def narrow(self, rows: ContactQuerySet) -> ContactQuerySet:
        """Apply every condition; without a state only those of today are shown."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["q"]:
            unit = Q(unit__name__icontains=asked["q"]) | Q(unit__short_name__icontains=asked["q"])
            rows = rows.filter(unit | Q(person__icontains=asked["q"]))
        if asked["kind"]:
            rows = rows.filter(unit__kind=asked["kind"])
        match asked["state"]:
            case "former":
                return rows.former()
            case "all":
                return rows
            case _:
                return rows.current()
