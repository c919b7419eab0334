"""What every answer has in common: clear fault pages, and pages that no cache may keep."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from common.workflow import TransitionRefused

GetResponse = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("portal")


def unavailable() -> HttpResponse:
    """Say that the portal cannot answer now; rendered without context, which might need the database."""
    answer = HttpResponse(get_template("503.html").render(), status=503)
    answer["Retry-After"] = "30"
    return answer


class FaultPages:
    """Turn refusals into a page that says what to do, and a lost database into one that says wait."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Answer 409 for a refused step, 503 while the database does not answer."""
        if isinstance(fault, TransitionRefused):
            return render(request, "409.html", {"sentence": str(fault)}, status=409)
        if isinstance(fault, (OperationalError, InterfaceError)):
            log.error("database unavailable: %s", fault)
            return unavailable()
        return None


class PrivatePages:
    """Keep what a signed-in person sees out of every cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "no-store, private"
        answer.setdefault("Permissions-Policy", "geolocation=(self), camera=(self), microphone=()")
        return answer
