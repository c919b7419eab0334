"""Relations between farming subjects, and help for conversions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from stdnum.cn import uscc as code_rules

from accounts.models import OrganisationUnit
from common import clock
from registry.cleanup.choices import HelpKind, RelationKind, SubjectKind
from registry.forms.surveys import day_field
from registry.models import Cooperative

COOPERATIVE_CODE = "93"
_NEEDS_FARM = (RelationKind.HOUSEHOLD_TO_FARM, RelationKind.FARM_JOINS)


class FarmForm(forms.Form):
    """The farm at one side of a relation, with its own code."""

    uscc = forms.CharField(
        label="新主体统一社会信用代码",
        max_length=18,
        help_text="18位，营业执照上的代码，不是原合作社的代码。",
    )
    name = forms.CharField(label="新主体名称", max_length=120)
    kind = forms.ChoiceField(label="类别", choices=SubjectKind.choices)
    registered_on = day_field("登记日期", required=False)
    directory_no = forms.CharField(
        label="家庭农场名录编号", required=False, max_length=40, help_text="已录入名录系统的填。"
    )
    since = day_field("起始日期")

    def clean_uscc(self) -> str:
        """A code whose check character is wrong belongs to nobody."""
        return _code(self.cleaned_data["uscc"])

    def clean_since(self) -> Any:
        """What has not begun is no relation yet."""
        if self.cleaned_data["since"] > clock.today():
            raise ValidationError("起始日期不能晚于今天。", code="future")
        return self.cleaned_data["since"]

    def farm(self) -> dict[str, Any]:
        """Return the facts of the farm, but its township."""
        names = ("uscc", "name", "kind", "registered_on", "directory_no")
        return {name: self.cleaned_data[name] for name in names}


def _code(text: str) -> str:
    code: str = code_rules.compact(text).upper()
    if not code_rules.is_valid(code):
        raise ValidationError(
            f"“{text}”不是有效的统一社会信用代码（18位，末位校验不符或有错字），请对照营业执照核对。",
            code="code",
        )
    if code.startswith(COOPERATIVE_CODE):
        raise ValidationError("93 开头的是合作社的代码。请填新主体自己的代码。", code="code")
    return code


class HelpForm(forms.Form):
    """One of the four kinds of help, with its day."""

    kind = forms.ChoiceField(label="帮助", choices=HelpKind.choices)
    given_on = day_field("日期")
    note = forms.CharField(label="内容", required=False, max_length=200)

    def clean_given_on(self) -> Any:
        """Help that is only promised is not given."""
        if self.cleaned_data["given_on"] > clock.today():
            raise ValidationError("帮助日期不能晚于今天。", code="future")
        return self.cleaned_data["given_on"]


class RelationForm(FarmForm):
    """A relation that is no conversion: household to farm, farm joins, societies unite or merge."""

    relation = forms.ChoiceField(
        label="关系",
        choices=[each for each in RelationKind.choices if each[0] != RelationKind.CONVERSION],
        widget=forms.RadioSelect,
    )
    society = forms.CharField(
        label="合作社代码",
        required=False,
        max_length=18,
        help_text="场入社：所入的合作社；社联合：联合社；社合并：并入后注销的合作社。",
    )
    other = forms.CharField(
        label="另一家合作社代码",
        required=False,
        max_length=18,
        help_text="社联合：成员社；社合并：合并后存续的合作社。",
    )
    household = forms.CharField(
        label="农户（户主姓名）", required=False, max_length=40, help_text="户转场填写。"
    )
    township = forms.ModelChoiceField(
        OrganisationUnit.objects.reporting(), label="农场所在乡镇街道", required=False
    )
    note = forms.CharField(label="说明", required=False, max_length=200)
    field_order = (
        "relation", "society", "other", "household", "name", "uscc", "kind", "township",
        "registered_on", "directory_no", "since", "note",
    )  # fmt: skip

    def __init__(self, data: Any, *, societies: Any) -> None:
        super().__init__(data)
        self.societies = societies
        for name in ("uscc", "name", "kind"):
            self.fields[name].required = False

    def clean_uscc(self) -> str:
        return _code(self.cleaned_data["uscc"]) if self.cleaned_data["uscc"] else ""

    def clean(self) -> dict[str, Any]:
        """Each kind needs its two sides."""
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("relation")
        if kind in _NEEDS_FARM:
            for name in ("uscc", "name", "kind", "township"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, "登记这种关系，这一项须填写。")
        if kind == RelationKind.HOUSEHOLD_TO_FARM:
            self._need("household")
        else:
            cleaned["cooperative"] = self._society("society")
        if kind in {RelationKind.UNITED, RelationKind.MERGED}:
            cleaned["other_cooperative"] = self._society("other")
        return cleaned

    def _need(self, name: str) -> str:
        value: str = self.cleaned_data.get(name, "").strip()
        if not value and name not in self.errors:
            self.add_error(name, "登记这种关系，这一项须填写。")
        return value

    def _society(self, name: str) -> Cooperative | None:
        code = self._need(name).upper()
        if not code:
            return None
        found: Cooperative | None = (
            self.societies.filter(uscc=code).first()
            or self.societies.filter(registration_no=code).first()
        )
        if found is None:
            self.add_error(name, f"您的工作范围内没有代码为 {code} 的合作社，请核对。")
        return found

    def sides(self) -> dict[str, Any]:
        """Return the sides of the relation as `record_relation` takes them."""
        cleaned, kind = self.cleaned_data, self.cleaned_data["relation"]
        sides = {
            name: cleaned[name]
            for name in ("cooperative", "other_cooperative")
            if cleaned.get(name)
        }
        if kind in _NEEDS_FARM:
            sides["farm"] = {**self.farm(), "township": cleaned["township"]}
        if kind == RelationKind.HOUSEHOLD_TO_FARM:
            sides["household"] = cleaned["household"].strip()
        return {**sides, "note": cleaned["note"]}
