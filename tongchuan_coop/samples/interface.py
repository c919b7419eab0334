"""Samples of rows that programs address and pages do not."""

from typing import Any

from registry.models import AnnualReport
from tongchuan_coop.samples.first import first, known
from training.models import GuidanceRecord

LIKELY: dict[str, Any] = {}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    return known({"report": first(AnnualReport), "guidance": first(GuidanceRecord)})
