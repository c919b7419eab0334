"""A form speaks to the person who fills it in, not of fields and variables."""

import re

import pytest
from django import forms
from django.urls import get_resolver

SYSTEM_WORDS = re.compile(r"字段|变量|步长|有效的|必填项|可用的选项|JSON|UUID|URL|null|浮点")


class EverythingForm(forms.Form):
    name = forms.CharField(max_length=5, min_length=2)
    amount = forms.DecimalField(max_digits=6, decimal_places=2, min_value=0)
    number = forms.IntegerField(max_value=9, step_size=3)
    day = forms.DateField()
    mail = forms.EmailField()
    unit = forms.ChoiceField(choices=[("a", "甲")])
    several = forms.MultipleChoiceField(choices=[("a", "甲")])
    file = forms.FileField()


def said(data):
    return {
        name: [str(error) for error in errors]
        for name, errors in EverythingForm(data).errors.items()
    }


def test_what_is_missing_is_asked_for():
    assert said({}) == {
        "name": ["请填写这一项。"],
        "amount": ["请填写这一项。"],
        "number": ["请填写这一项。"],
        "day": ["请选择日期。"],
        "mail": ["请填写这一项。"],
        "unit": ["请选择一项。"],
        "several": ["请至少选择一项。"],
        "file": ["请选择文件。"],
    }


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "一二三四五六七", "最多 5 个字，现在有 7 个，请精简。"),
        ("name", "一", "至少填写 2 个字。"),
        ("amount", "一百", "请填写数字，例如 12.5，不带单位。"),
        ("amount", "1.234", "小数点后最多 2 位。"),
        ("amount", "-1", "不能小于 0。"),
        ("number", "12", "不能大于 9。"),
        ("number", "4", "请填写 3 的整数倍。"),
        ("day", "6月9日", "日期请写成 2021-06-09 的样子。"),
        ("mail", "某人", "请填写完整的电子邮箱，例如 name@example.cn。"),
        ("unit", "b", "请从列出的选项里选择；列表可能刚有变化，可刷新页面后再选。"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(field, value, sentence):
    assert sentence in said({field: value})[field]


def every_form(kind=forms.BaseForm):
    for each in kind.__subclasses__():
        yield each
        yield from every_form(each)


def test_no_form_of_the_portal_speaks_like_a_program():
    assert get_resolver().url_patterns  # every view, and with it every form, is imported
    found = {
        f"{form.__module__}.{form.__name__}.{name}: {text}"
        for form in every_form()
        if not form.__module__.startswith(("django", "rest_framework"))
        for name, field in form.base_fields.items()
        for text in map(str, field.error_messages.values())
        if SYSTEM_WORDS.search(text)
    }
    assert found == set()
