"""Samples of contacts with province and city."""

from typing import Any

from liaison.models import UpwardLine
from tongchuan_coop.samples.first import first, known

LIKELY: dict[str, Any] = {"upward": 1}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    return known({"upward": first(UpwardLine)})
