"""Which programme a page is about: the one in its address, else the one that runs today."""

from typing import Any

from django.http import HttpRequest
from django.utils.http import urlencode

from accounts.policy import Action
from common.figures import whole_number
from pilot.models import Programme

KEPT = ("on", "known")  # what a page keeps when one looks at another programme


def chosen_programme(request: HttpRequest) -> Programme | None:
    """Return the programme that `?programme=` names, else the one under way, else the latest."""
    latest = Programme.objects.order_by("-starts_on", "-pk")
    return asked_programme(request) or running_programme() or latest.first()


def running_programme() -> Programme | None:
    """Return the programme that runs today, the latest one when there are several."""
    return Programme.objects.running().first()


def programme_tabs(
    request: HttpRequest, programme: Programme | None, *, whole: str = ""
) -> list[dict[str, Any]]:
    """Return a tab for each programme that one may see, to the same page; none for a single one.

    With `whole` the first tab, so called, shows all programmes together.
    """
    reach = Programme.objects.permitted(request.user, Action.VIEW_PROGRAMME)
    known = list(reach.order_by("-starts_on", "-pk"))
    if len(known) < 2:
        return []
    kept: dict[str, Any] = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    tabs = [
        {
            "label": each.name,
            "url": f"{request.path}?{urlencode({'programme': each.pk, **kept})}",
            "active": each == programme,
        }
        for each in known
    ]
    if whole:
        tabs.insert(0, {"label": whole, "url": request.path, "active": programme is None})
    return tabs


def asked_programme(request: HttpRequest) -> Programme | None:
    """Return the programme that `?programme=` names, None where no known one is asked for."""
    asked = whole_number(request.GET.get("programme", ""))
    return None if asked is None else Programme.objects.filter(pk=asked).first()
