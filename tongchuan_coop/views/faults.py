"""Pages for what went wrong: what happened, what to do, whom to ask."""

import sys

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from rest_framework.exceptions import NotFound

from accounts.policy import Action, whom_to_ask
from tongchuan_coop.middleware import unavailable


def forged_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose security mark is missing or old."""
    return render(
        request,
        "403.html",
        {
            "sentence": "页面停留时间过长，安全校验已失效。请返回上一页刷新后重新提交，已填内容不会入库。"
        },
        status=403,
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Name the right that is missing and whom to ask, never the record."""
    asked = str(exception.args[0]) if exception and exception.args else ""
    known = {action.value for action in Action}
    missing = Action(asked) if asked in known else None
    context = {
        "missing": missing.label if missing else "",
        "whom": whom_to_ask(missing) if missing else "",
    }
    return render(request, "403.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Tell a form that is too large (413) from one that cannot be read (400)."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same answer for a row out of reach as for one that does not exist."""
    if request.path.startswith("/api/v1/"):
        gone = NotFound()
        return JsonResponse({"detail": str(gone.detail), "code": gone.default_code}, status=404)
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """The last resort: a page without context, queries or tags that could fail again.

    A database that is gone surfaces here when a middleware asks it first.
    """
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        return unavailable()
    return HttpResponse(get_template("500.html").render(), status=500)
