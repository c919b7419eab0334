"""A roster that came as a file: what was read, what is wrong with it, and writing it."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.workflow import TransitionRefused
from registry.choices import ContributionForm, MemberKind, MemberPost
from registry.forms.rosters import ApplyRosterForm, RosterFileForm
from registry.models import RosterUpload
from registry.operations.rosters import apply_roster, drop_roster, upload_roster
from registry.roster.columns import ACCOUNT_FIELDS
from registry.views.societies import society_of


@require_POST
@requires(Action.EDIT_ROSTER)
def roster_upload(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Take a roster file in; it is only read, and shown before anything is written."""
    society = society_of(request, uscc, Action.EDIT_ROSTER)
    form = RosterFileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, str(form.errors["file"][0]))
        return redirect("registry:roster", society.code)
    sent = form.cleaned_data["file"]
    upload = upload_roster(society, sent.file, filename=sent.name, by=request.user)
    return redirect("registry:roster-upload", society.code, upload.pk)


@require_safe
@requires(Action.EDIT_ROSTER)
def roster_upload_detail(request: SignedInRequest, uscc: str, upload: int) -> HttpResponse:
    """Show what a file says and what is wrong with it."""
    found = _upload(request, uscc, upload)
    return render(request, "registry/rosters/upload.html", _context(found, ApplyRosterForm()))


@require_POST
@requires(Action.EDIT_ROSTER)
def roster_upload_apply(request: SignedInRequest, uscc: str, upload: int) -> HttpResponse:
    """Write the file into the roster."""
    found = _upload(request, uscc, upload)
    form = ApplyRosterForm(request.POST)
    if not form.is_valid():
        context = _context(found, form)
        return render(request, "registry/rosters/upload.html", context, status=422)
    asked = form.cleaned_data
    try:
        counts = apply_roster(
            found, whole=asked["whole"] == "yes", year=asked["year"], by=request.user
        )
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("registry:roster-upload", found.cooperative.code, found.pk)
    told = f"新增 {counts['new']} 名，变动 {counts['changed']} 名，退社 {counts['gone']} 名"
    left = f"，有 {counts['left_out']} 行没有写入" if counts["left_out"] else ""
    messages.success(request, f"名册已写入：{told}{left}。")
    return redirect("registry:roster", found.cooperative.code)


@require_POST
@requires(Action.EDIT_ROSTER)
def roster_upload_drop(request: SignedInRequest, uscc: str, upload: int) -> HttpResponse:
    """Give a file up."""
    found = _upload(request, uscc, upload)
    drop_roster(found, by=request.user)
    messages.success(request, "已放弃这份文件，名册没有改动。")
    return redirect("registry:roster", found.cooperative.code)


def _upload(request: SignedInRequest, uscc: str, key: int) -> RosterUpload:
    society = society_of(request, uscc, Action.EDIT_ROSTER)
    uploads = RosterUpload.objects.select_related("cooperative", "uploaded_by")
    found: RosterUpload = get_object_or_404(uploads, cooperative=society, pk=key)
    return found


def _context(upload: RosterUpload, form: ApplyRosterForm) -> dict[str, Any]:
    said: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for problem in upload.problems:
        said[problem["row"]].append(problem)
    rows = [
        {
            **row,
            "kind": MemberKind(row["kind"]).label if row["kind"] else "",
            "contribution_form": ContributionForm(row["contribution_form"]).label
            if row["contribution_form"]
            else "",
            "post": MemberPost(row["post"]).label if row["post"] else "",
            "problems": said.get(row["number"], []),
        }
        for row in upload.rows
    ]
    # Rows to be mended stand first, then those to be looked at.
    rows.sort(key=lambda row: (row["taken"], not row["problems"], row["number"]))
    return {
        "society": upload.cooperative,
        "upload": upload,
        "rows": rows,
        "taken": sum(row["taken"] for row in rows),
        "left_out": sum(not row["taken"] for row in rows),
        "with_accounts": any(row[name] for row in upload.rows for name in ACCOUNT_FIELDS),
        "form": form,
    }
