"""Acts on many rows: which are ticked, why, and taking an act back."""

from typing import Any

from django import forms

from accounts.bulk_acts import MOST_ROWS
from common.figures import whole_number

LEAST, MOST = 2, 500  # characters of a reason


class WhyForm(forms.Form):
    """Why it is done: one reason for all. Acts that ask for more add their fields before it."""

    reason = forms.CharField(
        label="理由", min_length=LEAST, max_length=MOST, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order: Any = None

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])


class TakenBackForm(forms.Form):
    """Which act is taken back, and why."""

    event = forms.IntegerField(min_value=1, max_value=2**62)
    reason = forms.CharField(label="撤销理由", min_length=LEAST, max_length=MOST)


def ticked(data: Any) -> list[int]:
    """Return the keys of the ticked rows in an address or a form, each once, at most as many as go."""
    keys = dict.fromkeys(whole_number(key) for key in data.getlist("item"))
    return [key for key in keys if key is not None][: MOST_ROWS + 1]
