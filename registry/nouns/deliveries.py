"""Files that departments sent, and their rows, each with what came of it.

Programs read the files through registry/api/deliveries.py: DELIVERIES is for exports.
"""

from typing import Any

from accounts.nouns import MOMENT, NUMBER, TEXTS, Noun, Part
from accounts.policy import Action
from common import spreadsheet
from registry import kept_lists
from registry.forms.deliveries import DeliveryFilter
from registry.masking import masked
from registry.models import FeedDelivery, FeedRow
from registry.remarks import of_cells


def _number(key: str, label: str) -> Part:
    """Return how many rows came out so, nothing before the file was read."""

    def counted(delivery: Any) -> int | None:
        counts = delivery.job.counts
        number: int | None = counts.get(key) if "new" in counts else None
        return number

    return Part(key, value=counted, label=label, kind=spreadsheet.NUMBER)


def _code(row: Any) -> str:
    read = row.read
    return (read.uscc or read.registration_no) if read else ""


def _name(row: Any) -> str:
    read = row.read
    return masked(read.name) if read else ""


def _remarks(row: Any) -> list[str]:
    return [f"{remark.word}：{remark.sentence}" for remark in of_cells(row)]


DELIVERIES = Noun(
    name="deliveries",
    title="数据报送",
    model=FeedDelivery,
    action=Action.VIEW_DELIVERY,
    argument="delivery",
    parts=(
        NUMBER,
        Part("quarter"),
        Part("source"),
        Part("number"),
        Part("filename"),
        Part("state", "job.state"),
        Part("scope"),
        _number("physical", "行数"),
        _number("new", "新增"),
        _number("changed", "变动"),
        _number("doubtful", "存疑"),
        _number("rejected", "退回"),
        Part("sender", "sender.name", label="报送单位"),
        Part("received_at", kind=MOMENT),
        Part("received_by", "received_by.full_name", label="接收人"),
    ),
    joined=lambda rows: rows.select_related("job", "sender", "received_by"),
    filter=DeliveryFilter,
    make_filter=kept_lists.DELIVERIES.form,
    listed=kept_lists.DELIVERIES,
)
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
