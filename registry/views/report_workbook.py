"""The report as a workbook: sent out, and taken in filled."""

import io
from typing import BinaryIO, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action
from common.conflict import EditConflict
from common.spreadsheet import XLSX_TYPE
from common.workflow import TransitionRefused
from registry.operations.report_workbooks import take_in_form, write_form
from registry.views.report_form import report_of


@require_safe
@requires(Action.FILL_REPORT)
def report_workbook(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Send the form as a workbook, filled as far as the report is."""
    report = report_of(request, uscc, year, Action.FILL_REPORT)
    content = io.BytesIO()
    name = write_form(report, content, by=request.user)
    answer = HttpResponse(content.getvalue(), content_type=XLSX_TYPE)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@require_POST
@requires(Action.FILL_REPORT)
def report_workbook_upload(request: SignedInRequest, uscc: str, year: int) -> HttpResponse:
    """Take a filled-in form; the same checks follow as on the pages."""
    report = report_of(request, uscc, year, Action.FILL_REPORT)
    sent = request.FILES.get("file")
    if sent is None or sent.file is None:
        messages.error(request, "请选择填好的填报表。")
        return redirect("reports:report", uscc, year)
    try:
        number = take_in_form(
            report, cast("BinaryIO", sent.file), filename=sent.name or "", by=request.user
        )
    except TransitionRefused as refusal:
        messages.error(request, f"没有写入：{refusal}")
    except EditConflict:
        messages.error(request, "没有写入：报告刚在别处改过，请刷新后再上传。")
    else:
        messages.success(request, f"填报表已读入，写入 {number} 项。请看各部分的检查结果。")
    return redirect("reports:report", uscc, year)
