"""Parts of units: the list, a unit's own page, one part with its steps and its evidence."""

from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.models import Attachment, AuditEvent, OrganisationUnit
from accounts.operations.attachments import attach_file
from accounts.policy import Action, Reach, may, reach_of
from common import clock
from common.htmx import wants_partial
from demonstration.views.acts import incomplete, perform
from demonstration.views.files import FilesForm
from pilot.evidence import shown_links, shown_proofs
from pilot.forms.work_plan import LinkForm, PartFilter, ProgressForm
from pilot.kept_lists import PARTS
from pilot.models import EvidenceLink, Programme, TaskPart
from pilot.operations import task_parts as operations
from pilot.plan_choices import LATE, LATE_WORD, OPEN_PARTS, PartState
from pilot.plan_workflows import PART
from pilot.programmes import chosen_programme, programme_tabs
from pilot.wall import MARKS, Wall, wall_of
from registry.views.pages import cut_by

PURPOSE = "任务佐证"


@require_safe
@requires(Action.VIEW_WORK_PLAN)
@kept_as(PARTS)
def part_list(request: SignedInRequest) -> HttpResponse:
    """List the parts in reach, the nearest day first."""
    programme = chosen_programme(request)
    form = PartFilter(request.GET, user=request.user, programme=programme)
    reach = TaskPart.objects.permitted(request.user, Action.VIEW_WORK_PLAN)
    found = form.narrow(reach.filter(task__programme=programme))
    context = {
        "programme": programme,
        "programme_tabs": programme_tabs(request, programme),
        "form": form,
        "chosen": form.chosen,
        "page": cut_by(request, found.for_list(), PARTS.order),
        "number": found.count(),
    }
    name = "_parts" if wants_partial(request) else "parts"
    return render(request, f"pilot/plan/{name}.html", context)


@require_safe
@requires(Action.VIEW_WORK_PLAN)
def plan_wall(request: SignedInRequest) -> HttpResponse:
    """Show the tasks by township, each part in reach as a cell that opens it."""
    programme = chosen_programme(request)
    form = PartFilter(request.GET, user=request.user, programme=programme)
    reach = TaskPart.objects.permitted(request.user, Action.VIEW_WORK_PLAN)
    townships = reach.filter(
        task__programme=programme, unit__in=OrganisationUnit.objects.reporting()
    )
    found = form.narrow(townships).select_related("task", "unit")
    wall = wall_of(found.order_by("task__start_on", "task", "pk"))
    context = {
        "programme": programme,
        "programme_tabs": programme_tabs(request, programme),
        "form": form,
        "chosen": form.chosen,
        "wall": wall,
        "late": _late_lists(form, wall, programme),
        "marks": list(MARKS.values()),
    }
    name = "_wall" if wants_partial(request) else "wall"
    return render(request, f"pilot/plan/{name}.html", context)


def _late_lists(form: PartFilter, wall: Wall, programme: Programme | None) -> list[dict[str, Any]]:
    """Return how many parts of each unit are overdue, with the list that shows them."""
    kept = {name: form.data[name] for name in ("q", "phase") if form.data.get(name)}
    if programme:
        kept["programme"] = programme.pk
    here = reverse("pilot:part-list")
    return [
        {
            "number": number,
            "url": f"{here}?{urlencode({**kept, 'unit': unit.pk, 'state': LATE})}",
        }
        for unit, number in zip(wall.units, wall.late, strict=True)
    ]


@require_safe
@requires(Action.VIEW_WORK_PLAN)
def unit_page(request: SignedInRequest, unit: int) -> HttpResponse:
    """Show what one unit has to do for the pilot, in numbers and as a list."""
    whole = reach_of(request.user, Action.VIEW_WORK_PLAN) == Reach.DISTRICT
    subject = get_object_or_404(OrganisationUnit, pk=unit)
    programme = chosen_programme(request)
    reach = TaskPart.objects.permitted(request.user, Action.VIEW_WORK_PLAN).filter(unit=subject)
    if not whole and request.user.unit_id != unit and not reach.exists():
        raise Http404
    parts = reach.filter(task__programme=programme)
    context = {
        "unit": subject,
        "programme": programme,
        "programme_tabs": programme_tabs(request, programme),
        "tiles": _tiles(parts, subject, programme),
        "parts": parts.for_list().order_by("task__due_on", "pk"),
        "today": clock.today(),
    }
    return render(request, "pilot/plan/unit.html", context)


def _tiles(parts: Any, unit: OrganisationUnit, programme: Programme | None) -> list[dict[str, Any]]:
    counts = {state.value: Count("pk", filter=Q(state=state)) for state in PartState}
    late = Q(state__in=OPEN_PARTS, task__due_on__lt=clock.today())
    numbers = parts.aggregate(**counts, late=Count("pk", filter=late))
    kept = f"{programme.query}&" if programme else ""
    address = f"{reverse('pilot:part-list')}?{kept}unit={unit.pk}"
    return [
        {"label": label, "value": numbers[state], "url": f"{address}&state={state}"}
        for state, label in ((LATE, LATE_WORD), *PartState.choices)
    ]


@require_safe
@requires(Action.VIEW_WORK_PLAN)
def part_detail(request: SignedInRequest, part: int) -> HttpResponse:
    """Show one part: where it stands, its steps, what proves it."""
    found = _part(request, part, Action.VIEW_WORK_PLAN)
    reports = _reports(request, found)
    context = {
        "part": found,
        "task": found.task,
        "buttons": _buttons(request, found, reports=reports),
        "reports": reports,
        "may_link": reports and found.state != PartState.CONFIRMED,
        "progress_form": _progress_form(found) if reports else None,
        "link_form": LinkForm(),
        "attach_form": FilesForm(),
        "attachments": Attachment.objects.of(found).select_related("added_by"),
        "links": shown_links(found, request.user),
        "proofs": shown_proofs(found.task, request.user),
        "events": AuditEvent.objects.about(found),
    }
    return render(request, "pilot/plan/part.html", context)


@require_POST
@requires(Action.VIEW_WORK_PLAN)
def part_step(request: SignedInRequest, part: int) -> HttpResponse:
    """Take a step: begin, report as done, confirm, send back; the flow asks for the right."""
    found = _part(request, part, Action.VIEW_WORK_PLAN)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.move_part(
            found,
            asked["target"],
            by=request.user,
            version=asked["version"],
            reason=asked["reason"],
        ),
        done="已办理。",
        back=_here(found),
    )


@require_POST
@requires(Action.REPORT_TASK)
def part_progress(request: SignedInRequest, part: int) -> HttpResponse:
    """Say how far a part is."""
    found = _part(request, part, Action.REPORT_TASK)
    form = ProgressForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.report_progress(
            found,
            progress=asked["progress"],
            note=asked["note"],
            version=asked["version"],
            by=request.user,
        ),
        done="进展已登记。",
        back=_here(found),
    )


@require_POST
@requires(Action.REPORT_TASK)
def part_attach(request: SignedInRequest, part: int) -> HttpResponse:
    """Add files that prove a part."""
    found = _part(request, part, Action.REPORT_TASK)
    form = FilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))

    def act() -> None:
        for upload in form.cleaned_data["files"]:
            attach_file(found, upload, purpose=PURPOSE, by=request.user)

    return perform(request, act, done="已上传。", back=_here(found))


@require_POST
@requires(Action.REPORT_TASK)
def part_link(request: SignedInRequest, part: int) -> HttpResponse:
    """Name a page of the portal that proves a part."""
    found = _part(request, part, Action.REPORT_TASK)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.link_evidence(
            found, label=asked["label"], address=asked["address"], by=request.user
        ),
        done="已添加。",
        back=_here(found),
    )


@require_POST
@requires(Action.REPORT_TASK)
def part_unlink(request: SignedInRequest, part: int, link: int) -> HttpResponse:
    """Take a named page away."""
    found = _part(request, part, Action.REPORT_TASK)
    one = get_object_or_404(EvidenceLink.objects.select_related("part"), pk=link, part=found)
    return perform(
        request,
        lambda: operations.unlink_evidence(one, by=request.user),
        done="已移除。",
        back=_here(found),
    )


def _buttons(request: SignedInRequest, part: TaskPart, *, reports: bool) -> list[dict[str, Any]]:
    """Return the steps that leave the state and that this person may take, with what bars them."""
    shown = []
    for arrow in PART.leaving(part.state):
        if arrow.action == Action.REPORT_TASK and not reports:
            continue
        if not may(request.user, arrow.action):
            continue
        own = arrow.target == PartState.CONFIRMED and part.done_by_id == request.user.pk
        shown.append(
            {
                "arrow": arrow,
                "id": f"step-{arrow.target}",
                "bar": operations.SAME_PERSON if own else arrow.unless(part),
                "hidden": [("target", arrow.target)],
                "forward": arrow.target != PartState.UNDER_WAY or part.state == "not_begun",
                "says": "写明完成情况和成效" if arrow.target == PartState.DONE else "理由",
            }
        )
    return shown


def _progress_form(part: TaskPart) -> ProgressForm | None:
    if part.state != PartState.UNDER_WAY:
        return None
    start = {"progress": part.progress, "note": part.note, "version": part.version}
    return ProgressForm(initial=start)


def _reports(request: SignedInRequest, part: TaskPart) -> bool:
    reach = TaskPart.objects.permitted(request.user, Action.REPORT_TASK)
    return may(request.user, Action.REPORT_TASK) and reach.filter(pk=part.pk).exists()


def _part(request: SignedInRequest, key: int, action: Action) -> TaskPart:
    reach = TaskPart.objects.permitted(request.user, action)
    related = reach.for_list().select_related("task__programme", "done_by", "confirmed_by")
    return get_object_or_404(related, pk=key)


def _here(part: TaskPart) -> str:
    return reverse("pilot:part-detail", args=[part.pk])
