"""Editions: what was frozen, and the bulletin drafted from it."""

import datetime as dt
import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action, may
from common import clock
from common.htmx import wants_partial
from pilot.bulletin import bulletin_as_pdf, bulletin_as_word
from pilot.forms.figures import BulletinForm, EditionFilter, EditionForm
from pilot.models import Edition
from pilot.operations.editions import freeze
from pilot.pace import WORDS
from pilot.programmes import chosen_programme, programme_tabs
from registry.views.pages import cut

PDF_TYPE = "application/pdf"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@requires(Action.VIEW_EDITION)
def edition_list(request: SignedInRequest) -> HttpResponse:
    """List the editions of a programme, the latest first."""
    programme = chosen_programme(request)
    reach = Edition.objects.permitted(request.user, Action.VIEW_EDITION)
    form = EditionFilter(request.GET)
    found = form.narrow(reach.filter(programme=programme))
    rows = found.defer("content").select_related("made_by")
    context = {
        "form": form,
        "chosen": form.chosen,
        "programme": programme,
        "programme_tabs": programme_tabs(request, programme),
        "number": found.count(),
        "page": cut(request, rows, "pk", descending=True),
        "may_freeze": may(request.user, Action.ISSUE_EDITION),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"pilot/editions/{name}.html", context)


@require_safe
@requires(Action.VIEW_EDITION)
def edition_detail(request: SignedInRequest, number: str) -> HttpResponse:
    """Show an edition as it was frozen."""
    found = _edition(request, number)
    context = {
        "edition": found,
        "facts": found.facts,
        "indicators": [{**each, "tone": _tone(each)} for each in found.facts["indicators"]],
        "form": BulletinForm(),
    }
    return render(request, "pilot/editions/detail.html", context)


@require_safe
@requires(Action.VIEW_EDITION)
def edition_figure(request: SignedInRequest, number: str, key: str) -> HttpResponse:
    """Show the list behind a frozen figure."""
    found = _edition(request, number)
    by_key = {each["key"]: each for each in found.facts["indicators"]}
    if key not in by_key:
        return redirect("pilot:edition-detail", number=number)
    asked = by_key[key]
    due_on = dt.date.fromisoformat(asked["due_on"]) if asked["due_on"] else None
    context = {"edition": found, "asked": {**asked, "due_on": due_on}, "tone": _tone(asked)}
    return render(request, "pilot/editions/figure.html", context)


@require_safe
@requires(Action.VIEW_EDITION)
def edition_file(request: SignedInRequest, number: str) -> HttpResponse:
    """Send the frozen content itself, byte for byte."""
    found = _edition(request, number)
    answer = HttpResponse(found.content, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.number}.json"'
    answer["X-Content-SHA256"] = found.sha256
    return answer


@require_safe
@requires(Action.VIEW_EDITION)
def edition_bulletin(request: SignedInRequest, number: str) -> FileResponse:
    """Send the draft of the bulletin as a Word file, or as a PDF with the same figures."""
    found = _edition(request, number)
    ranking = bool(request.GET.get("ranking"))
    if request.GET.get("format") == "pdf":
        content, ending, kind = bulletin_as_pdf(found, ranking=ranking), "pdf", PDF_TYPE
    else:
        content, ending, kind = bulletin_as_word(found, ranking=ranking), "docx", WORD_TYPE
    return FileResponse(
        io.BytesIO(content),
        as_attachment=True,
        filename=f"试点工作进展通报（{found.number}）.{ending}",
        content_type=kind,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.ISSUE_EDITION)
def edition_create(request: SignedInRequest) -> HttpResponse:
    """Freeze the figures of a day under a number."""
    programme = chosen_programme(request)
    if programme is None:
        return render(request, "pilot/board/none.html")
    initial = {"on": clock.today()}
    form = EditionForm(request.POST or None, programme=programme, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = freeze(programme, **form.cleaned_data, by=request.user)
        messages.success(request, f"已定版，编号{made.number}。以后数据再变，本版不变。")
        return redirect("pilot:edition-detail", number=made.number)
    status = 422 if form.errors else 200
    context = {"form": form, "programme": programme}
    return render(request, "pilot/editions/create.html", context, status=status)


def _edition(request: SignedInRequest, number: str) -> Edition:
    reach = Edition.objects.permitted(request.user, Action.VIEW_EDITION)
    found: Edition = get_object_or_404(reach.select_related("programme", "made_by"), number=number)
    return found


def _tone(frozen: dict[str, Any]) -> str:
    return WORDS[frozen["state"]][1] if frozen["state"] else ""
