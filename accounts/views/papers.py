"""Issued papers: the register of them, the file of one, and the public check."""

import logging
import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.client_address import client_address
from accounts.decorators import public, requires
from accounts.forms.papers import CheckForm, PaperFilter
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.lists import PAPERS
from accounts.models import IssuedPaper
from accounts.operations.papers import check_paper
from accounts.operations.public_tries import count_try
from accounts.policy import Action
from common.htmx import wants_partial

log = logging.getLogger("portal.papers")
PAGE_SIZE = 50
TRIES_A_MINUTE = 10


@require_safe
@requires(Action.VIEW_PAPER)
@kept_as(PAPERS)
def paper_list(request: SignedInRequest) -> HttpResponse:
    """List what was issued, the latest first; the filter is the address."""
    chosen = PaperFilter(request.GET)
    papers = chosen.narrow(IssuedPaper.objects.permitted(request.user, Action.VIEW_PAPER))
    found = papers.select_related("issued_by", "successor").order_by("-issued_at", "-pk")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    name = "_table" if wants_partial(request) else "list"
    return render(request, f"accounts/papers/{name}.html", {"form": chosen, "page": page})


@require_safe
@requires(Action.VIEW_ATTACHMENT)
def paper_file(request: SignedInRequest, paper: uuid.UUID) -> HttpResponseBase:
    """Give the bytes as they were issued, to whoever may see the row that the paper is about."""
    found = IssuedPaper.objects.within_reach(request.user, paper)
    if found is None or not found.stored_name:
        raise Http404
    try:
        stream = found.path.open("rb")
    except FileNotFoundError:
        log.error("paper %s: its file is missing", found.number)
        return render(request, "accounts/attachments/missing.html", {}, status=404)
    is_pdf = stream.read(5) == b"%PDF-"
    stream.seek(0)
    answer = FileResponse(
        stream,
        as_attachment=True,
        filename=f"{found.title}-{found.number}.{'pdf' if is_pdf else 'docx'}",
        content_type="application/pdf" if is_pdf else "application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@public
@require_safe
def paper_verify(request: HttpRequest) -> HttpResponse:
    """Let anybody check a paper by number and code. A wrong pair tells nothing about either."""
    asked = any(name in request.GET for name in ("number", "code"))
    form = CheckForm(request.GET if asked else None)
    context: dict[str, Any] = {"form": form, "asked": False}
    if not form.is_valid():
        return render(request, "public/verify.html", context, status=422 if asked else 200)
    address = client_address(request)
    if count_try("verify", address) > TRIES_A_MINUTE:
        answer = render(request, "public/verify.html", {**context, "too_often": True}, status=429)
        answer["Retry-After"] = "60"
        return answer
    paper = check_paper(**form.cleaned_data)
    return render(request, "public/verify.html", {**context, "asked": True, "paper": paper})
