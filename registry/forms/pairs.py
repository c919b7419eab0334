"""What a person says about a pair, and the two codes of a pair that a person proposes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from registry.choices import PairState
from registry.models import Cooperative


class PairDecisionForm(forms.Form):
    """`kept` is the id of the society that stays, needed for a merge only."""

    target = forms.ChoiceField(choices=PairState.choices)
    version = forms.IntegerField()
    kept = forms.IntegerField(required=False)
    left_version = forms.IntegerField(required=False)
    right_version = forms.IntegerField(required=False)
    reason = forms.CharField(max_length=500, required=False)


class ProposalForm(forms.Form):
    """Two societies by code, typed by someone who knows that they are one."""

    one = forms.CharField(label="第一家的代码", max_length=18)
    other = forms.CharField(label="另一家的代码", max_length=18)

    def __init__(self, data: Any, *, societies: Any) -> None:
        super().__init__(data)
        self._societies = societies

    def clean_one(self) -> Cooperative:
        return self._society("one")

    def clean_other(self) -> Cooperative:
        return self._society("other")

    def _society(self, name: str) -> Cooperative:
        code = self.cleaned_data[name].strip().upper()
        found: Cooperative | None = (
            self._societies.filter(uscc=code).first()
            or self._societies.filter(registration_no=code).first()
        )
        if found is None:
            raise ValidationError(
                "名录里没有代码为“%(code)s”的合作社，请从合作社页面复制代码。",
                code="unknown",
                params={"code": code[:18]},
            )
        return found
