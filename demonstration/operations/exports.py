"""Exports for superiors: application summary, recommended list, attachments."""

import io
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

from django.db import transaction

from accounts.models import Attachment, User
from accounts.operations import audit
from common import clock, spreadsheet
from common.template_tags import moment
from demonstration.choices import ApplicationState, Verdict
from demonstration.models import RatingApplication, RatingRound
from demonstration.models.application import IN_THE_RUNNING

_SPOOL = 8 << 20
MISSING = "（文件缺失，未能打包）"


@transaction.atomic
def export_round(round_: RatingRound, *, by: User) -> IO[bytes]:
    """Return a zip: 申报汇总表, 推荐名单, and each application's attachments in its own folder.

    A file that is no longer in the store is named in the list of attachments, never left out in
    silence.
    """
    applications = list(
        round_.applications.exclude(state=ApplicationState.DRAFT)
        .select_related("cooperative__township")
        .order_by("place", "pk")
    )
    audit.record("round-exported", round_, by=by, number=len(applications))
    packed = tempfile.SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115 - handed to the response
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("申报汇总表.xlsx", _summary(round_, applications, by))
        archive.writestr("推荐名单.xlsx", _recommended(round_, applications, by))
        listed = _pack_attachments(archive, applications)
        archive.writestr("附件清单.txt", "\n".join(listed) or "没有附件。")
    packed.seek(0)
    return packed


def _summary(round_: RatingRound, applications: list[RatingApplication], by: User) -> bytes:
    rows = (
        [
            application.cooperative.name,
            application.cooperative.code,
            _township(application.cooperative),
            application.get_state_display(),
            str(_verdicts(application, Verdict.MET)),
            str(_verdicts(application, Verdict.NOT_MET)),
            str(_verdicts(application, Verdict.UNKNOWN)),
            "—" if application.total is None else str(application.total),
            "—" if application.place is None else str(application.place),
            application.recommendation or "—",
        ]
        for application in applications
    )
    headings = (
        ("合作社", 36),
        ("统一社会信用代码", 22),
        ("乡镇街道", 14),
        ("状态", 16),
        ("符合项数", 10),
        ("不符合项数", 12),
        ("资料不足项数", 14),
        ("总分", 10),
        ("名次", 8),
        ("乡镇推荐意见", 40),
    )
    return _workbook(f"{round_.title}申报汇总表", headings, rows, by, "家数")


def _recommended(round_: RatingRound, applications: list[RatingApplication], by: User) -> bytes:
    kept = (*IN_THE_RUNNING, ApplicationState.RECOGNISED)
    rows = (
        [
            str(number),
            application.cooperative.name,
            application.cooperative.code,
            _township(application.cooperative),
            application.cooperative.legal_representative,
            application.recommendation or "—",
        ]
        for number, application in enumerate(
            (each for each in applications if each.state in kept), start=1
        )
    )
    headings = (
        ("序号", 8),
        ("合作社", 36),
        ("统一社会信用代码", 22),
        ("乡镇街道", 14),
        ("法定代表人", 14),
        ("推荐意见", 40),
    )
    return _workbook(f"{round_.title}推荐名单", headings, rows, by, "家数")


def _pack_attachments(archive: zipfile.ZipFile, applications: list[RatingApplication]) -> list[str]:
    """Pack every attachment; return the lines of the list. One query for all applications."""
    names = {
        str(each.pk): f"{place:02}_{each.cooperative.name}"
        for place, each in enumerate(applications, 1)
    }
    files = Attachment.objects.filter(
        owner_kind=RatingApplication._meta.label_lower, owner_key__in=names, removed_at__isnull=True
    ).order_by("owner_key", "added_at", "pk")
    listed = []
    for number, file in enumerate(files, start=1):
        name = f"附件/{names[file.owner_key]}/{number:03}_{file.filename}"
        try:
            archive.write(file.path, name)
        except FileNotFoundError:
            name += MISSING
        listed.append(f"{name}\t{file.sha256}")
    return listed


def _workbook(
    title: str,
    headings: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Any]],
    by: User,
    total: str,
) -> bytes:
    table = spreadsheet.Table(
        title=title[:31],
        columns=[
            spreadsheet.Column(heading, spreadsheet.TEXT, width) for heading, width in headings
        ],
        rows=rows,
    )
    notes = (
        ("名称", title),
        ("导出时间", moment(clock.now())),
        ("导出人", f"{by}（{by.unit or by.get_role_display()}）"),
    )
    written = io.BytesIO()
    spreadsheet.write_xlsx(written, table, notes, total=total)
    return written.getvalue()


def _township(society: Any) -> str:
    return society.township.short_name if society.township else "待判定"


def _verdicts(application: RatingApplication, verdict: Verdict) -> int:
    return sum(finding["verdict"] == verdict for finding in application.self_check)
