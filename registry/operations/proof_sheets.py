"""The proof sheet 核查表: one page on which every fact of a society stands with its source."""

from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, may
from common import clock
from common.documents.pdf import render_pdf
from common.template_tags import day, moment
from registry.flags import words
from registry.models import Contradiction, Cooperative, Flag
from registry.provenance import Fact, Provenance
from registry.sides.board import Board, Said, board_of
from registry.sides.words import said

FACTS = (
    "uscc",
    "registration_no",
    "status",
    "kind",
    "legal_representative",
    "total_contribution",
    "member_count",
    "farmer_member_count",
    "unit_member_count",
    "established_on",
    "approved_on",
    "registration_authority",
    "township",
    "domicile",
    "business_scope",
    "contact_person",
    "contact_phone",
)
LONGEST = 60  # characters of a value that one line of the sheet holds
MOST_DOUBTS = 8


@transaction.atomic
def print_proof_sheet(society: Cooperative, *, by: User) -> bytes:
    """Return the sheet as a PDF and keep in the trail who took it."""
    content = render_pdf("proof", proof_facts(society, by=by))
    audit.record("proof-sheet-printed", society, by=by, size=len(content))
    return content


def proof_facts(society: Cooperative, *, by: User) -> dict[str, Any]:
    """Return what stands on the sheet: facts with numbered sources, the sides, doubts, the mark."""
    provenance = Provenance(society)
    sources = _Sources()
    facts = [_line(provenance.fact(name), sources) for name in FACTS]
    now = clock.now()
    return {
        "title": "农民专业合作社核查表",
        "name": society.name,
        "about": _about(society),
        "facts": [line for line in facts if line is not None],
        "sides": _sides(board_of(society, provenance), sources),
        "doubts": _doubts(society, by),
        "sources": sources.listed,
        "mark": f"{by}（{by.unit or by.get_role_display()}）{moment(now)}打印，仅供核查，不得外传。",
    }


class _Sources:
    """Files named once at the foot of the sheet, and by a number beside each value."""

    def __init__(self) -> None:
        self.listed: list[str] = []
        self._numbers: dict[int, int] = {}

    def number(self, row: Any) -> str:
        """Return the mark of a row's file, and the place in it."""
        delivery = row.delivery
        if delivery.pk not in self._numbers:
            self._numbers[delivery.pk] = len(self.listed) + 1
            took = delivery.job.requested_by if hasattr(delivery, "job") else None
            self.listed.append(
                f"[{len(self.listed) + 1}] {delivery}：{delivery.filename}，{moment(delivery.received_at)}"
                f"收到（{delivery.sender or '来源单位未记'}）"
                + (f"，{took}入库" if took else "")
                + f"，文件摘要 {delivery.sha256[:12]}"
            )
        sheet = f"“{row.sheet}”" if row.sheet else ""
        return f"[{self._numbers[delivery.pk]}] {sheet}第{row.number}行"


def _about(society: Cooperative) -> str:
    parts = [society.township.name if society.township else "乡镇街道待判定"]
    if society.counsellor:
        parts.append(f"辅导员 {society.counsellor}")
    return "　".join(parts)


def _line(fact: Fact, sources: _Sources) -> list[str] | None:
    if fact.missing and not fact.earlier and fact.source.row is None:
        return None
    source = fact.source
    if source.row is not None:
        where = sources.number(source.row) + (f"{source.letter}列" if source.letter else "")
        where += f"（{source.note}）" if source.note else ""
    elif source.person:
        where = f"{source.label}：{source.person} {day(source.at)}" if source.at else source.label
    else:
        where = source.label
    value = fact.value or fact.missing
    if fact.differing:
        value += f"（与最近报送不一致：{fact.differing}）"
    return [fact.label, _short(value), where]


def _sides(board: Board, sources: _Sources) -> dict[str, Any]:
    return {
        "heads": ["事实", *(side.label for side in board.sides), "把握程度"],
        "rows": [
            [
                line.label + ("（说法不一）" if line.clash else ""),
                *(_cell(cell, sources) for cell in line.cells),
                str(line.certainty.label),
            ]
            for line in board.lines
        ],
    }


def _cell(said_: Said | None, sources: _Sources) -> str:
    if said_ is None:
        return "没有资料"
    where = f" {sources.number(said_.row)}" if said_.row is not None else ""
    when = f"\n{day(said_.on)}（{said_.age}）" if said_.on else ""
    return f"{_short(said_.value, 40)}{when}{where}"


def _doubts(society: Cooperative, by: User) -> list[str]:
    """Return where sources disagree and what is suspected, in words."""
    doubts = []
    standing = Contradiction.objects.permitted(by, Action.VIEW_CONTRADICTION).open()
    for each in standing.filter(cooperative=society).order_by("opened_at", "pk"):
        told = "，".join(f"{who}{label} {value}" for who, label, value in said(each.evidence))
        doubts.append(f"来源矛盾：{each.get_kind_display()}（{_short(told, 80)}）")
    if may(by, Action.VIEW_FLAG):
        suspected = Flag.objects.permitted(by, Action.VIEW_FLAG).open().filter(cooperative=society)
        doubts += [f"疑似问题：{words.title_of(flag)}" for flag in suspected.order_by("rule")]
    more = len(doubts) - MOST_DOUBTS
    return doubts[:MOST_DOUBTS] + ([f"另有 {more} 条，见平台"] if more > 0 else [])


def _short(text: str, length: int = LONGEST) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
