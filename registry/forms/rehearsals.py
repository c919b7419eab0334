"""What a person types to try a rule out: its thresholds, the facts to try them on, the day, the why."""

import datetime as dt
from typing import Any

from django import forms

from common import clock
from common.quarter import Quarter
from registry.flag_choices import RehearsalSide
from registry.flags.catalogue import RULES
from registry.flags.rule import FlagRule
from registry.forms.verification import DAY, VersionedForm
from registry.models import Rehearsal

QUARTERS_OFFERED = 8
MOST = 100_000_000


def adjustable() -> list[FlagRule]:
    """Return the rules that have a threshold."""
    return [rule for rule in RULES if rule.thresholds]


def offered_quarters() -> list[tuple[str, str]]:
    """Return the running quarter and the ones before it, newest first."""
    quarter = Quarter.of(clock.today())
    offered = [(str(quarter), f"现在（{quarter.label}至今）")]
    for _ in range(QUARTERS_OFFERED):
        quarter = quarter.previous()
        offered.append((str(quarter), f"{quarter.label}末"))
    return offered


class RehearsalForm(VersionedForm):
    """One rule: a field for each threshold, then on which facts, from when, and why."""

    quarter = forms.ChoiceField(label="用哪个时点的事实试算")
    effective_from = forms.DateField(label="拟启用日期", widget=DAY)
    reason = forms.CharField(
        label="为什么调整",
        min_length=4,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, rule: FlagRule, rehearsal: Rehearsal | None = None) -> None:
        self.rule = rule
        limits = rehearsal.thresholds if rehearsal else rule.version_on(clock.today()).limits
        initial: dict[str, Any] = {
            "version": rehearsal.version if rehearsal else 1,
            "quarter": rehearsal.quarter if rehearsal else str(Quarter.of(clock.today())),
            "effective_from": rehearsal.effective_from
            if rehearsal
            else clock.today() + dt.timedelta(days=1),
            "reason": rehearsal.reason if rehearsal else "",
        }
        super().__init__(data, initial=initial)
        self.fields["quarter"].choices = offered_quarters()  # type: ignore[attr-defined]
        now = rule.version_on(clock.today()).limits
        for threshold in rule.thresholds:
            self.fields[f"limit_{threshold.key}"] = forms.IntegerField(
                label=f"{threshold.title}（{threshold.unit}）",
                min_value=0,
                max_value=100 if threshold.unit == "%" else MOST,
                initial=limits.get(threshold.key, threshold.default),
                help_text=f"现行 {now[threshold.key]:,}{threshold.unit}",
            )

    @property
    def limit_fields(self) -> list[Any]:
        """The fields of the thresholds."""
        return [self[f"limit_{threshold.key}"] for threshold in self.rule.thresholds]

    def asked(self) -> dict[str, Any]:
        """Return what an operation wants."""
        given = self.cleaned_data
        keys = [threshold.key for threshold in self.rule.thresholds]
        return {
            "thresholds": {key: given[f"limit_{key}"] for key in keys},
            "quarter": given["quarter"],
            "effective_from": given["effective_from"],
            "reason": given["reason"],
        }


class SideFilter(forms.Form):
    """Which of the societies of a rehearsal are listed."""

    side = forms.ChoiceField(required=False, choices=[("", ""), *RehearsalSide.choices])
    township = forms.CharField(required=False, max_length=20)


class ReasonForm(VersionedForm):
    """Why a rehearsal goes where it goes."""

    reason = forms.CharField(max_length=500, required=False)
