"""Pilots: the list, one with its phases and targets, setting one up, changing and removing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.models import AuditEvent
from accounts.policy import Action, may
from common.keyset import in_order
from demonstration.views.acts import incomplete, perform, save_form
from pilot.forms.programmes import PhaseForm, PhaseRemovalForm, ProgrammeForm
from pilot.indicators import BY_KEY, INDICATORS
from pilot.models import Phase, Programme
from pilot.nouns import PROGRAMMES
from pilot.operations import programmes as operations
from pilot.operations.targets import FROZEN

LIST = "pilot:programme-list"
ORDER = [indicator.key for indicator in INDICATORS]


@require_safe
@requires(Action.VIEW_PROGRAMME)
def programme_list(request: SignedInRequest) -> HttpResponse:
    """List the pilots, the latest first."""
    reach = Programme.objects.permitted(request.user, Action.VIEW_PROGRAMME)
    context = {"rows": in_order(reach.counted(request.user), PROGRAMMES.order)}
    return render(request, "pilot/programmes/list.html", context)


@require_safe
@requires(Action.VIEW_PROGRAMME)
def programme_detail(request: SignedInRequest, programme: int) -> HttpResponse:
    """Show a pilot: its facts, phases and targets, and the ways to its pages."""
    found = _programme(request, programme, Action.VIEW_PROGRAMME)
    edits = may(request.user, Action.EDIT_PROGRAMME)
    sets = may(request.user, Action.EDIT_TARGET)
    phases = list(found.phases.in_order(request.user))
    context = {
        "programme": found,
        "phases": phases,
        "targets": _targets(found, request),
        "pages": _pages(request, found),
        "edits": edits,
        "sets": sets,
        "frozen": FROZEN if found.editions.exists() or found.acceptances.exists() else "",
        "events": AuditEvent.objects.about(found) if edits else [],
    }
    return render(request, "pilot/programmes/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_PROGRAMME)
def programme_create(request: SignedInRequest) -> HttpResponse:
    """Set a pilot up beside those that there are."""
    page: dict[str, Any] = {
        "title": "设立试点",
        "lead": "设立后再定阶段、目标，并载入起始工作表。",
        "back": reverse(LIST),
        "crumbs": [("试点设置", reverse(LIST))],
    }

    def act(form: ProgrammeForm) -> None:
        made = operations.create_programme(form.facts(), by=request.user)
        page["back"] = _here(made)

    form = ProgrammeForm(request.POST or None)
    done = "试点已设立。请接着设定阶段和目标。"
    return save_form(request, form, act, done=done, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_PROGRAMME)
def programme_edit(request: SignedInRequest, programme: int) -> HttpResponse:
    """Change what a pilot is, with a reason."""
    found = _programme(request, programme, Action.EDIT_PROGRAMME)
    return save_form(
        request,
        ProgrammeForm(request.POST or None, instance=found),
        lambda form: operations.edit_programme(
            found,
            form.facts(),
            version=form.seen,
            reason=form.cleaned_data["reason"],
            by=request.user,
        ),
        done="已保存。",
        page=page_of(found, "修改试点"),
    )


@require_POST
@requires(Action.EDIT_PROGRAMME)
def programme_remove(request: SignedInRequest, programme: int) -> HttpResponse:
    """Take a pilot away that was set up by mistake."""
    found = _programme(request, programme, Action.EDIT_PROGRAMME)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    used = found.tasks.exists() or found.editions.exists() or found.acceptances.exists()
    return perform(
        request,
        lambda: operations.remove_programme(
            found, version=asked["version"], reason=asked["reason"], by=request.user
        ),
        done="试点已删除。",
        back=_here(found) if used or found.archives.exists() else reverse(LIST),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_PROGRAMME)
def phase_create(request: SignedInRequest, programme: int) -> HttpResponse:
    """Add a phase to a pilot."""
    found = _programme(request, programme, Action.EDIT_PROGRAMME)
    return save_form(
        request,
        PhaseForm(request.POST or None, programme=found),
        lambda form: operations.create_phase(found, form.facts(), by=request.user),
        done="阶段已加入。",
        page=page_of(found, "新增阶段"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_PROGRAMME)
def phase_edit(request: SignedInRequest, phase: int) -> HttpResponse:
    """Change a phase; its tasks keep their days."""
    found = _phase(request, phase)
    return save_form(
        request,
        PhaseForm(request.POST or None, instance=found),
        lambda form: operations.edit_phase(found, form.facts(), version=form.seen, by=request.user),
        done="已保存，任务的日期没有变动。",
        page=page_of(found.programme, "修改阶段"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_PROGRAMME)
def phase_remove(request: SignedInRequest, phase: int) -> HttpResponse:
    """Ask where the tasks of a phase move, then take it away."""
    found = _phase(request, phase)
    back = _here(found.programme)
    if request.method == "POST":
        form = PhaseRemovalForm(request.POST, found)
        if not form.is_valid():
            return incomplete(request, form, back=reverse("pilot:phase-remove", args=[found.pk]))
        asked = form.cleaned_data
        return perform(
            request,
            lambda: operations.remove_phase(
                found,
                asked["heir"],
                version=asked["version"],
                reason=asked["reason"],
                by=request.user,
            ),
            done="阶段已删除；它的任务已移到所选的阶段，日期没有变动。",
            back=back,
        )
    context = {
        "phase": found,
        "number": found.tasks.count(),
        "others": found.programme.phases.exclude(pk=found.pk).order_by("starts_on", "pk"),
    }
    return render(request, "pilot/programmes/phase_remove.html", context)


def page_of(programme: Programme, heading: str) -> dict[str, Any]:
    """Return what the page of a form about a pilot needs."""
    return {
        "title": heading,
        "lead": programme.name,
        "back": _here(programme),
        "crumbs": [("试点设置", reverse(LIST)), (programme.name, _here(programme))],
    }


def _targets(programme: Programme, request: SignedInRequest) -> list[dict[str, Any]]:
    """Return the targets in the order of the board, with what their indicators say today."""
    seen = may(request.user, Action.VIEW_INDICATOR)
    rows = sorted(programme.targets.all(), key=lambda target: ORDER.index(target.indicator))
    return [
        {
            "target": target,
            "indicator": (asked := BY_KEY[target.indicator]),
            "url": f"{reverse('pilot:indicator', args=[asked.key])}?{programme.query}"
            if seen and asked.may(request.user)
            else "",
            "newer": asked.definition_version > target.definition_version,
        }
        for target in rows
    ]


def _pages(request: SignedInRequest, programme: Programme) -> list[tuple[str, str, str]]:
    """Return word, address and icon of the pages of a pilot that this person may open."""
    return [
        (word, f"{reverse(page)}?{programme.query}", icon)
        for word, page, icon, action in (
            ("试点进展", "pilot:board", "dashboard", Action.VIEW_INDICATOR),
            ("倒排工作表", "pilot:plan-board", "calendar", Action.VIEW_WORK_PLAN),
            ("定版与通报", "pilot:edition-list", "report", Action.VIEW_EDITION),
            ("验收核对", "pilot:acceptance-list", "audit", Action.VIEW_ACCEPTANCE),
            ("试点归档", "pilot:archive-list", "download", Action.VIEW_ARCHIVE),
        )
        if may(request.user, action)
    ]


def _programme(request: SignedInRequest, key: int, action: Action) -> Programme:
    return get_object_or_404(Programme.objects.permitted(request.user, action), pk=key)


def _phase(request: SignedInRequest, key: int) -> Phase:
    reach = Phase.objects.permitted(request.user, Action.EDIT_PROGRAMME)
    return get_object_or_404(reach.select_related("programme"), pk=key)


def _here(programme: Programme) -> str:
    return reverse("pilot:programme-detail", args=[programme.pk])
