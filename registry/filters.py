"""The conditions of the register's list; all of them stand in the address."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import django_filters as df
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, may, reach_of
from registry.choices import (
    CooperativeKind,
    FeedScope,
    FeedSource,
    FlagLabel,
    JobState,
    RegistrationStatus,
)
from registry.flags.catalogue import RULES, RULES_BY_CODE, codes_pointing_to
from registry.models import Cooperative, FeedDelivery, Flag, GoneNotice

Societies = QuerySet[Cooperative]
ALL = "全部"
NOWHERE, UNSTATED, LIVING = "none", "unstated", "living"
ANY_FLAG, NO_FLAG = "any", "none"
GONE = "gone"
FIRST_YEAR, LAST_YEAR = 1950, 2199


def full_lists() -> QuerySet[FeedDelivery]:
    """Return the committed full lists of the regulator, the latest first."""
    full = FeedDelivery.objects.carrying(FeedSource.REGISTRATION).filter(
        scope=FeedScope.FULL, job__state=JobState.COMMITTED
    )
    return full.order_by("-quarter", "-job__committed_at")


def latest_list() -> FeedDelivery | None:
    """Return the latest committed full list of the regulator."""
    return full_lists().first()


def missing_from_latest_list() -> QuerySet[GoneNotice]:
    """Return the notices of societies that the latest full list lacks, without a question before."""
    return GoneNotice.objects.filter(delivery__in=full_lists().values("pk")[:1])


def _township_choices() -> list[tuple[str, str]]:
    units = OrganisationUnit.objects.reporting().values_list("code", "short_name")
    return [*units, (NOWHERE, "待判定")]


def _status_choices() -> list[tuple[str, str]]:
    known = [(status.value or UNSTATED, str(status.label)) for status in RegistrationStatus]
    return [(LIVING, "尚未注销（全部）"), *known]


def _flag_choices() -> list[tuple[str, Any]]:
    labels = [(label.value, str(label.label)) for label in FlagLabel if codes_pointing_to(label)]
    rules = [(rule.code, f"{rule.code} {rule.title}") for rule in RULES]
    return [
        (ANY_FLAG, "有疑似问题"),
        (NO_FLAG, "无疑似问题"),
        ("按指向", labels),
        ("按规则", rules),
    ]


def _number(**traits: Any) -> forms.NumberInput:
    return forms.NumberInput(attrs={"inputmode": "numeric", **traits})


class YearFilter(df.Filter):  # type: ignore[misc]
    """A whole year."""

    field_class = forms.IntegerField


class KeptForm(forms.Form):
    """What the filter form carries along beside its conditions: order and columns."""

    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    col = forms.TypedMultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.data.getlist("col") if hasattr(self.data, "getlist") else []
        self.fields["col"].choices = [(key, key) for key in asked]  # type: ignore[attr-defined]


class CooperativeFilter(df.FilterSet):  # type: ignore[misc]
    """Narrows the societies in a person's reach. A wrong condition finds nobody and says so."""

    q = df.CharFilter(
        label="名称、代码、拼音首字母、法定代表人或村",
        method="by_term",
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    township = df.ChoiceFilter(
        label="乡镇街道", method="by_township", choices=_township_choices, empty_label=ALL
    )
    status = df.ChoiceFilter(
        label="登记状态", method="by_status", choices=_status_choices(), empty_label=ALL
    )
    kind = df.ChoiceFilter(label="类别", choices=CooperativeKind.choices, empty_label=ALL)
    flag = df.ChoiceFilter(
        label="疑似问题", method="by_flag", choices=_flag_choices(), empty_label=ALL
    )
    seen = df.ChoiceFilter(
        label="最近名单", method="by_seen", choices=[(GONE, "名单未见")], empty_label=ALL
    )
    founded_from = YearFilter(
        label="成立年份（起）",
        method="by_founding",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=_number(),
    )
    founded_to = YearFilter(
        label="成立年份（止）",
        method="by_founding",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=_number(),
    )
    capital_from = df.NumberFilter(
        label="出资总额（万元，起）",
        method="by_capital",
        min_value=0,
        max_value=10**9,
        widget=_number(),
    )
    capital_to = df.NumberFilter(
        label="出资总额（万元，止）",
        method="by_capital",
        min_value=0,
        max_value=10**9,
        widget=_number(),
    )

    class Meta:
        model = Cooperative
        fields: tuple[str, ...] = ()
        form = KeptForm

    def __init__(self, data: Any, societies: Societies, *, user: Any) -> None:
        super().__init__(data, societies)
        if reach_of(user, Action.VIEW_COOPERATIVE) != Reach.DISTRICT:
            del self.filters["township"]
        if not may(user, Action.VIEW_FLAG):
            del self.filters["flag"]

    def closed(self) -> Iterator[tuple[str, Any]]:
        """Yield the conditions that this person does not have, each with its form field."""
        for name, each in self.base_filters.items():
            if name not in self.filters:
                yield name, each.field

    def filter_queryset(self, queryset: Societies) -> Societies:
        """Apply every condition; one that cannot be read leaves nobody."""
        if self.form.errors:
            return queryset.none()
        for name, condition in self.filters.items():
            queryset = condition.filter(queryset, self.form.cleaned_data[name])
        return queryset

    @property
    def chosen(self) -> int:
        """How many conditions are set."""
        return sum(1 for name in self.filters if self.data.get(name, "").strip())

    @property
    def sort(self) -> str:
        return str(self.data.get("sort", ""))

    @property
    def columns(self) -> list[str]:
        return list(self.data.getlist("col"))

    def in_words(self) -> list[tuple[str, str]]:
        """Return the conditions that are set, for people."""
        words = []
        for name in self.filters:
            value = self.data.get(name, "").strip()
            if value:
                field = self.form.fields[name]
                named = dict(_flat(field.choices)) if hasattr(field, "choices") else {}
                words.append((str(field.label), named.get(value, value)))
        return words

    # -- the conditions ------------------------------------------------------------------------

    def by_term(self, societies: Societies, _name: str, value: str) -> Societies:
        # Who reads the register reads its chairs, as in the one search box.
        return societies.matching(value, chairs_begin=True)  # type: ignore[attr-defined, no-any-return]

    def by_township(self, societies: Societies, _name: str, value: str) -> Societies:
        if value == NOWHERE:
            return societies.filter(township__isnull=True)
        # The key itself, not a join: by it the database knows how many societies a township has.
        unit = OrganisationUnit.objects.filter(code=value).values_list("pk", flat=True).first()
        return societies.filter(township=unit) if unit else societies.none()

    def by_status(self, societies: Societies, _name: str, value: str) -> Societies:
        if value == LIVING:
            return societies.living()  # type: ignore[attr-defined, no-any-return]
        return societies.filter(status="" if value == UNSTATED else value)

    def by_flag(self, societies: Societies, _name: str, value: str) -> Societies:
        flags = Flag.objects.open().filter(cooperative=OuterRef("pk"))
        if value == NO_FLAG:
            return societies.filter(~Exists(flags))
        if value != ANY_FLAG:
            rules = [value] if value in RULES_BY_CODE else codes_pointing_to(value)
            flags = flags.filter(rule__in=rules)
        return societies.filter(Exists(flags))

    def by_seen(self, societies: Societies, _name: str, _value: str) -> Societies:
        notices = missing_from_latest_list().filter(cooperative=OuterRef("pk"))
        return societies.filter(Exists(notices))

    def by_founding(self, societies: Societies, name: str, value: int) -> Societies:
        if name == "founded_from":
            return societies.filter(established_on__year__gte=int(value))
        return societies.filter(established_on__year__lte=int(value))

    def by_capital(self, societies: Societies, name: str, value: Decimal) -> Societies:
        limit = "gte" if name == "capital_from" else "lte"
        return societies.filter(Q((f"total_contribution__{limit}", value * 10_000)))


def _flat(choices: Any) -> list[tuple[str, str]]:
    """Return the options of a field without their groups."""
    flat: list[tuple[str, str]] = []
    for code, label in choices:
        flat += label if isinstance(label, (list, tuple)) else [(str(code), str(label))]
    return flat
