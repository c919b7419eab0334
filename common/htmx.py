"""Which part of a page the browser asks for."""

from django.http import HttpRequest


def wants_partial(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a fragment (not a boosted visit, not a restored history)."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )
