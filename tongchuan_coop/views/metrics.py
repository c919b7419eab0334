"""Figures for a monitor, in the text form of Prometheus."""

import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from accounts.decorators import public
from tongchuan_coop.metrics import registry

_HERE = frozenset({"127.0.0.1", "::1"})


@public
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer whoever shows the token; without a token set, this machine alone; others find nothing."""
    if not _may_read(request):
        raise Http404
    return HttpResponse(generate_latest(registry()), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return secrets.compare_digest(shown.encode(), settings.METRICS_TOKEN.encode())
    # A proxy in front makes every caller look like this machine.
    direct = "X-Forwarded-For" not in request.headers
    return direct and request.META.get("REMOTE_ADDR") in _HERE
