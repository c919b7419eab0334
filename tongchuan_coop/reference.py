"""The reference pages of docs/reference, printed from the tables that the portal itself obeys."""

from collections.abc import Callable, Iterable, Sequence

from accounts import policy
from accounts.choices import Role
from registry.flags.catalogue import RULES
from registry.ingestion.sources import TABLES

NOTE = "本页由 `manage.py write_reference` 生成，请勿手工修改。"


def permissions() -> str:
    """Return the written matrix of rights, ready to be printed and signed."""
    rows = [[action, *reaches] for action, reaches in policy.matrix()]
    reaches = "、".join(policy.REACH_WORDS[reach] for reach in policy.Reach if reach)
    return _page(
        "权限一览",
        "各角色可以做什么、管到哪里；空白为没有权限。规则在 `accounts/policy.py` 的 `GRANTS`。",
        _table(["操作", *(role.label for role in Role)], rows),
        f"范围分为：{reaches}。合作社的“本人本单位”指本人代表的合作社，部门联络员的指本部门。"
        "没有权限时回答 403，超出范围的记录与不存在的记录同样回答 404。",
        "单位负责人签字：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿＿＿＿＿",
    )


def columns() -> str:
    """Return the columns of every table that is read, with every heading that is understood."""
    parts = []
    for table in TABLES.values():
        rows = [
            [
                column.label,
                "必填" if column.required else "",
                "、".join(column.headings),
                column.how,
            ]
            for column in table.columns
        ]
        parts += [
            f"## {table.label}（`--source {table.source}`）",
            _table(["项目", "要求", "认得的表头", "怎么填"], rows),
        ]
    return _page(
        "报送文件的列",
        "表头写成下列任何一种都能识别；列的先后不限，多出的列不采用。"
        "季度工作簿（`--source workbook`）的每张工作表按自己的表名和表头识别。",
        *parts,
    )


def flags() -> str:
    """Return every flag rule with its legal basis and default thresholds."""
    parts = []
    for rule in RULES:
        limits = {threshold.key: threshold.default for threshold in rule.thresholds}
        parts += [
            f"## {rule.code} {rule.title}",
            (
                f"- 指向：{'、'.join(label.label for label in rule.points_to)}\n"
                f"- 程度：{rule.severity.label}\n"
                f"- 条件：{rule.measured(limits)}\n"
                f"- 解除：{rule.clears_when(limits)}\n"
                f"- 依据：{'；'.join(f'{citation}：{citation.gist}' for citation in rule.basis)}"
            ),
        ]
    lead = "疑似问题只是线索，须由人核实。下列条件按默认界限写出；界限可按生效日期调整。"
    return _page("疑似问题的规则", lead, *parts)


REFERENCES: dict[str, Callable[[], str]] = {
    "permissions.md": permissions,
    "columns.md": columns,
    "flags.md": flags,
}


def _page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", *parts, NOTE]) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
