"""What is typed into the innovation record, and the conditions of its list."""

from typing import Any

from django import forms
from stdnum.cn import uscc as code_rules

from accounts.forms.clashes import Clash, clashes, upon_version
from accounts.forms.edited import EditedForm, date_field
from accounts.policy import Action
from common import clock
from common.conditions import Conditions, search_field
from demonstration.choices import Verification
from demonstration.forms.plans import EMPTY, offer_townships
from demonstration.innovation_choices import ASKED_OF, INNOVATIONS_OF, NEEDED, InnovationKind
from demonstration.models import InnovationEntry, ShareDividend
from demonstration.models.innovation import InnovationQuerySet
from registry.models import Cooperative

COOPERATIVE_CODE = "93"
HELP = {
    "partner_code": "18位，登记证书上的统一社会信用代码；不清楚的可以不填。",
    "outsiders": "没有的填0。信用合作只能在成员内部开展。",
    "fixed_return": "没有承诺的填0。信用合作不得支付固定回报。",
    "document": "写明材料名称、文号或日期，例如：2020年第3次成员大会决议。",
}


class InnovationForm(EditedForm):
    """One line of one kind: only what is asked of that kind, in its words."""

    class Meta:
        model = InnovationEntry
        fields = (
            *("what", "year", "name", "partner_code", "households", "people", "amount"),
            *("outsiders", "fixed_return", "document", "note", "verification"),
        )

    def __init__(
        self, *args: Any, kind: InnovationKind, surest: tuple[Verification, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.surest = kind, surest
        self.initial.setdefault("year", clock.today().year)
        entries = INNOVATIONS_OF[kind]
        self.fields["what"].choices = [(each.value, each.label) for each in entries]  # type: ignore[attr-defined]
        self.fields["verification"].choices = [(each.value, each.label) for each in surest]  # type: ignore[attr-defined]
        if self.initial.get("verification") not in surest:
            self.initial["verification"] = surest[0]
        asked = ASKED_OF[kind]
        for name in ("name", "partner_code", "households", "people", "amount", "outsiders"):
            if name not in asked:
                del self.fields[name]
        if "fixed_return" not in asked:
            del self.fields["fixed_return"]
        for name, label in asked.items():
            self.fields[name].label = label
            self.fields[name].required = name in NEEDED[kind]
        for name, words in HELP.items():
            if name in self.fields:
                self.fields[name].help_text = words

    def clean_partner_code(self) -> str:
        """A code whose check character is wrong belongs to nobody; 93 is a farmers' cooperative."""
        code: str = code_rules.compact(self.cleaned_data["partner_code"]).upper()
        if code and not code_rules.is_valid(code):
            raise forms.ValidationError(
                f"“{code}”不是有效的统一社会信用代码（18位，末位校验不符或有错字），请对照证书核对。"
            )
        if code.startswith(COOPERATIVE_CODE):
            raise forms.ValidationError(
                "93 开头的是农民专业合作社的代码。请填村集体股份经济合作社的代码。"
            )
        return code

    def facts(self) -> dict[str, Any]:
        """Return what was asked and answered."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}

    def upon(self, fresh: Any) -> tuple[EditedForm, list[Clash]]:
        """Return what was typed on top of the fresh row, and where the two differ."""
        form = InnovationForm(
            upon_version(self.data, fresh.version),
            instance=fresh,
            kind=self.kind,
            surest=self.surest,
        )
        stands = {name: getattr(fresh, name) for name in form.fields if name != "version"}
        return form, clashes(form, stands)


class DividendForm(EditedForm):
    """The dividend of one year."""

    paid_on = date_field("发放日期", required=False)

    class Meta:
        model = ShareDividend
        fields = ("year", "amount", "households", "paid_on", "document")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("year", clock.today().year)
        self.fields["document"].help_text = "例如：2020年度分红表及银行回单。"


class InnovationFilter(Conditions):
    """Narrows the innovation record."""

    q = search_field("合作社名称或代码")
    kind = forms.ChoiceField(
        label="类别", required=False, choices=[*EMPTY, *InnovationKind.choices]
    )
    what = forms.ChoiceField(
        label="项目",
        required=False,
        choices=[
            *EMPTY,
            *(
                (kind.label, [(each.value, each.label) for each in entries])
                for kind, entries in INNOVATIONS_OF.items()
            ),
        ],
    )
    year = forms.IntegerField(label="年度", required=False, min_value=1, max_value=9999)
    verification = forms.ChoiceField(
        label="核实程度", required=False, choices=[*EMPTY, *Verification.choices]
    )
    township = forms.ChoiceField(label="乡镇街道", required=False)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        offer_townships(self, user, Action.VIEW_INNOVATION)

    def narrow(self, rows: InnovationQuerySet) -> InnovationQuerySet:
        """Apply every condition; what was taken back is never listed."""
        if not self.is_valid():
            return rows.none()
        asked, rows = self.cleaned_data, rows.standing()
        if asked["q"]:
            found = Cooperative.objects.matching(asked["q"])
            rows = rows.filter(cooperative__in=found.values("pk"))
        for name in ("kind", "what", "year", "verification"):
            if asked[name]:
                rows = rows.filter(**{name: asked[name]})
        if asked.get("township"):
            rows = rows.filter(cooperative__township__code=asked["township"])
        return rows
