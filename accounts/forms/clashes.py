"""Two texts side by side: what one typed, and what somebody else saved meanwhile."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict


@dataclass(frozen=True)
class Clash:
    """One field in which the two texts differ, in words."""

    label: str
    mine: str
    theirs: str


def upon_version(typed: Any, version: int) -> QueryDict:
    """Return what was typed with the version that stands now, so that it can be saved knowingly."""
    data: QueryDict = typed.copy()
    data["version"] = str(version)
    return data


def clashes(form: forms.BaseForm, stands: dict[str, Any]) -> list[Clash]:
    """Compare a bound form with how the row stands now."""
    form.is_valid()
    return [
        Clash(str(form.fields[name].label), _word(form, name, mine), _word(form, name, theirs))
        for name, theirs in stands.items()
        if (mine := form.cleaned_data.get(name)) != theirs
    ]


def _word(form: forms.BaseForm, name: str, value: Any) -> str:
    field = form.fields[name]
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        options: list[tuple[str, str]] = list(field.widget.choices)
        return next((str(label) for code, label in options if code == value), str(value))
    return "" if value is None else str(value)
