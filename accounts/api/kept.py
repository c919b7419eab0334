"""Kept views for programs: `?view=` puts the conditions, columns and order of one on its noun's list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter

from accounts.api.faults import Fault, unreadable
from accounts.api.leaving_out import LeavingOut
from accounts.kept_lists import KeptList
from accounts.models import SavedView
from accounts.policy import Action
from common.figures import whole_number

# What names a row stays, whatever columns a view chooses.
NAMING = frozenset({"id", "key", "code", "name", "cooperative_code", "cooperative_name"})
_COLUMNS = frozenset({"col", "cols"})
_NOT_THERE = (
    "没有编号为“{asked}”的常用查询（view），或它不属于这个列表、不与您共享。"
    "请读取 saved-views 查看可用的编号。"
)
_NO_USE = (
    "常用查询“{name}”（view）含有接口没有的条件：{names}。"
    "请在网页上使用，或另存一个不含这些条件的常用查询。"
)
_VIEW = {
    "anyOf": [
        {"type": "integer", "minimum": 1, "maximum": 2**62},
        {"type": "string", "maxLength": 0},
    ]
}
VIEW = OpenApiParameter(
    "view",
    _VIEW,
    OpenApiParameter.QUERY,
    description="常用查询的编号：用它的条件、列和排序；地址里另写的条件优先",
)


def sort_field(names: Iterable[str]) -> forms.ChoiceField:
    """Return the field that reads an order of these."""
    return forms.ChoiceField(
        label="排序，前面加减号为倒序",
        required=False,
        choices=[(f"{way}{name}", name) for name in names for way in ("", "-")],
    )


def sorts_of(kept: KeptList | None) -> forms.ChoiceField | None:
    """Return the field that reads an order of a list, None for one that has no choice."""
    names = [each.key for each in kept.headings if each.sorts] if kept else []
    return sort_field(names) if names else None


def under_view(query: QueryDict, kept: KeptList, known: Iterable[str], user: Any) -> QueryDict:
    """Return the conditions of an address on top of those of the view that it names.

    A view that is not there and one that is not this person's are refused alike. Raises Fault (400).
    """
    asked = query.get("view", "")
    if not asked:
        return query
    reach = SavedView.objects.permitted(user, Action.SAVE_VIEW)
    view = reach.filter(page=kept.page, pk=whole_number(asked) or 0).first()
    if view is None:
        sentence = _NOT_THERE.format(asked=asked[:20])
        raise Fault(400, sentence, "no_such_view", fields_wrong={"view": [sentence]})
    own = QueryDict(view.query)
    if unknown := sorted({name for name in own if name not in query} - {*known} - _COLUMNS):
        sentence = _NO_USE.format(name=view.name, names="、".join(unknown))
        raise Fault(400, sentence, "view_unusable", fields_wrong={"view": [sentence]})
    merged = QueryDict(mutable=True)
    for name, values in own.lists():
        if name not in query:
            merged.setlist(name, values)
    for name, values in query.lists():
        merged.setlist(name, values)
    return merged


def sort_asked(query: QueryDict, field: forms.ChoiceField | None) -> str:
    """Return the order that an address asks for, "" for the usual one. Raises Fault (400)."""
    if field is None:
        return ""
    try:
        return str(field.clean(query.get("sort", "")))
    except forms.ValidationError as fault:
        raise unreadable({"sort": fault.messages}) from fault


def only_columns(row: dict[str, Any], columns: set[str]) -> dict[str, Any]:
    """Leave out of a row what is none of some columns, all of it when none are named."""
    if not columns:
        return row
    wanted = columns | NAMING
    return {k: v for k, v in row.items() if k in wanted or k.removesuffix("_label") in wanted}


def line_of(serializer: type[Any]) -> type[Any]:
    """Return how a row of a list is described whose columns a view may choose."""

    def may_lack(self: Any) -> set[str]:
        return {key for key in self.fields if key not in NAMING}

    bases = (serializer,) if issubclass(serializer, LeavingOut) else (LeavingOut, serializer)
    name = serializer.__name__.replace("Serializer", "LineSerializer")
    return type(name, bases, {"may_lack": may_lack, "__doc__": serializer.__doc__})
