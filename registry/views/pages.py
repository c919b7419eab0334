"""The page of a list that an address asks for, and the addresses of its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode

from common.keyset import Key, page_of

SIZE = 50


@dataclass(frozen=True)
class ListPage:
    """The rows of one page and the addresses of its neighbours ("" where there is none)."""

    rows: list[Any]
    previous_url: str
    next_url: str


def cut(
    request: HttpRequest, rows: QuerySet[Any, Any], key: str, *, descending: bool = False
) -> ListPage:
    """Return the page that `after` or `before` in the address names, else the first one."""
    keys = [Key(rows.model._meta.pk.attname if key == "pk" else key, descending=descending)]
    return cut_by(request, rows, keys)


def cut_by(
    request: HttpRequest, rows: QuerySet[Any, Any], keys: Sequence[Key], *, size: int = SIZE
) -> ListPage:
    """Return that page of an order of several keys, or of the order that the address asks for."""
    kept = getattr(request, "kept", None)
    if kept is not None:
        keys = kept.keys(rows.model) or keys
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    page = page_of(rows, keys, size=size, before=before, after=after)
    return ListPage(
        page.rows,
        _address(request, before=page.before) if page.before else "",
        _address(request, after=page.after) if page.after else "",
    )


def _address(request: HttpRequest, **mark: str) -> str:
    kept = {k: str(v) for k, v in request.GET.items() if v and k not in {"after", "before", "all"}}
    return f"{request.path}?{urlencode({**kept, **mark})}"
