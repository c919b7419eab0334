"""Tables for superiors: a round with its attachments."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from demonstration.models import RatingRound
from demonstration.operations.exports import export_round


@require_safe
@requires(Action.RUN_ROUND)
def round_export(request: SignedInRequest, round: int) -> FileResponse:
    """Hand out the tables of a round and every attachment as one zip."""
    reach = RatingRound.objects.permitted(request.user, Action.RUN_ROUND)
    found = get_object_or_404(reach.select_related("criteria"), pk=round)
    content = export_round(found, by=request.user)
    answer = FileResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{found.title}申报汇总.zip"
    )
    return answer
