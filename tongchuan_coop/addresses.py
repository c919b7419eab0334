"""Addresses of pages, with what is chosen on them."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse


def page(name: str, *, query: dict[str, Any] | None = None, **arguments: Any) -> str:
    """Return the address of a page with its arguments and conditions."""
    path = reverse(name, kwargs=arguments)
    return f"{path}?{urlencode(query)}" if query else path
