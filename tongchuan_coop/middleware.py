"""What every answer has in common: clear fault pages, and pages that no cache may keep."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from common.logs import belongs_to
from common.workflow import TransitionRefused
from tongchuan_coop.metrics import ANSWERS, REQUESTS

GetResponse = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("portal")
requests = logging.getLogger("portal.requests")

# A number that a proxy gave, if it looks like one.
_GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")
# Asked every few seconds by machines.
_QUIET = frozenset({"livez", "readyz", "metrics"})


def unavailable() -> HttpResponse:
    """Say that the portal cannot answer now; rendered without context, which might need the database."""
    answer = HttpResponse(get_template("503.html").render(), status=503)
    answer["Retry-After"] = "30"
    return answer


class Traced:
    """Give every request a number, which the answer, the log and the fault pages carry; time it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        number = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        request.number = number  # type: ignore[attr-defined]
        token, began = belongs_to.set({"request": number}), time.monotonic()
        try:
            answer = self.get_response(request)
            self._note(request, answer, time.monotonic() - began)
        finally:
            belongs_to.reset(token)
        answer["X-Request-ID"] = number
        return answer

    @staticmethod
    def _note(request: HttpRequest, answer: HttpResponse, seconds: float) -> None:
        match = request.resolver_match
        # Names of routes only: addresses carry codes, and would make as many series.
        route = (match.view_name if match else "") or "unknown"
        REQUESTS.labels(route, request.method or "").observe(seconds)
        ANSWERS.labels(route, str(answer.status_code)).inc()
        if route in _QUIET:
            return
        user = getattr(request, "user", None)
        requests.info(
            "%s %s %s",
            request.method,
            route,
            answer.status_code,
            extra={
                "facts": {
                    "route": route,
                    "method": request.method,
                    "status": answer.status_code,
                    "milliseconds": round(seconds * 1000),
                    "user": user.pk if user and user.is_authenticated else None,
                }
            },
        )


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
