"""Which programme a page is about: the one in its address, else the one that runs today."""

from django.http import HttpRequest

from pilot.models import Programme


def chosen_programme(request: HttpRequest) -> Programme | None:
    """Return the programme that `?programme=` names, else the one under way, else the latest."""
    asked = request.GET.get("programme", "")
    known = Programme.objects.order_by("-starts_on", "-pk")
    if asked.isdigit() and len(asked) < 10 and (found := known.filter(pk=asked).first()):
        return found
    return running_programme() or known.first()


def running_programme() -> Programme | None:
    """Return the programme that runs today, the latest one when there are several."""
    return Programme.objects.running().first()
