"""What a form says to a person whose answer cannot be taken: what to do, not what a program expected.

Django's own sentences speak of 字段, 变量 and 步长. A field takes its words when it is declared, so
`speak` runs before any form is imported.
"""

from typing import Any, Final

from django import forms
from django.core import validators
from django.utils.translation import ngettext_lazy

_CHOOSE: Final = "请选择一项。"
_OFFERED: Final = "请从列出的选项里选择；列表可能刚有变化，可刷新页面后再选。"
_NUMBER: Final = "请填写数字，例如 12.5，不带单位。"

WORDS: Final[dict[type[forms.Field], dict[str, str]]] = {
    forms.Field: {"required": "请填写这一项。"},
    forms.BooleanField: {"required": "请勾选这一项。"},
    forms.ChoiceField: {"required": _CHOOSE, "invalid_choice": _OFFERED},
    forms.MultipleChoiceField: {
        "required": "请至少选择一项。",
        "invalid_choice": _OFFERED,
        "invalid_list": _OFFERED,
    },
    forms.ModelChoiceField: {"required": _CHOOSE, "invalid_choice": _OFFERED},
    forms.ModelMultipleChoiceField: {
        "required": "请至少选择一项。",
        "invalid_choice": _OFFERED,
        "invalid_list": _OFFERED,
        "invalid_pk_value": _OFFERED,
    },
    forms.IntegerField: {"invalid": "请填写整数，例如 12，不带单位。"},
    forms.FloatField: {"invalid": _NUMBER},
    forms.DecimalField: {"invalid": _NUMBER},
    forms.DateField: {"required": "请选择日期。", "invalid": "日期请写成 2021-06-09 的样子。"},
    forms.DateTimeField: {
        "required": "请选择日期和时间。",
        "invalid": "日期和时间请写成 2021-06-09 14:30 的样子。",
    },
    forms.TimeField: {"required": "请选择时间。", "invalid": "时间请写成 14:30 的样子。"},
    forms.FileField: {
        "required": "请选择文件。",
        "invalid": "没有收到文件，请重新选择。",
        "missing": "没有收到文件，请重新选择。",
        "empty": "这个文件是空的，请重新选择。",
    },
    forms.UUIDField: {"invalid": "编号不对，请从列表重新打开这一页。"},
}


def speak() -> None:
    """Put the portal's words in place of Django's; written out, so that doing it twice changes nothing."""
    for kind, words in WORDS.items():
        own = vars(kind).get("default_error_messages", {})
        kind.default_error_messages = {**own, **words}
    validators.EmailValidator.message = "请填写完整的电子邮箱，例如 name@example.cn。"
    validators.RegexValidator.message = "写法不对，请照说明重填。"
    validators.ProhibitNullCharactersValidator.message = "含有看不见的字符，请删掉后重填。"
    validators.MinValueValidator.message = "不能小于 %(limit_value)s。"
    validators.MaxValueValidator.message = "不能大于 %(limit_value)s。"
    validators.StepValueValidator.message = "请填写 %(limit_value)s 的整数倍。"
    validators.MinLengthValidator.message = _counted("至少填写 %(limit_value)d 个字。")
    validators.MaxLengthValidator.message = _counted(
        "最多 %(limit_value)d 个字，现在有 %(show_value)d 个，请精简。"
    )
    validators.DecimalValidator.messages = {
        "invalid": _NUMBER,
        "max_digits": _counted("最多填写 %(max)s 位数字。", "max"),
        "max_decimal_places": _counted("小数点后最多 %(max)s 位。", "max"),
        "max_whole_digits": _counted("小数点前最多 %(max)s 位。", "max"),
    }


def _counted(text: str, number: str = "limit_value") -> Any:
    """Return a sentence as Django keeps those that count; Chinese has one form for every number."""
    return ngettext_lazy(text, text, number)
