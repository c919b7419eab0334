"""Signs of illegal fund-raising: the list, one with its steps, noting and deriving them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.models import Attachment
from accounts.policy import Action, may
from common.htmx import wants_partial
from demonstration.views.acts import incomplete, save_form
from demonstration.views.eligibility import society_of
from liaison.forms.watches import LetterForm, ReferralForm, WatchFilter, WatchForm
from liaison.kept_lists import WATCHES
from liaison.models import FundWatch
from liaison.operations import watches as operations
from liaison.views.attaching import attach
from liaison.views.steps import buttons, step
from liaison.watch_choices import WatchState
from liaison.workflows import WATCH
from registry.views.pages import cut

LIST = "liaison:watch-list"
PURPOSE = "移送函扫描件"


@require_safe
@requires(Action.VIEW_FUND_WATCH)
@kept_as(WATCHES)
def watch_list(request: SignedInRequest) -> HttpResponse:
    """List the signs, those to look into first."""
    reach = FundWatch.objects.permitted(request.user, Action.VIEW_FUND_WATCH)
    form = WatchFilter(request.GET)
    found = form.narrow(reach)
    context = {
        "form": form,
        "chosen": form.chosen,
        "number": found.count(),
        "page": cut(request, found.for_list(), "pk", descending=True),
        "handles": may(request.user, Action.HANDLE_FUND_WATCH),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"liaison/watches/{name}.html", context)


@require_safe
@requires(Action.VIEW_FUND_WATCH)
def watch_detail(request: SignedInRequest, watch: int) -> HttpResponse:
    """Show one sign and what may be done about it."""
    found = _watch(request, watch, Action.VIEW_FUND_WATCH)
    handles = may(request.user, Action.HANDLE_FUND_WATCH)
    context = {
        "watch": found,
        "buttons": buttons(WATCH, found, request.user),
        "letters": Attachment.objects.of(found).select_related("added_by"),
        "letter_form": LetterForm() if handles and found.state == WatchState.REFERRED else None,
        "referral": ReferralForm(initial={"version": found.version})
        if handles and found.state == WatchState.CHECKED
        else None,
    }
    return render(request, "liaison/watches/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.HANDLE_FUND_WATCH)
def watch_create(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Note a sign about a society."""
    society = society_of(request, uscc, Action.HANDLE_FUND_WATCH)
    page = {
        "title": "登记集资风险线索",
        "lead": f"{society.name}。线索保密，合作社看不到，也不改变它的登记状态和称号。",
        "back": reverse(LIST),
        "crumbs": [("集资风险线索", reverse(LIST))],
        "button": "登记",
    }
    return save_form(
        request,
        WatchForm(request.POST or None),
        lambda form: operations.note_watch(society, form.facts(), by=request.user),
        done="已登记，请在期限内核查。",
        page=page,
    )


@require_POST
@requires(Action.HANDLE_FUND_WATCH)
def watches_derive(request: SignedInRequest) -> HttpResponse:
    """Go through the lines about credit cooperation now instead of at night."""
    made = operations.derive_watches(by=request.user)
    messages.success(request, f"已对照信用合作登记，新增 {made} 条线索。")
    return redirect(LIST)


@require_POST
@requires(Action.HANDLE_FUND_WATCH)
def watch_check(request: SignedInRequest, watch: int) -> HttpResponse:
    """Write down what was found."""
    found = _watch(request, watch, Action.HANDLE_FUND_WATCH)
    return step(
        request,
        found,
        lambda asked: operations.check_watch(found, asked["reason"], by=request.user),
        done="核查结果已登记，请作出处理。",
        back=_here(found),
    )


@require_POST
@requires(Action.HANDLE_FUND_WATCH)
def watch_clear(request: SignedInRequest, watch: int) -> HttpResponse:
    """Say that there is no concern."""
    found = _watch(request, watch, Action.HANDLE_FUND_WATCH)
    return step(
        request,
        found,
        lambda asked: operations.clear_watch(found, asked["reason"], by=request.user),
        done="已记为未见异常。",
        back=_here(found),
    )


@require_POST
@requires(Action.HANDLE_FUND_WATCH)
def watch_reopen(request: SignedInRequest, watch: int) -> HttpResponse:
    """Look again."""
    found = _watch(request, watch, Action.HANDLE_FUND_WATCH)
    return step(
        request,
        found,
        lambda asked: operations.reopen_watch(found, asked["reason"], by=request.user),
        done="已重新列入待核查。",
        back=_here(found),
    )


@require_POST
@requires(Action.HANDLE_FUND_WATCH)
def watch_refer(request: SignedInRequest, watch: int) -> HttpResponse:
    """Refer to a department."""
    found = _watch(request, watch, Action.HANDLE_FUND_WATCH)

    def act(asked: dict[str, Any]) -> None:
        facts = {name: asked[name] for name in ("referred_to", "referred_on", "referral_number")}
        operations.refer_watch(found, facts, by=request.user)
        attach(request, found, asked["letter"], purpose=PURPOSE)

    return step(
        request,
        found,
        act,
        done="移送已登记。",
        back=_here(found),
        form=ReferralForm(request.POST, request.FILES),
    )


@require_POST
@requires(Action.HANDLE_FUND_WATCH)
def watch_letter(request: SignedInRequest, watch: int) -> HttpResponse:
    """Add the scan of the letter to a sign that was referred."""
    found = _watch(request, watch, Action.HANDLE_FUND_WATCH)
    form = LetterForm(request.POST, request.FILES)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    if attach(request, found, form.cleaned_data["letter"], purpose=PURPOSE):
        messages.success(request, "扫描件已保存。")
    return redirect(_here(found))


def _watch(request: SignedInRequest, key: int, action: Action) -> FundWatch:
    reach = FundWatch.objects.permitted(request.user, action)
    found: FundWatch = get_object_or_404(reach.for_list().select_related("noted_by"), pk=key)
    return found


def _here(watch: FundWatch) -> str:
    return reverse("liaison:watch-detail", args=[watch.pk])
