"""The register of honours: its conditions, and what is typed about a title."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.forms.edited import date_field, long_text
from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.conditions import Conditions, search_field
from demonstration.choices import HELD_STATES, Honour, Level, TitleEventKind, TitleState
from demonstration.models.title import TitleQuerySet
from registry.models import Cooperative

ENDED, ALL = "ended", "all"
EMPTY = [("", "全部")]


class TitleFilter(Conditions):
    """Narrows the register of honours; every condition stands in the address."""

    q = search_field("合作社名称或代码")
    level = forms.ChoiceField(label="级别", required=False, choices=[*EMPTY, *Level.choices])
    honour = forms.ChoiceField(label="称号", required=False, choices=[*EMPTY, *Honour.choices])
    township = forms.ChoiceField(label="乡镇街道", required=False)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "现持有"),
            *((state.value, state.label) for state in TitleState if state in HELD_STATES),
            (ENDED, "已终止"),
            (ALL, "全部"),
        ],
    )
    since = date_field("认定不早于", required=False)
    until = date_field("认定不晚于", required=False)
    as_of = date_field("截至哪一天", required=False)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        if reach_of(user, Action.VIEW_TITLE) == Reach.DISTRICT:
            units = OrganisationUnit.objects.reporting().values_list("code", "short_name")
            self.fields["township"].choices = [*EMPTY, *units]  # type: ignore[attr-defined]
        else:
            del self.fields["township"]

    def narrow(self, titles: TitleQuerySet, *, but: str = "") -> TitleQuerySet:
        """Apply every condition, or all but one. A condition that cannot be read finds nothing."""
        if not self.is_valid():
            return titles.none()
        asked = {name: value for name, value in self.cleaned_data.items() if value and name != but}
        titles = titles.filter(_conditions(asked))
        if as_of := asked.get("as_of"):
            return titles.held_on(as_of)
        match asked.get("state", ""):
            case "":
                return titles.held()
            case "all":
                return titles
            case "ended":
                return titles.exclude(state__in=HELD_STATES)
            case state:
                return titles.filter(state=state)


def _conditions(asked: dict[str, Any]) -> Q:
    found = Q()
    if term := asked.get("q"):
        found &= Q(cooperative__in=Cooperative.objects.matching(term).values("pk"))
    for name, column in (
        ("level", "level"),
        ("honour", "honour"),
        ("township", "cooperative__township__code"),
        ("since", "recognised_on__gte"),
        ("until", "recognised_on__lte"),
    ):
        if value := asked.get(name):
            found &= Q((column, value))
    return found


class TitleForm(forms.Form):
    """A title that was bestowed outside a round: by a higher level, or before the portal."""

    code = forms.CharField(
        label="合作社的统一社会信用代码", max_length=18, help_text="可在合作社名录里复制。"
    )
    level = forms.ChoiceField(label="级别", choices=Level.choices)
    honour = forms.ChoiceField(label="称号", choices=Honour.choices)
    batch = forms.CharField(label="批次", max_length=40, help_text="例如“第十批”或“2018年度”。")
    document_number = forms.CharField(label="认定文号", max_length=60)
    recognised_on = date_field("认定日期")
    valid_until = date_field("有效期至", required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self) -> Cooperative:
        """The society that carries the code, within reach."""
        code = self.cleaned_data["code"].strip().upper()
        reach = Cooperative.objects.permitted(self.user, Action.EDIT_TITLE)
        society = reach.filter(Q(uscc=code) | Q(registration_no=code)).first()
        if society is None:
            raise ValidationError("名录里没有这个代码的合作社。请核对代码，或先在名录里查找。")
        return society

    def clean(self) -> dict[str, Any]:
        """A title does not end before it begins, nor begin tomorrow."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("recognised_on"), cleaned.get("valid_until")
        if first and first > clock.today():
            self.add_error("recognised_on", ValidationError("认定日期不能晚于今天。"))
        if first and last and last < first:
            self.add_error("valid_until", ValidationError("有效期不能早于认定日期。"))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return what a title is made of, beside its society."""
        return {name: value for name, value in self.cleaned_data.items() if name != "code"}


class ReinstatingForm(forms.Form):
    """Day, document and reason of a reinstatement."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = date_field("日期")
    document = forms.CharField(label="文号", max_length=60)
    reason = long_text("理由", rows=3, max_length=200)


class EndingForm(ReinstatingForm):
    """How a title ends, with day, document and reason."""

    kind = forms.ChoiceField(
        label="怎样终止",
        choices=[
            (TitleEventKind.REMOVED.value, "取消称号"),
            (TitleEventKind.WITHDRAWN.value, "合作社自愿退出"),
        ],
    )
    field_order = ("kind", "on", "document", "reason", "version")
