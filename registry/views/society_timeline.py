"""The whole history of a society on a page of its own: by kind, by right, a page at a time."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action, may
from registry.provenance import Provenance
from registry.society_history import providers_for, told
from registry.timeline import KINDS, entries_of
from registry.views.cooperative_detail import society_in_reach

SIZE = 50


@require_safe
@requires(Action.VIEW_COOPERATIVE)
def society_timeline(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Show everything that happened to a society and that this person may know."""
    user = request.user
    society = society_in_reach(request, uscc, Action.VIEW_COOPERATIVE)
    flags = society.flags.select_related("decided_by") if may(user, Action.VIEW_FLAG) else ()
    register = entries_of(
        Provenance(society), flags=flags, with_acts=may(user, Action.VIEW_INTERNAL)
    )
    entries = sorted([*register, *told(user, society)], key=lambda entry: entry.at, reverse=True)
    words = {**KINDS, **{each.kind: each.label for each in providers_for(user)}}
    present = {entry.kind for entry in entries}
    kind = request.GET.get("kind", "")
    shown = [entry for entry in entries if entry.kind == kind] if kind in present else entries
    page = Paginator(shown, SIZE).get_page(request.GET.get("page"))
    kept = f"kind={kind}&" if kind in present else ""
    context = {
        "cooperative": society,
        "entries": page.object_list,
        "number": len(shown),
        "kinds": [(key, label) for key, label in words.items() if key in present],
        "kind": kind if kind in present else "",
        "can_open": may(user, Action.VIEW_DELIVERY),
        "previous_url": f"?{kept}page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?{kept}page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "registry/cooperatives/timeline.html", context)
