"""The code of the second factor."""

from django import forms


class CodeForm(forms.Form):
    """Six digits of the app, or a spare code."""

    code = forms.CharField(
        label="动态口令",
        max_length=20,
        help_text="手机应用里显示的 6 位数字；手机不在身边时填一个备用口令。",
        error_messages={"required": "请填写动态口令。"},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "autofocus": True}
        ),
    )


class FirstCodeForm(forms.Form):
    """The first code, which proves that phone and portal share the key."""

    code = forms.CharField(
        label="动态口令",
        max_length=10,
        help_text="扫码后，手机应用里显示的 6 位数字。",
        error_messages={"required": "请填写动态口令。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
