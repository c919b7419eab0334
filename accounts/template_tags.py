"""Template tags about rights; built into every template."""

from typing import Any

from django import template

from accounts import policy

register = template.Library()


@register.filter
def may(user: Any, action: str) -> bool:
    """Tell whether a user has a right: {% if user|may:"view-flag" %}."""
    return policy.may(user, action)
