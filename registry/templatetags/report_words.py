"""Words of the report's form."""

from django import template

from registry.reporting.fields import ReportField
from registry.reporting.sections import FIELDS, SECTION_OF

register = template.Library()


@register.filter
def asked_when(field: ReportField) -> str:
    """Say when a question is asked that not everybody is asked."""
    if field.when is None:
        return ""
    key, value = field.when
    return f"选“{FIELDS[key].word(value)}”时填写。"


@register.filter
def field_label(key: str) -> str:
    """Return what a field is called."""
    return FIELDS[key].label if key in FIELDS else "整份报告"


@register.filter
def section_of(key: str) -> str:
    """Return the section that a field stands in."""
    return SECTION_OF.get(key, "basic")
