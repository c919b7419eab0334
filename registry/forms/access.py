"""Forms around getting in: an invitation, and using one."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from registry.choices import AgentPost


class InvitationForm(forms.Form):
    """Who is invited, as what."""

    person_name = forms.CharField(
        label="姓名", max_length=30, error_messages={"required": "请填写被邀请人的姓名。"}
    )
    post = forms.ChoiceField(
        label="身份",
        choices=AgentPost.choices,
        initial=AgentPost.CHAIR,
        help_text="理事长变更登记后，原理事长的使用权当天自动结束。",
    )


class JoinForm(forms.Form):
    """Society and code from the printed notice; with a new account also name and password."""

    society = forms.CharField(
        label="统一社会信用代码",
        max_length=18,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
    code = forms.CharField(
        label="邀请码", max_length=12, widget=forms.TextInput({"autocomplete": "off"})
    )


class JoinNewForm(JoinForm):
    """The same, with a new account."""

    full_name = forms.CharField(label="您的姓名", max_length=30)
    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{3,29}$",
        label="用户名",
        help_text="4 至 30 个小写字母或数字，例如手机号。",
        error_messages={"invalid": "用户名只能用小写字母、数字，4 至 30 个字符。"},
        widget=forms.TextInput({"autocomplete": "username"}),
    )
    password = forms.CharField(
        label="设置密码",
        max_length=128,
        strip=False,
        help_text="至少 10 个字符，含大写字母、小写字母、数字、符号中的三种。",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label="再输一次密码",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_username(self) -> str:
        """A name is used once."""
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username=name).exists():
            raise ValidationError("这个用户名已有人使用，请换一个。", code="taken")
        return name

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same, and strong."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        password, repeated = cleaned.get("password"), cleaned.get("repeated")
        if password and repeated and password != repeated:
            self.add_error("repeated", "两次输入的密码不一样。")
        elif password:
            try:
                validate_password(password, User(username=cleaned.get("username", "")))
            except ValidationError as weak:
                self.add_error("password", weak)
        return cleaned
