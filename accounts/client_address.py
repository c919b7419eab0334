"""The address that a request comes from, behind as many proxies as stand in front of the portal."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address of the caller; empty when nothing says it.

    Each proxy adds the address of whoever called it to the end of `X-Forwarded-For`. As many entries
    as there are proxies of ours (`PROXY_COUNT`) are true, counted from the end; what stands before
    them anybody may have written. A header that is too short or no address is not believed.
    """
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.PROXY_COUNT:
        return nearest
    told = request.headers.get("X-Forwarded-For", "").split(",")
    if len(told) < settings.PROXY_COUNT:
        return nearest
    try:
        return str(ip_address(told[-settings.PROXY_COUNT].strip()))
    except ValueError:
        return nearest
