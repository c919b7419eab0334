"""Rows of a sheet that are no society's: totals, signatures, remarks, dates of printing."""

import re
from collections.abc import Sequence
from typing import Final

from registry.ingestion.cells import HALF_WIDTH, Cell, as_text

_NOTE: Final = re.compile(
    r"(?:合\s*计|小\s*计|总\s*计|累\s*计|共\s*计|本页|填表|填报|制表|审核|复核|报送|统计|打印|说明|"
    r"以上|数据来源|数据截|截至|截止|经办|附?注[:：]|备注[:：]|单位[:：]|单位负责人|联系电话[:：]|"
    r"(?:负责|联系)人[:：]|日\s*期[:：]|[（(]?盖章|第\s*\d+\s*页|共\s*\d+)"
)
# A row that holds nothing else, in the column of names.
_ALONE: Final = re.compile(
    r"[（(]?\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?[)）]?"  # the day of a signature
    r"|[（(]?[一二三四五六七八九十]{1,3}[)）、.．][^社]*"  # the heading of a group
    r"|[（(][^社]*[)）]|[^社]*(?:管理局|农村局|市监局|人民政府|办事处)(?:[（(](?:盖章|公章|章)[)）])?"
)
_RUNNING_NUMBER: Final = re.compile(r"\d{1,6}(?:\.0)?")
_TOTAL: Final = re.compile(
    r"\(?[^\d:,]{0,12}[合小总累共]计(?:户?数|家数|社数)?\)?(?:\([^()]*\))?:?(?:共?\d+[户家个社名人]?)?"
)
LONGEST_COUNT: Final = 12  # characters; every code and number of a society is longer
_COUNT: Final = re.compile(rf"共?[\d,.]{{1,{LONGEST_COUNT}}}[户家个社名人]?|[-—–/]*")
_SOCIETY: Final = re.compile(r"合作社|联合社|联社|分社")


def begins_note(cell: Cell) -> bool:
    """Tell whether a text begins as totals, signatures and remarks do."""
    return isinstance(cell, str) and _NOTE.match(cell.strip()) is not None


def is_remark(cell: Cell) -> bool:
    """Tell a remark that stands alone in the column of names: a date, a heading, who sent it."""
    return isinstance(cell, str) and _ALONE.fullmatch(cell.strip()) is not None


def names_society(cell: Cell) -> bool:
    """Tell whether a cell of the column of names holds one, and no remark."""
    return isinstance(cell, str) and _SOCIETY.search(cell) is not None and not begins_note(cell)


def total_label(cells: Sequence[Cell]) -> str:
    """Return 合计, 小计 or the like where it is a row's first text, a running number aside, or ""."""
    filled = [_tight(cell) for cell in cells if cell != ""]
    if len(filled) > 1 and _RUNNING_NUMBER.fullmatch(filled[0]):
        del filled[0]
    return filled[0] if filled and _TOTAL.fullmatch(filled[0]) else ""


def is_total(cells: Sequence[Cell], code: Cell, name: Cell) -> bool:
    """Tell a row of totals: where a society has code and name, it has a count at most."""
    label = total_label(cells)
    return label != "" and all(
        text == label or _COUNT.fullmatch(text) is not None for text in (_tight(code), _tight(name))
    )


def _tight(cell: Cell) -> str:
    return re.sub(r"\s+", "", as_text(cell).translate(HALF_WIDTH))
