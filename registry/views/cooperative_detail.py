"""One society: its facts with their sources, its history, its correction."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.models import Attachment
from accounts.policy import Action, may
from common.conflict import EditConflict
from common.template_tags import day
from common.workflow import TransitionRefused
from registry.choices import Severity
from registry.filters import latest_list
from registry.forms.cooperatives import AsOfForm, CorrectionForm, UnmaskForm
from registry.listing import STATUS_TONES
from registry.models import CleanupCase, Contradiction, Cooperative, CooperativeVersion, Flag
from registry.operations.cooperatives import correct_cooperative, unmask_contact
from registry.provenance import Fact, Provenance, facts_of, former_facts
from registry.sides.board import board_of
from registry.society_blocks import blocks_for
from registry.timeline import KINDS, entries_of

CODE_LENGTH = 18
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "登记事项",
        (
            "name",
            "uscc",
            "registration_no",
            "status",
            "kind",
            "entity_type",
            "legal_representative",
            "total_contribution",
            "established_on",
            "approved_on",
            "registration_authority",
            "township",
            "domicile",
            "business_scope",
        ),
    ),
    ("成员", ("member_count", "farmer_member_count", "unit_member_count")),
    ("联系方式", ("contact_person", "contact_phone")),
)
WIDE = frozenset({"name", "domicile", "business_scope"})


@require_safe
@requires(Action.VIEW_COOPERATIVE)
def cooperative_detail(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Show a society as it stands, or as it was on another day.

    The address of a society that was merged into another leads there.
    """
    if heir := _heir(request, uscc):
        messages.info(request, f"代码 {uscc} 的合作社已并入下面这一家。")
        return redirect("registry:cooperative-detail", uscc=heir.code)
    return _page(request, society_in_reach(request, uscc, Action.VIEW_COOPERATIVE))


@require_POST
@requires(Action.UNMASK_CONTACT)
def cooperative_contact(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Show the page once with the whole telephone number, for a reason."""
    society = society_in_reach(request, uscc, Action.UNMASK_CONTACT)
    form = UnmaskForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["reason"][0]))
        return redirect("registry:cooperative-detail", uscc=society.code)
    phone = unmask_contact(society, form.cleaned_data["reason"], by=request.user)
    return _page(request, society, phone=phone)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.EDIT_COOPERATIVE)
def cooperative_edit(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Set facts right; whoever saves second sees both texts and loses nothing."""
    society = society_in_reach(request, uscc, Action.EDIT_COOPERATIVE)
    form = CorrectionForm(request.POST or None, society, user=request.user)
    context: dict[str, Any] = {"cooperative": society}
    status = 200
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            saved = correct_cooperative(
                society, form.changes(), asked["reason"], by=request.user, version=asked["version"]
            )
        except EditConflict as conflict:
            form, context["clashes"] = form.upon(conflict.fresh, request.user)
            status = 409
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{saved.name}”的信息已更正，原来的内容保留在履历中。")
            return redirect("registry:cooperative-detail", uscc=saved.code)
    if status == 200 and form.errors:
        status = 422
    context["form"] = form
    return render(request, "registry/cooperatives/edit.html", context, status=status)


def _page(
    request: SignedInRequest, society: Cooperative, *, phone: str | None = None
) -> HttpResponse:
    user = request.user
    as_of = AsOfForm(request.GET if request.method != "POST" else None)
    context: dict[str, Any] = {
        "cooperative": society,
        "status_tone": STATUS_TONES.get(society.status, "idle"),
        "can_open": may(user, Action.VIEW_DELIVERY),
        "as_of": as_of,
        "phone": phone,
    }
    if as_of.moment is not None:
        return render(
            request, "registry/cooperatives/as_of.html", {**context, **_then(society, as_of)}
        )
    provenance = Provenance(society)
    flags = _flags(society) if may(user, Action.VIEW_FLAG) else []
    entries = entries_of(provenance, flags=flags, with_acts=may(user, Action.VIEW_INTERNAL))
    kind = request.GET.get("kind", "")
    shown = [entry for entry in entries if entry.kind == kind] if kind in KINDS else entries
    present = {entry.kind for entry in entries}
    latest = latest_list()
    groups = [(title, facts_of(provenance, names, WIDE)) for title, names in GROUPS]
    context |= {
        "groups": groups,
        "former_names": list(society.former_names.order_by("-until", "-pk")),
        "absorbed": list(society.absorbed.order_by("pk")),
        "board": board_of(society, provenance) if may(user, Action.VIEW_CONTRADICTION) else None,
        "contradictions": _contradictions(request, society),
        "rows": provenance.rows,
        "flags": flags,
        "cases": CleanupCase.objects.permitted(request.user, Action.VIEW_CLEANUP)
        .filter(cooperative=society)
        .order_by("-pk"),
        "main_source": _main_source(groups),
        "entries": shown,
        "kinds": [(key, label) for key, label in KINDS.items() if key in present],
        "kind": kind if kind in KINDS else "",
        "gone": latest is not None and society.gone_notices.filter(delivery=latest).exists(),
        "latest": latest,
        "blocks": blocks_for(user, society),
        "attachments": list(Attachment.objects.of(society).select_related("added_by")),
    }
    return render(request, "registry/cooperatives/detail.html", context)


def _main_source(groups: list[tuple[str, list[Fact]]]) -> str:
    """Return the file that most facts come from; the page names it once."""
    labels = Counter(f.source.label for _, facts in groups for f in facts if f.source.row)
    return labels.most_common(1)[0][0] if labels else ""


def _flags(society: Cooperative) -> list[Flag]:
    """The open ones first, the gravest of them at the top."""
    grave = list(Severity)
    newest_first = society.flags.select_related("decided_by").order_by("-opened_at", "rule")
    return sorted(
        newest_first, key=lambda flag: (not flag.is_open, grave.index(Severity(flag.severity)))
    )


def _then(society: Cooperative, as_of: AsOfForm) -> dict[str, Any]:
    """Return the facts as they were true and known; nothing when nothing was known."""
    true_on, known_at = as_of.moment or (None, None)
    version: CooperativeVersion | None = None
    if true_on is not None:
        held = CooperativeVersion.objects.filter(cooperative=society).known(known_at)
        version = (
            held.true_on(true_on)
            .select_related("township", "delivery", "row", "changed_by")
            .order_by("-true_from", "-pk")
            .first()
        )
    banner = f"您看到的是业务日期 {day(true_on)} 的登记情况"
    if known_at is not None:
        banner += f"，只依据到 {day(known_at)} 为止得知的资料"
    return {
        "version": version,
        "banner": f"{banner}。",
        "groups": [(title, former_facts(version, names, WIDE)) for title, names in GROUPS]
        if version
        else [],
    }


def _contradictions(request: SignedInRequest, society: Cooperative) -> list[Contradiction]:
    """Return where sources contradict each other now, for those who may know."""
    reach = Contradiction.objects.permitted(request.user, Action.VIEW_CONTRADICTION)
    standing = reach.open().filter(cooperative=society).select_related("assignee")
    return list(standing.order_by("opened_at", "pk"))


def _heir(request: SignedInRequest, code: str) -> Cooperative | None:
    """Return the society in reach that the one with this code was merged into."""
    merged = Cooperative.objects.filter(merged_into__isnull=False, **{_key(code): code})
    reach = Cooperative.objects.permitted(request.user, Action.VIEW_COOPERATIVE)
    return reach.filter(pk__in=merged.values("merged_into")).first()


def _key(code: str) -> str:
    return "uscc" if len(code) == CODE_LENGTH else "registration_no"


def society_in_reach(request: SignedInRequest, code: str, action: Action) -> Cooperative:
    """Find a society in reach by its code or old number; the rest is answered alike."""
    key = _key(code)
    reach = Cooperative.objects.permitted(request.user, action).select_related(
        "township", "counsellor"
    )
    found = reach.filter(**{key: code}).first()
    if found is None:
        raise Http404
    return found
