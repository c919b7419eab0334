"""The conditions of the list of clean-up cases; all of them stand in the address."""

from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common.conditions import Conditions, search_field
from registry.cleanup.choices import EXIT_ROUTES, CaseState, Route
from registry.cleanup.coverage import NOWHERE
from registry.forms.people import offer_team, person_field
from registry.models import Cooperative
from registry.models.cleanup_case import CaseQuerySet

OVERDUE, MINE, EVERY = "overdue", "mine", "all"
OF_UNIT, REVIEW = "unit", "review"
EXITS, AGREED, FINISHED, CLEARED = "exit", "agreed", "finished", "cleared"
# From so many days on, to so many (None: and more), in words.
AGES: tuple[tuple[int, int | None, str], ...] = (
    (0, 30, "30 天以内"),
    (31, 60, "31–60 天"),
    (61, 90, "61–90 天"),
    (91, 180, "91–180 天"),
    (181, None, "超过 180 天"),
)


class CaseFilter(Conditions):
    """Narrows the cases in reach; a condition that cannot be read finds nothing."""

    q = search_field("案号、合作社名称或代码")
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "在办"), (OVERDUE, "在办且逾期"), *CaseState.choices, (EVERY, "全部")],
    )
    route = forms.ChoiceField(label="途径", required=False, choices=[("", "全部"), *Route.choices])
    township = forms.ChoiceField(label="乡镇街道", required=False)
    department = forms.ModelChoiceField(
        OrganisationUnit.objects.departments(), label="责任部门", required=False, empty_label="全部"
    )
    turn = forms.ChoiceField(
        label="等待",
        required=False,
        choices=[("", "不限"), (OF_UNIT, "轮到本部门的步骤"), (REVIEW, "任务待复查")],
    )
    stage = forms.ChoiceField(
        label="走到",
        required=False,
        choices=[
            ("", "不限"),
            (EXITS, "注销类立案"),
            (AGREED, "合作社已同意"),
            (FINISHED, "步骤已办完"),
            (CLEARED, "登记数据已注销"),
        ],
    )
    age = forms.ChoiceField(
        label="已立案",
        required=False,
        choices=[("", "不限"), *((str(least), words) for least, _, words in AGES)],
    )
    owner = forms.ChoiceField(
        label="责任人", required=False, choices=[("", "全部"), (MINE, "我负责的")]
    )
    person = person_field("由谁负责")

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        self.user = user
        offer_team(self, user)
        if reach_of(user, Action.VIEW_CLEANUP) == Reach.DISTRICT:
            units = OrganisationUnit.objects.reporting().values_list("code", "short_name")
            offered = [("", "全部"), *units, (NOWHERE, "待判定")]
            self.fields["township"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["township"]

    def narrow(self, cases: CaseQuerySet, *, but: str = "") -> CaseQuerySet:
        """Apply every condition, or all but one: what the tiles beside a list count."""
        if not self.is_valid():
            return cases.none()
        for name, value in self.cleaned_data.items():
            if name != but and (value or name == "state"):
                cases = getattr(self, f"_by_{name}")(cases, value)
        return cases

    def in_words(self) -> str:
        """Return the conditions as a sentence for the ledger."""
        said = []
        for name, value in (self.cleaned_data if self.is_valid() else {}).items():
            options = dict(getattr(self.fields[name], "choices", ()))
            if value or name == "state":
                said.append(f"{self.fields[name].label}：{options.get(value, value)}")
        return "；".join(said)

    def _by_q(self, cases: CaseQuerySet, value: str) -> CaseQuerySet:
        found = Cooperative.objects.matching(value).values("pk")
        return cases.filter(Q(cooperative__in=found) | Q(number__contains=value))

    def _by_state(self, cases: CaseQuerySet, value: str) -> CaseQuerySet:
        match value:
            case "":
                return cases.open()
            case "overdue":
                return cases.overdue()
            case "all":
                return cases
            case CaseState.CLEARED:
                return cases.cleared()
            case _:
                return cases.filter(state=value)

    def _by_route(self, cases: CaseQuerySet, value: str) -> CaseQuerySet:
        return cases.filter(route=value)

    def _by_township(self, cases: CaseQuerySet, value: str) -> CaseQuerySet:
        if value == NOWHERE:
            return cases.filter(cooperative__township__isnull=True)
        return cases.filter(cooperative__township__code=value)

    def _by_department(self, cases: CaseQuerySet, value: Any) -> CaseQuerySet:
        return cases.filter(department=value)

    def _by_turn(self, cases: CaseQuerySet, value: str) -> CaseQuerySet:
        return cases.waiting_for(self.user) if value == OF_UNIT else cases.with_review()

    def _by_stage(self, cases: CaseQuerySet, value: str) -> CaseQuerySet:
        exits = cases.filter(route__in=EXIT_ROUTES)
        match value:
            case "agreed":
                return exits.agreed()
            case "finished":
                return exits.finished()
            case "cleared":
                return exits.cleared()
            case _:
                return exits

    def _by_age(self, cases: CaseQuerySet, value: str) -> CaseQuerySet:
        least, most = next((a, b) for a, b, _ in AGES if str(a) == value)
        return cases.aged(least, most)

    def _by_person(self, cases: CaseQuerySet, value: Any) -> CaseQuerySet:
        return cases.filter(owner=value)

    def _by_owner(self, cases: CaseQuerySet, _value: str) -> CaseQuerySet:
        return cases.filter(owner=self.user)
