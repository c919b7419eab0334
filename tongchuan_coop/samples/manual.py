"""Samples of the manual's pages."""

from typing import Any

LIKELY: dict[str, Any] = {
    "subject": "home",
    "picture": "register",
    "public-help-picture:picture": "titles",
}


def rows() -> dict[str, Any]:
    """Return nothing more: the manual is the same everywhere."""
    return {}
