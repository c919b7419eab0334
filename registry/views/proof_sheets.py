"""The proof sheet of one society, as a PDF."""

from urllib.parse import quote

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from registry.operations.proof_sheets import print_proof_sheet
from registry.views.cooperative_detail import society_in_reach


@require_GET
@requires(Action.VIEW_INTERNAL)
def proof_sheet(request: SignedInRequest, uscc: str) -> HttpResponse:
    """Send the sheet, to be printed on A4 and taken along."""
    society = society_in_reach(request, uscc, Action.VIEW_INTERNAL)
    answer = HttpResponse(
        print_proof_sheet(society, by=request.user), content_type="application/pdf"
    )
    name = quote(f"核查表 {society.name}.pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "private, no-store"
    return answer
