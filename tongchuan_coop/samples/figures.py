"""Samples of the pilot's figures."""

from typing import Any

from pilot.models import Edition, IndicatorFigure, Phase, PlanTask, Programme, Target
from tongchuan_coop.samples.first import first, known

LIKELY: dict[str, Any] = {
    "key": "new_district",
    "target": 1,
    "programme": 1,
    "phase": 1,
    "figure": 1,
    "edition": 1,
    "task": 1,
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
    own = {
        "target": first(Target),
        "programme": first(Programme),
        "phase": first(Phase),
        "figure": first(IndicatorFigure),
        "edition": first(Edition),
        "task": first(PlanTask),
    }
    return known({**own, **found})
