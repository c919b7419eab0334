"""Samples of rows that programs address and pages do not."""

from typing import Any

from accounts.models import SavedView
from registry.choices import EDITABLE_REPORTS
from registry.models import AnnualReport, Flag
from tongchuan_coop.samples.first import first, known, speaker
from training.models import GuidanceRecord

LIKELY: dict[str, Any] = {}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    # The page of matters has the same row: `registry:matter-detail:flag`.
    asked = Flag.objects.asked().values_list("pk", flat=True).first()
    begun = AnnualReport.objects.filter(state__in=EDITABLE_REPORTS)
    speaking = speaker()
    if speaking:
        begun = begun.filter(cooperative=speaking.cooperative)
    return known(
        {
            "report": first(AnnualReport),
            "guidance": first(GuidanceRecord),
            "kept_view": first(SavedView),
            "api:matters-detail:flag": asked,
            "api:reports-section:report": begun.order_by("pk").values_list("pk", flat=True).first(),
        }
    )
