"""Samples of the manual's pages."""

from typing import Any

LIKELY: dict[str, Any] = {"subject": "home", "picture": "register"}


def rows() -> dict[str, Any]:
    """Return nothing more: the manual is the same everywhere."""
    return {}
