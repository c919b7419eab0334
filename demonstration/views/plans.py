"""One society, one plan: the list, one plan with its seven dimensions, and the named lists."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.models import Attachment
from accounts.policy import Action, may
from common.htmx import wants_partial
from common.keyset import in_order
from demonstration.choices import WANTED, Dimension, NamedList, PlanState
from demonstration.documents import plan_as_word
from demonstration.forms.plans import ListEntryForm, MeasureForm, PlanFilter, PlanForm
from demonstration.kept_lists import PLANS
from demonstration.models import CultivationPlan, NamedListEntry, PlanMeasure
from demonstration.nouns import NAMED_LISTS
from demonstration.operations import plans as operations
from demonstration.progress import typical_progress
from demonstration.views.acts import incomplete, perform, save_form
from demonstration.views.eligibility import society_of
from demonstration.views.files import FilesForm
from registry.models import Cooperative
from registry.views.pages import cut

LIST = "demonstration:plan-list"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@requires(Action.VIEW_PLAN)
@kept_as(PLANS)
def plan_list(request: SignedInRequest) -> HttpResponse:
    """List the plans in reach with how far they are."""
    reach = CultivationPlan.objects.permitted(request.user, Action.VIEW_PLAN)
    form = PlanFilter(request.GET, user=request.user)
    found = form.narrow(reach)
    rows = found.with_progress().select_related("cooperative__township", "responsible")
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": cut(request, rows, "pk", descending=True),
        "number": found.count(),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"demonstration/plans/{name}.html", context)


@require_safe
@requires(Action.VIEW_PLAN)
def plan_detail(request: SignedInRequest, plan: int) -> HttpResponse:
    """Show one plan by its seven dimensions; facts that can be read stand beside the aims."""
    found = _plan(request, plan, Action.VIEW_PLAN)
    measures = list(found.measures.select_related("department").order_by("due_on", "pk"))
    edits = found.state == PlanState.ACTIVE and _edits(request, found)
    context = {
        "plan": found,
        "society": found.cooperative,
        "dimensions": [
            (each.label, [m for m in measures if m.dimension == each.value]) for each in Dimension
        ],
        "done": sum(m.done_on is not None for m in measures),
        "total": len(measures),
        "progress": typical_progress(found.cooperative),
        "edits": edits,
        "attachments": Attachment.objects.of(found).select_related("added_by"),
        "attach_form": FilesForm(),
        "open_measures": [m for m in measures if m.done_on is None] if edits else [],
        "reached": [("state", PlanState.REACHED.value)],
        "stopped": [("state", PlanState.STOPPED.value)],
    }
    return render(request, "demonstration/plans/detail.html", context)


@require_safe
@requires(Action.VIEW_PLAN)
def plan_word(request: SignedInRequest, plan: int) -> HttpResponse:
    """Hand out a plan as a Word file."""
    found = _plan(request, plan, Action.VIEW_PLAN)
    answer = HttpResponse(plan_as_word(found), content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="plan-{found.pk}.docx"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_PLAN)
def plan_create(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Begin the plan of a society."""
    society = society_of(request, uscc, Action.EDIT_PLAN)
    form = PlanForm(request.POST or None, user=request.user)
    page = {
        "title": "编制培育方案",
        "lead": f"{society.name}（一社一案：同时只有一份）",
        "back": reverse(LIST),
        "crumbs": [("一社一案", reverse(LIST))],
    }
    return save_form(
        request,
        form,
        lambda form: operations.open_plan(society, form.facts(), by=request.user),
        done="方案已建立，请按七个方面填写措施。",
        page=page,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_PLAN)
def plan_edit(request: SignedInRequest, plan: int) -> HttpResponse:
    """Change a plan."""
    found = _plan(request, plan, Action.EDIT_PLAN)
    form = PlanForm(request.POST or None, instance=found, user=request.user)
    return save_form(
        request,
        form,
        lambda form: operations.edit_plan(found, form.facts(), version=form.seen, by=request.user),
        done="已保存。",
        page=_page(found, "修改培育方案"),
    )


@require_POST
@requires(Action.EDIT_PLAN)
def plan_close(request: SignedInRequest, plan: int) -> HttpResponse:
    """End a plan."""
    found = _plan(request, plan, Action.EDIT_PLAN)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    reached = request.POST.get("state") == PlanState.REACHED
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.close_plan(
            found,
            PlanState.REACHED if reached else PlanState.STOPPED,
            reason=asked["reason"],
            version=asked["version"],
            by=request.user,
        ),
        done="方案已结束。",
        back=_here(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_PLAN)
def measure_create(request: SignedInRequest, plan: int) -> HttpResponse:
    """Add a measure."""
    found = _plan(request, plan, Action.EDIT_PLAN)
    form = MeasureForm(
        request.POST or None, initial={"dimension": request.GET.get("dimension", "")}
    )
    return save_form(
        request,
        form,
        lambda form: operations.save_measure(found, None, form.facts(), version=0, by=request.user),
        done="措施已保存。",
        page=_page(found, "新增措施"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_PLAN)
def measure_edit(request: SignedInRequest, plan: int, measure: int) -> HttpResponse:
    """Change a measure."""
    found = _plan(request, plan, Action.EDIT_PLAN)
    one = get_object_or_404(PlanMeasure, pk=measure, plan=found)
    form = MeasureForm(request.POST or None, instance=one)
    return save_form(
        request,
        form,
        lambda form: operations.save_measure(
            found, one, form.facts(), version=form.seen, by=request.user
        ),
        done="措施已保存。",
        page=_page(found, "修改措施"),
    )


@require_POST
@requires(Action.EDIT_PLAN)
def measure_finish(request: SignedInRequest, plan: int, measure: int) -> HttpResponse:
    """Mark a measure done."""
    found = _plan(request, plan, Action.EDIT_PLAN)
    one = get_object_or_404(PlanMeasure.objects.select_related("plan"), pk=measure, plan=found)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.finish_measure(
            one, note=asked["reason"], version=asked["version"], by=request.user
        ),
        done="已登记完成。",
        back=_here(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.VIEW_PLAN)
def named_lists(request: SignedInRequest) -> HttpResponse:
    """Show the named lists with their reasons and how many are still wanted; enter a society."""
    reach = NamedListEntry.objects.permitted(request.user, Action.VIEW_PLAN).current()
    entries = list(in_order(reach.select_related("cooperative__township"), NAMED_LISTS.order))
    here = reverse("demonstration:named-lists")
    form = ListEntryForm(request.POST or None)
    status = 200
    if request.method == "POST" and may(request.user, Action.EDIT_NAMED_LIST):
        answer = _enter(request, form, here)
        if answer is not None:
            return answer
        status = 422
    context = {
        "lists": [
            {
                "name": each.label,
                "rows": [entry for entry in entries if entry.name == each.value],
                "wanted": WANTED.get(each),
            }
            for each in NamedList
        ],
        "number": len(entries),
        "form": form,
    }
    return render(request, "demonstration/plans/lists.html", context, status=status)


def _enter(request: SignedInRequest, form: ListEntryForm, here: str) -> HttpResponse | None:
    if not form.is_valid():
        return None
    asked = form.cleaned_data
    code = asked["code"].strip().upper()
    reach = Cooperative.objects.permitted(request.user, Action.EDIT_NAMED_LIST)
    society = reach.filter(Q(uscc=code) | Q(registration_no=code)).first()
    if society is None:
        form.add_error("code", "名录里没有这个代码的合作社。请核对代码，或先在名录里查找。")
        return None
    return perform(
        request,
        lambda: operations.enter_on_list(
            society, NamedList(asked["name"]), asked["reason"], by=request.user
        ),
        done=f"“{society}”已列入{NamedList(asked['name']).label}名单。",
        back=here,
    )


@require_POST
@requires(Action.EDIT_NAMED_LIST)
def list_leave(request: SignedInRequest, entry: int) -> HttpResponse:
    """Take a society off a list."""
    reach = NamedListEntry.objects.permitted(request.user, Action.EDIT_NAMED_LIST)
    found = get_object_or_404(reach, pk=entry)
    here = reverse("demonstration:named-lists")
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=here)
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.leave_list(
            found, reason=asked["reason"], version=asked["version"], by=request.user
        ),
        done="已退出名单，原来的入选记录保留。",
        back=here,
    )


def _plan(request: SignedInRequest, key: int, action: Action) -> CultivationPlan:
    reach = CultivationPlan.objects.permitted(request.user, action)
    return get_object_or_404(
        reach.select_related("cooperative__township", "responsible__unit", "department"), pk=key
    )


def _edits(request: SignedInRequest, plan: CultivationPlan) -> bool:
    reach = CultivationPlan.objects.permitted(request.user, Action.EDIT_PLAN)
    return reach.filter(pk=plan.pk).exists()


def _here(plan: CultivationPlan) -> str:
    return reverse("demonstration:plan-detail", args=[plan.pk])


def _page(plan: CultivationPlan, heading: str) -> dict[str, Any]:
    return {
        "title": heading,
        "lead": plan.cooperative.name,
        "back": _here(plan),
        "crumbs": [("一社一案", reverse(LIST)), (plan.cooperative.name, _here(plan))],
    }
