"""Whoever hands a file in is told what became of it."""

from accounts.choices import NoticeEvent
from accounts.models import NoticeReceipt
from registry.operations.delivery_notices import tell_committed, tell_refused


def test_the_sender_is_told_that_a_file_came_back_and_why(cast):
    tell_refused(cast.near.delivery, "缺少“名称”列。")
    receipt = NoticeReceipt.objects.get()
    assert receipt.person == cast.liaison
    assert receipt.notice.event == NoticeEvent.DELIVERY_REFUSED
    assert "缺少“名称”列" in receipt.notice.text
    assert receipt.notice.url == f"/registry/feeds/{cast.near.delivery.pk}/"


def test_the_sender_is_told_what_became_of_the_rows(cast):
    tell_committed(cast.near.delivery, {"new": 3, "rejected": 1})
    text = NoticeReceipt.objects.get().notice.text
    assert "新增 3 行" in text
    assert "退回 1 行" in text


def test_a_file_of_the_command_line_tells_nobody(cast):
    cast.near.delivery.received_by = None
    tell_refused(cast.near.delivery, "原因")
    assert not NoticeReceipt.objects.exists()
