"""Naming a society in a form: its code or its name, within the reach of the person."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.forms.edited import EditedForm
from accounts.policy import Action
from registry.models import Cooperative

LONGEST = 100
_NOBODY = (
    "名录里没有找到“{text}”。请填全称或统一社会信用代码；本单位看不到的合作社请问区农业农村局。"
)
_SEVERAL = "有 {number} 家合作社的名称含“{text}”。请填全称或统一社会信用代码。"


def society_field(**options: Any) -> forms.CharField:
    """Return a field that takes the name or the code of a society; it may stay empty."""
    options.setdefault("label", "涉及的合作社")
    options.setdefault("help_text", "填全称、名称里的几个字或统一社会信用代码；不涉及哪家的留空。")
    return forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        **options,
    )


def named_society(text: str, reach: Any) -> Cooperative | None:
    """Return the one society in reach that a text names, None for no text.

    A code or a whole name wins over a part of a name. Raises ValidationError with the sentence
    for the person when there is none, or when there are several.
    """
    sought = text.strip()
    if not sought:
        return None
    exact = Q(uscc=sought.upper()) | Q(registration_no=sought) | Q(name=sought)
    for condition in (exact, Q(name__contains=sought)):
        found = list(reach.filter(condition).order_by("pk")[:2])
        if len(found) == 1:
            society: Cooperative = found[0]
            return society
        if found:
            number = reach.filter(condition).count()
            raise ValidationError(_SEVERAL.format(number=number, text=sought))
    raise ValidationError(_NOBODY.format(text=sought))


class SocietyForm(EditedForm):
    """A form over a row that may be about a society; `action` says whose societies can be named."""

    action: Action
    cooperative = society_field()

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        society = self.instance.cooperative
        self.initial["cooperative"] = society.code if society else ""
        if society:
            self.fields["cooperative"].help_text = f"现为：{society.name}"

    def again(self, data: Any, fresh: Any) -> EditedForm:
        """Return the form over the fresh row, for the same person."""
        return type(self)(data, instance=fresh, user=self._user)

    def clean_cooperative(self) -> Cooperative | None:
        """Return the society that was named, within reach."""
        reach = Cooperative.objects.permitted(self._user, self.action)
        return named_society(self.cleaned_data["cooperative"], reach)
