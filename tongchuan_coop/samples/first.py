"""The first row of a kind, and the society that somebody speaks for."""

from typing import Any

from registry.models import CooperativeAgent


def first(model: Any) -> Any:
    """Return the key of the first row, or None."""
    return model._default_manager.order_by("pk").values_list("pk", flat=True).first()


def known(found: dict[str, Any]) -> dict[str, Any]:
    """Leave out what no row was found for."""
    return {name: value for name, value in found.items() if value is not None}


def speaker() -> CooperativeAgent | None:
    """Return the first who speaks for a society, so that its own people, too, find their pages."""
    serving = CooperativeAgent.objects.filter(until__isnull=True).select_related("cooperative")
    return serving.order_by("user", "pk").first()
