"""Funds and projects: the list with its totals, one with its conditions, and each step."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.policy import Action, may
from common.htmx import wants_partial
from demonstration.views.acts import incomplete, perform, save_form
from demonstration.views.eligibility import society_of
from liaison.forms.supports import InspectionForm, SupportFilter, SupportForm
from liaison.kept_lists import SUPPORTS
from liaison.models import SupportGrant
from liaison.operations import supports as operations
from liaison.qualification import conditions_of
from liaison.support_choices import SupportKind
from registry.views.choosing import choose_society
from registry.views.pages import cut

LIST = "liaison:support-list"


@require_safe
@requires(Action.VIEW_SUPPORT)
@kept_as(SUPPORTS)
def support_list(request: SignedInRequest) -> HttpResponse:
    """List funds and projects; every total is that of the very list below it."""
    reach = SupportGrant.objects.permitted(request.user, Action.VIEW_SUPPORT).standing()
    form = SupportFilter(request.GET, rows=reach, user=request.user)
    found = form.narrow(reach)
    kinds = dict(SupportKind.choices)
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": cut(request, found.select_related("cooperative__township"), "pk", descending=True),
        "whole": found.sum_of_all(),
        "tables": [
            ("按年度", [(f"{line['year']}年", line) for line in found.sums_by("year")]),
            ("按类别", [(kinds[line["kind"]], line) for line in found.sums_by("kind")]),
            ("按乡镇街道", _by_township(found)),
        ],
        "manages": may(request.user, Action.MANAGE_SUPPORT),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"liaison/supports/{name}.html", context)


@require_safe
@requires(Action.VIEW_SUPPORT)
def support_detail(request: SignedInRequest, support: int) -> HttpResponse:
    """Show one fund or project, whether its society qualifies today, and the inspections."""
    found = _support(request, support, Action.VIEW_SUPPORT)
    manages = found.stands and may(request.user, Action.MANAGE_SUPPORT)
    context = {
        "support": found,
        "conditions": conditions_of(found.cooperative, needs_title=found.needs_title),
        "inspections": found.inspections.select_related("by").order_by("-inspected_on", "-pk"),
        "manages": manages,
        "form": InspectionForm() if manages else None,
    }
    return render(request, "liaison/supports/detail.html", context)


@require_safe
@requires(Action.MANAGE_SUPPORT)
def support_choose(request: SignedInRequest) -> HttpResponse:
    """Find the society that a fund or project went to."""
    return choose_society(
        request,
        Action.MANAGE_SUPPORT,
        lead="按名称或统一社会信用代码查找得到资金或项目的合作社。",
        crumb=("扶持资金和项目", reverse(LIST)),
        create=("登记扶持", "liaison:support-create"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_SUPPORT)
def support_create(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Enter a fund or project of a society."""
    society = society_of(request, uscc, Action.MANAGE_SUPPORT)
    words = "；".join(
        f"{each.label}：{each.verdict.label}" for each in conditions_of(society, needs_title=True)
    )
    page = {
        "title": "登记扶持资金或项目",
        "lead": f"{society.name}（{words}）",
        "back": reverse(LIST),
        "crumbs": [("扶持资金和项目", reverse(LIST))],
    }
    return save_form(
        request,
        SupportForm(request.POST or None),
        lambda form: operations.enter_support(society, form.facts(), by=request.user),
        done="已登记。",
        page=page,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_SUPPORT)
def support_edit(request: SignedInRequest, support: int) -> HttpResponse:
    """Correct a fund or project."""
    found = _support(request, support, Action.MANAGE_SUPPORT)
    page = {
        "title": "更正扶持资金或项目",
        "lead": found.cooperative.name,
        "back": _here(found),
        "crumbs": [("扶持资金和项目", reverse(LIST)), (str(found), _here(found))],
    }
    return save_form(
        request,
        SupportForm(request.POST or None, instance=found),
        lambda form: operations.edit_support(
            found,
            form.facts(),
            reason=form.cleaned_data["reason"],
            version=form.seen,
            by=request.user,
        ),
        done="已更正，原来的内容留在操作记录里。",
        page=page,
    )


@require_POST
@requires(Action.MANAGE_SUPPORT)
def support_withdraw(request: SignedInRequest, support: int) -> HttpResponse:
    """Take back a mistake."""
    found = _support(request, support, Action.MANAGE_SUPPORT)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.withdraw_support(
            found, reason=asked["reason"], version=asked["version"], by=request.user
        ),
        done="已撤回。",
        back=_here(found),
    )


@require_POST
@requires(Action.MANAGE_SUPPORT)
def support_inspect(request: SignedInRequest, support: int) -> HttpResponse:
    """Write down an inspection."""
    found = _support(request, support, Action.MANAGE_SUPPORT)
    form = InspectionForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    return perform(
        request,
        lambda: operations.inspect_support(found, form.cleaned_data, by=request.user),
        done="检查记录已保存。",
        back=_here(found),
    )


def _by_township(found: Any) -> list[tuple[str, dict[str, Any]]]:
    lines = found.sums_by("cooperative__township__position", "cooperative__township__short_name")
    return [(line["cooperative__township__short_name"] or "待判定", line) for line in lines]


def _support(request: SignedInRequest, key: int, action: Action) -> SupportGrant:
    reach = SupportGrant.objects.permitted(request.user, action)
    found: SupportGrant = get_object_or_404(
        reach.select_related("cooperative__township", "entered_by"), pk=key
    )
    return found


def _here(support: SupportGrant) -> str:
    return reverse("liaison:support-detail", args=[support.pk])
