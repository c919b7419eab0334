"""Samples of funds and projects: one that stands."""

from typing import Any

from liaison.models import SupportGrant
from registry.models import CooperativeAgent
from tongchuan_coop.samples.first import known

LIKELY: dict[str, Any] = {"support": 1}


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    standing = SupportGrant.objects.standing().order_by("pk")
    own = standing.filter(cooperative__in=CooperativeAgent.objects.values("cooperative"))
    found = own.first() or standing.first()
    return known({"support": found and found.pk})
