"""What the sender of a file is told of it without asking."""

from collections.abc import Mapping

from django.urls import reverse

from accounts.choices import NoticeEvent
from accounts.operations.notices import notify
from registry.models import FeedDelivery

_OUTCOMES = {
    "new": "新增",
    "changed": "变动",
    "unchanged": "不变",
    "doubtful": "存疑",
    "rejected": "退回",
}


def tell_refused(delivery: FeedDelivery, message: str) -> None:
    """Tell whoever handed a file in that it came back, and why."""
    _tell(
        delivery,
        event=NoticeEvent.DELIVERY_REFUSED,
        title=f"{delivery}被退回",
        text=f"文件“{delivery.filename}”没有通过检查：{message}",
    )


def tell_committed(delivery: FeedDelivery, counts: Mapping[str, int]) -> None:
    """Tell whoever handed a file in that it is in the register, and what became of its rows."""
    rows = "、".join(f"{word} {counts.get(key, 0)} 行" for key, word in _OUTCOMES.items())
    _tell(
        delivery,
        event=NoticeEvent.DELIVERY_COMMITTED,
        title=f"{delivery}已入库",
        text=f"文件“{delivery.filename}”已写入名录：{rows}。",
    )


def _tell(delivery: FeedDelivery, *, event: str, title: str, text: str) -> None:
    if delivery.received_by is None:  # handed in on the server's command line
        return
    url = reverse("registry:delivery-detail", kwargs={"delivery": delivery.pk})
    notify([delivery.received_by], event=event, title=title, text=text, url=url)
