"""A check as a Word file for superiors."""

from common.documents.word import OfficialDocument
from common.template_tags import day
from pilot.models import Acceptance, AcceptanceFinding, TargetCheck
from pilot.plan_choices import Verdict


def acceptance_as_word(acceptance: Acceptance) -> bytes:
    """Return the report of a check: score, what is missing, findings, every item."""
    items = list(acceptance.items.order_by("position"))
    due = [item for item in items if item.counts]
    points, full = sum(item.self_points for item in due), sum(item.points for item in due)
    document = OfficialDocument(f"{acceptance.programme}{acceptance.get_kind_display()}报告")
    document.heading("基本情况")
    document.paragraph(
        f"按{day(acceptance.as_of)}的记录，对照倒排工作表核对 {len(items)} 项，其中已到期 {len(due)} 项。"
        f"自评 {points} 分，满分 {full} 分"
        + (f"，折合百分制 {points * 100 / full:.1f} 分。" if full else "。")
    )
    document.table(
        ("系统核对", "项数"),
        [(each.label, str(sum(i.verdict == each for i in items))) for each in Verdict],
        widths=(3, 1),
    )
    checks = list(acceptance.target_checks.order_by("position"))
    if checks:
        document.heading("目标")
        met = sum(check.verdict == Verdict.MET for check in checks)
        taken = f"定版{acceptance.edition}" if acceptance.edition else day(acceptance.as_of)
        document.paragraph(
            f"按{taken}的数字，{len(checks)} 项目标中达到 {met} 项，有差距 {len(checks) - met} 项。"
        )
        document.table(
            ("目标", "目标值", "数值", "核对", "完成期限"),
            [_target_line(check) for check in checks],
            widths=(5, 2, 2, 3, 3),
        )
    if acceptance.conclusion:
        document.heading("结论")
        for part in acceptance.conclusion.splitlines():
            document.paragraph(part)
    document.heading("缺项")
    lacking = [item for item in due if item.gaps]
    if lacking:
        document.table(
            ("条目", "内容", "缺什么"),
            [(item.source or "—", item.title, "；".join(item.gaps)) for item in lacking],
            widths=(2, 4, 6),
        )
    else:
        document.paragraph("到期的各项没有缺项。")
    document.heading("整改")
    findings = AcceptanceFinding.objects.of_check(acceptance)
    rows = [
        (f.title, f.unit.short_name, day(f.due_on), f.get_state_display())
        for f in findings.in_order()
    ]
    if rows:
        document.table(("内容", "整改单位", "期限", "状态"), rows, widths=(5, 3, 3, 3))
    else:
        document.paragraph("还没有生成整改清单。")
    return document.content()


def _target_line(check: TargetCheck) -> tuple[str, ...]:
    return (check.title, check.wanted, check.reached, check.result, day(check.due_on))
