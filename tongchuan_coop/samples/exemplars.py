"""Samples of typical cases: one that is published, and those that a writer can still change."""

from typing import Any

from accounts.models import User
from accounts.policy import Action, Reach, roles_with
from liaison.exemplar_choices import ExemplarState
from liaison.models import Exemplar
from tongchuan_coop.samples.first import known

LIKELY: dict[str, Any] = {"exemplar": 1}
_OF_A_DRAFT = ("exemplar-edit", "exemplar-submit", "exemplar-drop")
_OF_A_CONSENT = ("exemplar-consent", "exemplar-end-consent")


def rows() -> dict[str, Any]:
    """Return a value for each argument that this part's addresses take."""
    clerk = User.objects.filter(role__in=roles_with(Action.WRITE_EXEMPLAR, Reach.TOWNSHIP)).first()
    every = Exemplar.objects.order_by("pk")
    own = every.filter(unit=clerk.unit_id if clerk else None)
    published = every.published().first() or every.first()
    draft = own.filter(state=ExemplarState.DRAFT).first() or own.first()
    told = own.filter(cooperative__isnull=False).exclude(state=ExemplarState.DRAFT).first()
    found = {"exemplar": published and published.pk}
    for name in _OF_A_DRAFT:
        found[f"liaison:{name}:exemplar"] = draft and draft.pk
    for name in _OF_A_CONSENT:
        found[f"liaison:{name}:exemplar"] = told and told.pk
    return known(found)
