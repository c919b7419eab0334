"""The rows of the files that departments sent, each with what came of it."""

from typing import Any

from accounts.nouns import TEXTS, Noun, Part
from accounts.policy import Action
from common import spreadsheet
from registry.masking import masked
from registry.models import FeedRow
from registry.nouns.society import NUMBER
from registry.remarks import of_cells


def _code(row: Any) -> str:
    read = row.read
    return (read.uscc or read.registration_no) if read else ""


def _name(row: Any) -> str:
    read = row.read
    return masked(read.name) if read else ""


def _remarks(row: Any) -> list[str]:
    return [f"{remark.word}：{remark.sentence}" for remark in of_cells(row)]


ROWS = Noun(
    name="delivery-rows",
    title="报送行",
    model=FeedRow,
    action=Action.VIEW_DELIVERY,
    argument="row",
    parts=(
        NUMBER,
        Part("delivery", "delivery_id", label="报送编号", kind=spreadsheet.NUMBER),
        Part("ordinal"),
        Part("sheet"),
        Part("number"),
        Part("kind"),
        Part("outcome"),
        Part("code", label="代码或注册号", value=_code, kind=spreadsheet.CODE),
        Part("name", label="名称", value=_name),
        Part("remarks", label="问题与提示", value=_remarks, kind=TEXTS),
        Part("decision"),
        Part("decided_by", "decided_by.full_name", label="决定人"),
        Part("decision_reason"),
    ),
    joined=lambda rows: rows.select_related("registration", "statement", "decided_by"),
    conditions={"delivery": "delivery", "outcome": "outcome"},
)
NOUNS = (ROWS,)
