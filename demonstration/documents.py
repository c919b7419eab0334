"""What leaves the house as a file: a plan in Word, the tables of a round for superiors."""

from common.documents.word import OfficialDocument
from common.template_tags import day as in_words
from demonstration.choices import Dimension
from demonstration.models import CultivationPlan
from demonstration.progress import typical_progress

NONE_YET = "尚未制定措施。"


def plan_as_word(plan: CultivationPlan) -> bytes:
    """Return 一社一案 as a Word file: situation, then the seven dimensions as tables (S-053)."""
    society = plan.cooperative
    document = OfficialDocument(f"{society.name}培育方案")
    document.heading("基本情况")
    document.paragraph(
        f"{society.name}，统一社会信用代码 {society.code}，"
        f"属{society.township or '待判定乡镇街道'}。培育目标：{plan.get_target_display()}示范社，"
        f"自{in_words(plan.opened_on)}起，{in_words(plan.due_on)}前达标。"
        f"培育责任人：{plan.responsible}"
        f"{f'，指导部门：{plan.department}' if plan.department else ''}。"
    )
    if plan.situation:
        for part in plan.situation.splitlines():
            document.paragraph(part)
    document.heading("现状与典型示范社标准对照")
    document.table(
        ("目标", "现在的情况", "来源"),
        [(each.aim, each.now, each.source or "—") for each in typical_progress(society)],
        widths=(2, 2, 1),
    )
    document.heading("培育措施")
    measures = list(plan.measures.select_related("department").order_by("due_on", "pk"))
    for dimension in Dimension:
        document.heading(dimension.label, level=2)
        rows = [
            (
                measure.aim,
                measure.steps,
                measure.responsible + (f"、{measure.department}" if measure.department else ""),
                in_words(measure.due_on),
                f"{in_words(measure.done_on)}：{measure.done_note}"
                if measure.done_on
                else "进行中",
            )
            for measure in measures
            if measure.dimension == dimension.value
        ]
        if rows:
            document.table(
                ("目标", "措施", "责任人", "期限", "完成情况"), rows, widths=(3, 4, 2, 2, 3)
            )
        else:
            document.paragraph(NONE_YET)
    return document.content()
