"""A submission and its receipt as A4 documents; made anew from what was stored, byte for byte."""

from common import clock
from common.documents.pdf import render_pdf
from common.template_tags import day, moment
from registry.models import ReportVersion
from registry.operations.report_submissions import receipt_of
from registry.reporting.lines import said_of

NOTE = "本平台报送不代替国家企业信用信息公示系统的法定年报公示。"


def report_pdf(version: ReportVersion) -> bytes:
    """Return one submission as it was, with the society and chair of that time."""
    receipt = receipt_of(version)
    sections = [
        {
            "title": title,
            "rows": [[each.label, _with_note(each.value, each.remark)] for each in said],
        }
        for title, said in said_of(version.content, version.report.year, clock.today())
    ]
    facts = {
        "title": f"{version.report.year}年度报告",
        "society": version.society_name,
        "head": _head(version),
        "sections": sections,
        "note": NOTE,
        "check": receipt.check_facts() if receipt else None,
    }
    return render_pdf("annual_report", facts)


def receipt_pdf(version: ReportVersion) -> bytes:
    """Return the receipt of one submission."""
    receipt = receipt_of(version)
    late = "（逾期）" if version.late else ""
    facts = {
        "title": "年度报告回执",
        "number": version.paper_number,
        "paragraphs": [
            (
                f"{version.society_name}的{version.report.year}年度报告（第{version.number}次提交）"
                f"已于{moment(version.submitted_at)}收到{late}。"
            ),
            NOTE,
        ],
        "rows": [*_head(version), ["内容摘要", _in_groups(version.sha256)]],
        "issuer": "达州市通川区农业农村局",
        "date": day(version.submitted_at),
        "check": receipt.check_facts() if receipt else None,
    }
    return render_pdf("report_receipt", facts)


def _head(version: ReportVersion) -> list[list[str]]:
    typed = f"{version.typed_by_name}{'（代填）' if version.helped else ''}"
    return [
        ["合作社名称", version.society_name],
        ["统一社会信用代码", version.society_code],
        ["理事长", version.chair or "—"],
        ["乡镇街道", version.township_name or "—"],
        ["提交时间", f"{moment(version.submitted_at)}（第{version.number}版）"],
        ["填写人", typed],
        *(
            [["填报人签字", f"{version.filer_name}（{moment(version.filer_signed_at)}）"]]
            if version.filer_name
            else []
        ),
        ["确认人", f"{version.confirmed_by_name}（{version.get_confirmation_display()}）"],
        *([["更正或逾期理由", version.reason]] if version.reason else []),
    ]


def _in_groups(digest: str) -> str:
    """Write a digest in groups, so that a line of paper can break it."""
    return " ".join(digest[at : at + 16] for at in range(0, len(digest), 16))


def _with_note(value: str, remark: str) -> str:
    return f"{value}\n说明：{remark}" if remark else value
