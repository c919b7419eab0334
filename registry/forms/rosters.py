"""Forms around a roster: one member, a file, the accounts of a year."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from stdnum.cn import ric
from stdnum.cn import uscc as credit_codes

from accounts.forms.clashes import Clash, clashes, upon_version
from common import clock
from common.template_tags import masked_phone
from registry.choices import UNIT_KINDS, MemberKind
from registry.models import Member
from registry.operations.rosters import FACTS

_YEARS_OFFERED = 4


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class MemberForm(forms.ModelForm):  # type: ignore[type-arg]
    """One member as a person sets it; the identity number is written anew or left as it is."""

    identity_number = forms.CharField(
        label="证件号码",
        required=False,
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    joined_on = _day("入社日期")
    left_on = _day("退社日期", "退社后仍留在名册历史里，可按日期查看。")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Member
        fields = tuple(name for name in FACTS if name != "identity_number")

    def __init__(self, data: Any = None, *, member: Member | None = None) -> None:
        super().__init__(data, instance=member or Member())
        self.member = member
        self.initial["version"] = member.version if member else 0
        self.initial.pop("identity_number", None)
        number = member.identity_number if member else ""
        self.fields["identity_number"].help_text = (
            f"现为 {masked_phone(number)}，不更改请留空。"
            if number
            else "自然人填身份证号，单位填统一社会信用代码。"
        )
        self.fields["kind"].choices = [("", "请选择"), *MemberKind.choices]  # type: ignore[attr-defined]
        self.fields["additional_votes"].required = False
        self.fields["village"].help_text = "写到村或社区，如新桥村；成员是否多为同村，以此判断。"
        self.fields["contribution"].label = "出资额（元）"
        for name in ("contribution", "additional_votes"):
            self.fields[name].widget.attrs.update(inputmode="decimal", min=0)

    def clean_identity_number(self) -> str:
        """Take blanks and hyphens out; check it when the kind is known."""
        number = re.sub(r"[\s-]", "", self.cleaned_data["identity_number"]).upper()
        if not number:
            return self.member.identity_number if self.member else ""
        kind = self.data.get("kind")
        is_unit = kind in UNIT_KINDS or kind == MemberKind.SOCIETY
        if not (credit_codes if is_unit else ric).is_valid(number):
            what = "统一社会信用代码" if is_unit else "居民身份证号"
            raise forms.ValidationError(f"不是有效的18位{what}，请对照原件再填。", code="invalid")
        return number

    def clean(self) -> dict[str, Any]:
        """Check what must be true of amounts and days together."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (cleaned.get("contribution") or 0) < 0:
            self.add_error("contribution", "出资额不能为负数。")
        joined, left = cleaned.get("joined_on"), cleaned.get("left_on")
        if joined and joined > clock.today():
            self.add_error("joined_on", "入社日期不能晚于今天。")
        if joined and left and left < joined:
            self.add_error("left_on", "退社日期不能早于入社日期。")
        return cleaned

    def _post_clean(self) -> None:
        """Leave the member as it is: the operation compares it with what was typed."""

    def facts(self) -> dict[str, Any]:
        """Return the facts as typed."""
        found = {name: self.cleaned_data[name] for name in FACTS}
        found["additional_votes"] = found["additional_votes"] or 0
        return found

    def upon(self, fresh: Member) -> tuple["MemberForm", list[Clash]]:
        """Return what was typed, now on top of the fresh row, and where the two differ."""
        form = MemberForm(upon_version(self.data, fresh.version), member=fresh)
        names = [name for name in FACTS if name != "identity_number"]
        return form, clashes(form, {name: getattr(fresh, name) for name in names})


class RosterFileForm(forms.Form):
    """A roster as a file."""

    file = forms.FileField(
        label="成员名册文件",
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xlsx,.xls,.csv"}),
        error_messages={"required": "请选择成员名册文件。"},
    )


class ApplyRosterForm(forms.Form):
    """How an uploaded roster is written."""

    whole = forms.ChoiceField(
        label="这份文件列的是",
        choices=[("yes", "全部在社成员（没有列出的记为今天退社）"), ("no", "只是新增和变动的成员")],
        widget=forms.RadioSelect,
        initial="no",
        error_messages={"required": "请选择这份文件列的是全部成员还是只有变动。"},
    )
    year = forms.TypedChoiceField(
        label="成员账户年度", coerce=int, required=False, empty_value=None, choices=[]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(str(year), f"{year}年") for year in account_years()]
        self.fields["year"].choices = [("", "不写入账户"), *years]  # type: ignore[attr-defined]


def account_years() -> list[int]:
    """Return the years for which accounts can be kept, newest first."""
    this = clock.today().year
    return list(range(this, this - _YEARS_OFFERED, -1))


class AccountForm(forms.Form):
    """The account of one member for one year; zero is an answer, blank is not."""

    reserve_share = forms.DecimalField(min_value=Decimal(0), max_digits=16, decimal_places=2)
    transactions = forms.DecimalField(min_value=Decimal(0), max_digits=16, decimal_places=2)
    returned = forms.DecimalField(min_value=Decimal(0), max_digits=16, decimal_places=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            field.widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
            field.error_messages.update(
                invalid="请只填数字，单位元。",
                min_value="不能为负数。",
                max_digits="数字太大，请核对单位。",
                max_decimal_places="最多两位小数。",
                max_whole_digits="数字太大，请核对单位。",
            )
