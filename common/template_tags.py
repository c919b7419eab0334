"""How money, dates, quarters, blanks and icons are written; built into every template."""

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.quarter import Quarter

register = template.Library()
BLANK = "—"


@register.filter
def yuan(value: Decimal | None) -> str:
    """Write an amount in yuan with its unit; 万元 from ten thousand on. Zero is not blank."""
    if value is None:
        return BLANK
    value = Decimal(value)
    if abs(value) >= 10_000:
        return f"{_plain(value / 10_000)} 万元"
    return f"{_plain(value)} 元"


def _plain(value: Decimal) -> str:
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """Write 2021年6月9日."""
    if not value:
        return BLANK
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value.year}年{value.month}月{value.day}日"


@register.filter
def moment(value: dt.datetime | None) -> str:
    """Write 2021年6月9日 08:05."""
    if not value:
        return BLANK
    local = timezone.localtime(value)
    return f"{day(local)} {local:%H:%M}"


@register.filter
def quarter(value: str) -> str:
    """Write 2020Q2 as 2020年二季度."""
    return Quarter.parse(value).label if value else BLANK


@register.filter
def blank(value: Any) -> Any:
    """Show a dash for what is not there; zero stays zero."""
    return BLANK if value is None or value == "" else value


@register.filter
def masked_phone(value: str) -> str:
    """Show the first three and last two digits only."""
    if len(value) < 7:
        return "*" * len(value) if value else BLANK
    return f"{value[:3]}{'*' * (len(value) - 5)}{value[-2:]}"


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """Look a key up in a mapping."""
    return mapping.get(key) if mapping else None


@register.simple_tag
@cache  # a list shows more than a hundred
def icon(name: str) -> SafeString:
    """Draw an icon (a name of frontend/icons.mjs), hidden from screen readers: words beside it say it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("build/icons.svg"),
        name,
    )
