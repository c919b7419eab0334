"""The innovation record: the district's list with its sums, one society, one line and its steps."""

from typing import Any

from django.http import Http404, HttpResponse
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
from demonstration.choices import Verification
from demonstration.forms.innovations import DividendForm, InnovationFilter, InnovationForm
from demonstration.innovation_choices import ASKED_OF, InnovationKind
from demonstration.kept_lists import INNOVATIONS
from demonstration.models import InnovationEntry, ShareDividend
from demonstration.models.innovation import newest_first
from demonstration.operations import innovations as operations
from demonstration.surety import surest
from demonstration.views.acts import incomplete, perform, save_form
from demonstration.views.eligibility import society_of
from demonstration.views.files import FilesForm
from registry.models import Cooperative
from registry.views.pages import cut

LIST = "demonstration:innovation-list"


@require_safe
@requires(Action.VIEW_INNOVATION)
@kept_as(INNOVATIONS)
def innovation_list(request: SignedInRequest) -> HttpResponse:
    """List the record of the societies in reach; every sum is that of the very list below it."""
    reach = InnovationEntry.objects.permitted(request.user, Action.VIEW_INNOVATION)
    form = InnovationFilter(request.GET, user=request.user)
    found = form.narrow(reach)
    kinds = dict(InnovationKind.choices)
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": cut(request, found.for_list(), "pk", descending=True),
        "whole": found.sum_of_all(),
        "tables": [
            ("按乡镇街道", _by_township(found)),
            ("按类别", [(kinds[line["kind"]], line) for line in found.sums_by("kind")]),
            ("按年度", [(f"{line['year']}年", line) for line in found.sums_by("year")]),
        ],
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"demonstration/innovations/{name}.html", context)


@require_safe
@requires(Action.VIEW_INNOVATION)
def society_innovations(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Show the record of one society, kind by kind."""
    society = society_of(request, uscc, Action.VIEW_INNOVATION)
    rows = list(
        InnovationEntry.objects.filter(cooperative=society).standing().for_list().in_order()
    )
    context = {
        "society": society,
        "number": len(rows),
        "kinds": [(kind, [row for row in rows if row.kind == kind]) for kind in InnovationKind],
        "edits": Cooperative.objects.permitted(request.user, Action.EDIT_INNOVATION)
        .filter(pk=society.pk)
        .exists(),
    }
    return render(request, "demonstration/innovations/society.html", context)


@require_safe
@requires(Action.VIEW_INNOVATION)
def innovation_detail(request: SignedInRequest, innovation: int) -> HttpResponse:
    """Show one line: what it says, who says so by which document, its dividends and files."""
    found = _entry(request, innovation, Action.VIEW_INNOVATION)
    edits = found.stands and may(request.user, Action.EDIT_INNOVATION)
    sure = surest(request.user, Action.EDIT_INNOVATION)
    context = {
        "entry": found,
        "asked": [
            (label, getattr(found, name), name)
            for name, label in ASKED_OF[InnovationKind(found.kind)].items()
        ],
        "dividends": newest_first(found) if found.pays_dividends else [],
        "attachments": list(Attachment.objects.of(found).select_related("added_by")),
        "edits": edits,
        "files_form": FilesForm() if edits else None,
        "checks": [
            (each, [("target", each.value)])
            for each in sure
            if edits and each not in (Verification.DECLARED, found.verification)
        ],
    }
    return render(request, "demonstration/innovations/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_INNOVATION)
def innovation_create(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Enter a line of the kind that the address names (`?kind=`), by default a contribution."""
    society = society_of(request, uscc, Action.EDIT_INNOVATION)
    wanted = request.GET.get("kind", InnovationKind.CONTRIBUTION)
    if wanted not in InnovationKind.values:
        raise Http404
    kind = InnovationKind(wanted)
    form = InnovationForm(
        request.POST or None, kind=kind, surest=surest(request.user, Action.EDIT_INNOVATION)
    )
    page = {
        "title": f"登记{kind.label}",
        "lead": society.name,
        "back": _there(society),
        "crumbs": [(f"{society.name}的创新登记", _there(society))],
        "button": "登记",
    }
    return save_form(
        request,
        form,
        lambda form: operations.enter_innovation(society, form.facts(), by=request.user),
        done="已登记。可以打开这一条上传材料扫描件。",
        page=page,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_INNOVATION)
def innovation_edit(request: SignedInRequest, innovation: int) -> HttpResponse:
    """Correct a line."""
    found = _entry(request, innovation, Action.EDIT_INNOVATION)
    form = InnovationForm(
        request.POST or None,
        instance=found,
        kind=InnovationKind(found.kind),
        surest=surest(request.user, Action.EDIT_INNOVATION),
    )
    return save_form(
        request,
        form,
        lambda form: operations.edit_innovation(
            found, form.facts(), version=form.seen, by=request.user
        ),
        done="已保存。",
        page=_page(f"修改{found.get_kind_display()}", found),
    )


@require_POST
@requires(Action.EDIT_INNOVATION)
def innovation_step(request: SignedInRequest, innovation: int) -> HttpResponse:
    """Verify a line, or take it back."""
    found = _entry(request, innovation, Action.EDIT_INNOVATION)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    target = asked["target"]

    def act() -> Any:
        if target in Verification.values:
            return operations.verify_innovation(
                found, Verification(target), version=asked["version"], by=request.user
            )
        return operations.withdraw_innovation(
            found, reason=asked["reason"], version=asked["version"], by=request.user
        )

    return perform(request, act, done="已登记。", back=_here(found))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_INNOVATION)
def dividend_create(request: SignedInRequest, innovation: int) -> HttpResponse:
    """Enter the dividend of a year."""
    found = _entry(request, innovation, Action.EDIT_INNOVATION)
    return save_form(
        request,
        DividendForm(request.POST or None),
        lambda form: operations.save_dividend(found, form.facts(), by=request.user),
        done="分红已登记。",
        page=_page("登记分红", found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_INNOVATION)
def dividend_edit(request: SignedInRequest, dividend: int) -> HttpResponse:
    """Correct the dividend of a year."""
    reach = ShareDividend.objects.permitted(request.user, Action.EDIT_INNOVATION)
    row = get_object_or_404(reach.select_related("entry__cooperative"), pk=dividend)
    return save_form(
        request,
        DividendForm(request.POST or None, instance=row),
        lambda form: operations.save_dividend(
            row.entry, form.facts(), dividend=row, version=form.seen, by=request.user
        ),
        done="已保存。",
        page=_page("修改分红", row.entry),
    )


def _by_township(found: Any) -> list[tuple[str, dict[str, Any]]]:
    lines = found.sums_by("cooperative__township__position", "cooperative__township__short_name")
    return [(line["cooperative__township__short_name"] or "待判定", line) for line in lines]


def _entry(request: SignedInRequest, key: int, action: Action) -> InnovationEntry:
    reach = InnovationEntry.objects.permitted(request.user, action)
    found: InnovationEntry = get_object_or_404(reach.for_list(), pk=key)
    return found


def _page(title: str, entry: InnovationEntry) -> dict[str, Any]:
    society = entry.cooperative
    return {
        "title": title,
        "lead": f"{society.name}　{entry}",
        "back": _here(entry),
        "crumbs": [
            (f"{society.name}的创新登记", _there(society)),
            (str(entry), _here(entry)),
        ],
    }


def _here(entry: InnovationEntry) -> str:
    return reverse("demonstration:innovation-detail", args=[entry.pk])


def _there(society: Cooperative) -> str:
    return reverse("demonstration:society-innovations", args=[society.code])
