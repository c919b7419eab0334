"""Samples of the pilot's figures."""

from typing import Any

from pilot.models import Edition, Target
from tongchuan_coop.samples.first import first, known

LIKELY: dict[str, Any] = {
    "key": "new_district",
    "target": 1,
    "pilot:edition-detail:number": "2021Q2-01",
    "pilot:edition-file:number": "2021Q2-01",
    "pilot:edition-bulletin:number": "2021Q2-01",
    "pilot:edition-figure:number": "2021Q2-01",
}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    number = Edition.objects.order_by("pk").values_list("number", flat=True).first()
    pages = ("edition-detail", "edition-file", "edition-bulletin", "edition-figure")
    found = {f"pilot:{page}:number": number for page in pages}
    return known({"target": first(Target), **found})
