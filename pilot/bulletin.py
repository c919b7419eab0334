"""The bulletin 通报, drafted from an edition alone: Word in the official layout, and PDF.

What it says is put together once; both files are set from the same words and figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from common.documents.pdf import render_pdf
from common.documents.word import OfficialDocument
from common.template_tags import day
from pilot.models import Edition
from pilot.pace import BEHIND, DANGER, ON_PACE, REACHED, UNKNOWN


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it: sentences, then a table (`head` empty for none)."""

    heading: str
    paragraphs: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Draft:
    """The whole bulletin in words."""

    title: str
    number: str
    opening: str
    sections: Sequence[Section]


def bulletin_as_word(edition: Edition, *, ranking: bool) -> bytes:
    """Return the Word file. With `ranking` the townships are ordered by the mean of their shares."""
    draft = draft_of(edition, ranking=ranking)
    paper = OfficialDocument(draft.title, number=draft.number)
    paper.paragraph(draft.opening)
    for section in draft.sections:
        paper.heading(section.heading)
        for sentence in section.paragraphs:
            paper.paragraph(sentence)
        if section.head:
            paper.table(section.head, section.rows)
    return paper.content()


def bulletin_as_pdf(edition: Edition, *, ranking: bool) -> bytes:
    """Return the same as a PDF with packaged fonts; equal editions give equal bytes."""
    draft = draft_of(edition, ranking=ranking)
    return render_pdf(
        "bulletin",
        {
            "title": draft.title,
            "number": draft.number,
            "opening": draft.opening,
            "sections": [
                {
                    "heading": section.heading,
                    "paragraphs": list(section.paragraphs),
                    "head": list(section.head),
                    "rows": [list(row) for row in section.rows],
                }
                for section in draft.sections
            ],
        },
    )


def draft_of(edition: Edition, *, ranking: bool) -> Draft:
    """Put the bulletin of an edition into words; nothing but the frozen content is read."""
    facts = edition.facts
    judged = [each for each in facts["indicators"] if each["target"]]
    slow = [each for each in judged if each["state"] in {DANGER, BEHIND}]
    sections = [
        Section("总体情况", [_overall(facts)]),
        Section(
            "各项目标",
            head=["指标", "目标", "完成", "进度线", "状态"],
            rows=[
                [
                    each["title"],
                    _amount(each["target"], each),
                    _amount(each["value"], each),
                    _amount(each["expected"], each),
                    each["word"],
                ]
                for each in judged
            ],
        ),
        Section(
            "需要重视的问题",
            [_problem(each, facts) for each in slow] or ["各项目标均达到或快于时间进度。"],
        ),
    ]
    shares = [each for each in judged if each["is_share"] and each["by_township"]]
    if shares:
        head, rows = _townships(facts, shares, ranking=ranking)
        heading = "各乡镇街道排名" if ranking else "各乡镇街道情况"
        sections.append(Section(heading, head=head, rows=rows))
    sections.append(Section("统计口径", [_definition(each) for each in judged]))
    return Draft(
        title=f"关于{facts['programme']}进展情况的通报",
        number=f"（定版 {edition.number}）",
        opening=(
            f"现将截至{day(edition.on)}的试点工作进展情况通报如下。"
            f"本通报数据取自定版{edition.number}，口径见文末。"
        ),
        sections=sections,
    )


def _overall(facts: dict[str, Any]) -> str:
    states = [each["state"] for each in facts["indicators"] if each["target"]]
    unknown = states.count(UNKNOWN)
    without = f"，无数据{unknown}项" if unknown else ""
    return (
        f"{len(states)}项目标中，已达成{states.count(REACHED)}项，进度正常{states.count(ON_PACE)}项，"
        f"滞后{states.count(BEHIND)}项，危险{states.count(DANGER)}项{without}。"
        f"判定规则：{facts['rule']}"
    )


def _definition(each: dict[str, Any]) -> str:
    rule = f"分母：{each['denominator_rule']}" if each["denominator_rule"] else ""
    return f"{each['title']}：{each['definition']}{rule}{each['left_out']}"


def _problem(each: dict[str, Any], facts: dict[str, Any]) -> str:
    sentence = (
        f"{each['title']}：完成{_amount(each['value'], each)}，"
        f"时间进度应为{_amount(each['expected'], each)}，目标{_amount(each['target'], each)}。"
    )
    names = dict(facts["townships"])
    low = [
        (Decimal(figure["value"]), names[code])
        for code, figure in each["by_township"].items()
        if code in names and figure["value"] is not None and each["is_share"]
    ]
    if low:
        worst = "、".join(f"{name}（{value}%）" for value, name in sorted(low)[:3])
        sentence += f"较低的有{worst}。"
    return sentence


def _townships(
    facts: dict[str, Any], shares: list[dict[str, Any]], *, ranking: bool
) -> tuple[list[str], list[list[str]]]:
    lines = []
    for code, name in facts["townships"]:
        values = [each["by_township"].get(code, {}).get("value") for each in shares]
        known = [Decimal(value) for value in values if value is not None]
        mean = sum(known, Decimal(0)) / len(known) if known else Decimal(-1)
        lines.append((mean, [name, *[f"{value}%" if value else "—" for value in values]]))
    head = ["乡镇街道", *[each["title"].removesuffix("率") for each in shares]]
    if not ranking:
        return head, [line for _, line in lines]
    lines.sort(key=lambda line: -line[0])
    return ["名次", *head], [[str(n), *line] for n, (_, line) in enumerate(lines, start=1)]


def _amount(value: str | None, each: dict[str, Any]) -> str:
    if value is None:
        return "—"
    number = Decimal(value)
    shown = f"{number:f}" if each["is_share"] else f"{number.normalize():f}"
    return f"{shown}{each['unit']}"
