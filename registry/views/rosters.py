"""The roster of a society: the list with its checks, one member, the file to fill in."""

import datetime as dt
import io
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action, may
from common import clock, spreadsheet
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import MemberPost
from registry.forms.cooperatives import UnmaskForm
from registry.forms.rosters import MemberForm, RosterFileForm
from registry.models import Cooperative, Member, RosterUpload
from registry.operations.roster_files import write_roster
from registry.operations.rosters import add_member, edit_member, unmask_identity
from registry.roster.checks import RosterCheck, check_roster
from registry.roster.marks import roster_mark
from registry.views.pages import cut
from registry.views.societies import society_of


@require_safe
@requires(Action.VIEW_ROSTER)
def roster(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Show the roster on a day, today unless asked otherwise, with what the law asks of it."""
    society = society_of(request, uscc, Action.VIEW_ROSTER)
    day = _asked_day(request)
    members = society.members.on(day)
    left = request.GET.get("left") == "1"
    shown = society.members.filter(left_on__lte=day) if left else members
    context = {
        "society": society,
        "day": day,
        "is_today": day == clock.today(),
        "left": left,
        "left_number": society.members.filter(left_on__lte=day).count(),
        "ever": society.members.count(),
        "page": cut(request, shown, "pk"),
        **roster_facts(society, members),
        "can_edit": may(request.user, Action.EDIT_ROSTER),
        "confirmation": society.roster_confirmations.select_related("confirmed_by")
        .order_by("-pk")
        .first(),
        "can_confirm": may(request.user, Action.CONFIRM_ROSTER),
        "mark": roster_mark(society),
        "form": RosterFileForm(),
        "waiting": RosterUpload.objects.permitted(request.user, Action.EDIT_ROSTER)
        .filter(cooperative=society, state="checked")
        .order_by("-pk")
        .first(),
    }
    return render(request, "registry/rosters/roster.html", context)


def roster_facts(society: Cooperative, members: QuerySet[Member]) -> dict[str, Any]:
    """Return the counts of a roster and its checks."""
    counts = members.counted()  # type: ignore[attr-defined]
    chairs = list(members.filter(post=MemberPost.CHAIR).values_list("name", flat=True)[:5])
    checks: list[RosterCheck] = check_roster(society, counts, chairs)
    return {"counts": counts, "checks": checks}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_ROSTER)
def member_create(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Add one member."""
    society = society_of(request, uscc, Action.EDIT_ROSTER)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member = add_member(society, form.facts(), by=request.user)
        except TransitionRefused as refusal:
            form.add_error("identity_number", str(refusal))
        else:
            messages.success(request, f"已把“{member}”写入名册。")
            return redirect("registry:roster", society.code)
    context = {"society": society, "form": form}
    status = 422 if form.errors else 200
    return render(request, "registry/rosters/member.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_ROSTER)
def member_edit(request: SignedInRequest, uscc: str, member: int) -> HttpResponse:
    """Change one member; whoever saves second sees both texts and loses nothing."""
    society = society_of(request, uscc, Action.EDIT_ROSTER)
    found = get_object_or_404(society.members, pk=member)
    form = MemberForm(request.POST or None, member=found)
    context: dict[str, Any] = {"society": society, "member": found}
    status = 200
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            saved = edit_member(found, form.facts(), version=version, by=request.user)
        except EditConflict as conflict:
            form, context["clashes"] = form.upon(conflict.fresh)
            status = 409
        except TransitionRefused as refusal:
            form.add_error("identity_number", str(refusal))
        else:
            messages.success(request, f"“{saved}”已保存。")
            return redirect("registry:roster", society.code)
    if status == 200 and form.errors:
        status = 422
    return render(request, "registry/rosters/member.html", {**context, "form": form}, status=status)


@require_POST
@requires(Action.UNMASK_MEMBER)
def member_identity(request: SignedInRequest, uscc: str, member: int) -> HttpResponse:
    """Show one whole identity number once, for a reason."""
    society = society_of(request, uscc, Action.UNMASK_MEMBER)
    found = get_object_or_404(society.members, pk=member)
    form = UnmaskForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有显示：请写明查看完整证件号码的理由。")
        return redirect("registry:member-edit", society.code, found.pk)
    number = unmask_identity(found, form.cleaned_data["reason"], by=request.user)
    context = {
        "society": society,
        "member": found,
        "form": MemberForm(member=found),
        "number": number,
    }
    return render(request, "registry/rosters/member.html", context)


@require_safe
@requires(Action.EDIT_ROSTER)
def roster_file(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Send the roster as the workbook that can be filled in and sent back."""
    society = society_of(request, uscc, Action.EDIT_ROSTER)
    content = io.BytesIO()
    name = write_roster(society, content, by=request.user)
    answer = HttpResponse(content.getvalue(), content_type=spreadsheet.XLSX_TYPE)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


def _asked_day(request: SignedInRequest) -> dt.date:
    try:
        day = dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return clock.today()
    return day if dt.date(1990, 1, 1) <= day <= dt.date(2100, 1, 1) else clock.today()
