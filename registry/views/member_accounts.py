"""The member accounts of a year, all members on one sheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action, may
from common import clock
from registry.forms.rosters import AccountForm, account_years
from registry.models import MemberAccount
from registry.operations.member_accounts import complete_accounts, save_accounts
from registry.roster.columns import ACCOUNT_FIELDS
from registry.views.pages import cut
from registry.views.societies import society_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.VIEW_ROSTER)
def member_accounts(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Show and save the accounts of a year: contribution, reserve share, transactions (art. 43)."""
    society = society_of(request, uscc, Action.VIEW_ROSTER)
    year = _asked_year(request)
    page = cut(request, society.members.on(clock.year_end(year)), "pk")
    can_edit = may(request.user, Action.EDIT_ROSTER)
    held = {a.member_id: a for a in MemberAccount.objects.filter(member__in=page.rows, year=year)}
    typed = request.POST if request.method == "POST" and can_edit else None
    lines = []
    for member in page.rows:
        account = held.get(member.pk)
        initial = {name: getattr(account, name) for name in ACCOUNT_FIELDS} if account else {}
        form = AccountForm(typed, prefix=f"m{member.pk}", initial=initial)
        lines.append({"member": member, "account": account, "form": form})
    status = 200
    if typed is not None:
        if all(line["form"].is_valid() for line in lines):
            amounts = {line["member"].pk: line["form"].cleaned_data for line in lines}
            number = save_accounts(society, year, amounts, by=request.user)
            told = f"已保存 {number} 名成员的账户。" if number else "没有改动，账户保持原样。"
            messages.success(request, told)
            return redirect(f"{reverse('registry:member-accounts', args=[uscc])}?year={year}")
        status = 422
    complete, total = complete_accounts(society, year)
    context: dict[str, Any] = {
        "society": society,
        "year": year,
        "years": account_years(),
        "page": page,
        "lines": lines,
        "can_edit": can_edit,
        "complete": complete,
        "total": total,
        "faulty": status != 200,
    }
    return render(request, "registry/rosters/accounts.html", context, status=status)


def _asked_year(request: SignedInRequest) -> int:
    asked = request.GET.get("year", "")
    if asked.isascii() and asked.isdigit() and int(asked) in account_years():
        return int(asked)
    return clock.today().year - 1
