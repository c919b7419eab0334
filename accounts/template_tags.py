"""Template tags about rights; built into every template."""

from typing import Any

from django import template
from django.apps import apps
from django.template import Context

from accounts import bulk_acts, deeds, policy
from accounts.exporting import exporter_of

register = template.Library()


@register.filter
def may(user: Any, action: str) -> bool:
    """Tell whether a user has a right: {% if user|may:"view-flag" %}."""
    return policy.may(user, action)


@register.simple_tag(takes_context=True)
def reaches(context: Context, row: Any, action: str) -> bool:
    """Ask of a row what its page asks: {% reaches cooperative "view-roster" as opens_roster %}.

    A right may end before the row that one looks at. One query where there is the right at all.
    """
    user = context["user"]
    if not policy.may(user, action):
        return False
    reach = type(row)._default_manager.permitted(user, action)
    return bool(reach.filter(pk=row.pk).exists())


@register.filter
def may_export(user: Any, kind: str) -> bool:
    """Tell whether a user may export a kind of list: {% if user|may_export:"visits" %}."""
    exporter = exporter_of(kind)
    export = policy.Action.EXPORT_LIST
    return exporter is not None and policy.may(user, export) and policy.may(user, exporter.action)


@register.filter
def may_do(user: Any, key: str) -> bool:
    """Tell whether a user may do an act on many rows: {% if user|may_do:"flags-assign" %}."""
    return bulk_acts.may_do(user, key)


@register.filter
def deed(action: str) -> str:
    """Write a recorded deed in words."""
    return deeds.deed(action)


@register.filter
def changed(detail: dict[str, Any]) -> list[dict[str, Any]]:
    """Write the changes that an event notes: label, before (None when newly entered), after."""
    return [
        {"label": label, "before": change[0], "after": change[1]}
        if isinstance(change, list)
        else {"label": label, "before": None, "after": change}
        for label, change in detail.get("changes", {}).items()
    ]


@register.filter
def noted(detail: dict[str, Any]) -> list[tuple[str, Any, bool]]:
    """Write what an event notes beside its changes: two words, and whether the second is a code."""
    return [
        (deeds.detail_word(key), deeds.value_word(value), key in deeds.WRITTEN_AS_CODE)
        for key, value in detail.items()
        if key != "changes" and key not in deeds.FOR_THE_WAY_BACK
    ]


@register.filter
def kind_word(label: str) -> str:
    """Write what kind of row an event is about."""
    return str(apps.get_model(label)._meta.verbose_name) if label else "—"
