"""Addresses of pages, with what is chosen on them."""

from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse


def page(name: str, *, query: dict[str, Any] | None = None, **arguments: Any) -> str:
    """Return the address of a page; "" while that page is not there."""
    try:
        path = reverse(name, kwargs=arguments)
    except NoReverseMatch:
        return ""
    return f"{path}?{urlencode(query)}" if query else path
