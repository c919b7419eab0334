"""Signing in, and changing one's own password and phone."""

import re
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError

from accounts.passwords import rules

_PHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}")


class SignInForm(AuthenticationForm):
    """User name and password; every failure reads the same, so that no name can be guessed."""

    error_messages = {
        "invalid_login": "用户名或密码不正确。请核对后重试，注意大小写。",
        "inactive": "用户名或密码不正确。请核对后重试，注意大小写。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "用户名"
        self.fields["username"].error_messages["required"] = "请填写用户名。"
        self.fields["password"].label = "密码"
        self.fields["password"].error_messages["required"] = "请填写密码。"


class OwnPasswordForm(PasswordChangeForm):
    """The present password once, the new one twice."""

    error_messages = {
        "password_incorrect": "原密码不正确，请重新填写。",
        "password_mismatch": "两次填写的新密码不一致。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (
            ("old_password", "原密码"),
            ("new_password1", "新密码"),
            ("new_password2", "再填一次新密码"),
        ):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = f"请填写{label}。"
        self.fields["new_password1"].help_text = rules()
        self.fields["new_password2"].help_text = ""

    def clean_new_password1(self) -> str:
        """Refuse the password that is in use."""
        new: str = self.cleaned_data["new_password1"]
        if self.user.check_password(new):
            raise ValidationError("新密码不能与原密码相同。", code="password_same")
        return new


class PhoneForm(forms.Form):
    """One's own telephone number."""

    phone = forms.CharField(
        label="手机号",
        max_length=20,
        required=False,
        help_text="11 位手机号，或带区号的座机。",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        """Accept a mobile or a fixed line of mainland China, or nothing."""
        phone: str = self.cleaned_data["phone"].replace(" ", "")
        if phone and not _PHONE.fullmatch(phone):
            raise ValidationError("请填写 11 位手机号，或带区号的座机，例如 0818-2123456。")
        return phone
