"""Samples of signs of illegal fund-raising."""

from typing import Any

from liaison.models import FundWatch
from tongchuan_coop.samples.first import first, known

LIKELY: dict[str, Any] = {"watch": 1}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    return known({"watch": first(FundWatch)})
