"""Notices of the demo: two formal letters with their proof, and old ones that were read."""

import datetime as dt
from random import Random

from accounts.choices import NoticeEvent, Role
from accounts.models import NoticeReceipt, User
from accounts.operations.notices import confirm_notice, notify, send_letter
from accounts.operations.outbox import send_waiting
from common import clock

READ_UNTIL = dt.date(2021, 7, 1)
WELCOMED = dt.date(2021, 7, 16)
# day, title, text, roles, share of people who confirmed it a day later
LETTERS = (
    (
        dt.date(2021, 7, 6),
        "关于报送上半年辅导员工作情况的通知",
        "请各乡镇街道于7月23日前，把上半年辅导员走访、培训和整改跟踪情况在平台上补录齐全。",
        (Role.CLERK, Role.COUNSELLOR),
        0.7,
    ),
    (
        dt.date(2021, 7, 19),
        "关于开展空壳社核查“回头看”的通知",
        "请对6月底前核查过的合作社逐社复核，照片、笔录不全的补齐。复核情况7月底前报区农业农村局。",
        (Role.CLERK, Role.COUNSELLOR, Role.LIAISON),
        0.25,
    ),
)


def add_notices(known: dict[str, User], random: Random) -> None:
    """Let old notices be read, send the letters, and let many people confirm them."""
    long_ago = clock.start_of(READ_UNTIL)
    NoticeReceipt.objects.filter(delivered_at__lt=long_ago).update(read_at=long_ago)
    slow = {known["clerk"].pk, known["counsellor"].pk}
    for day, title, text, roles, confirming in LETTERS:
        people = list(User.objects.people().filter(role__in=roles).order_by("pk"))
        with clock.on_day(day):
            letter = send_letter(people, title=title, text=text, by=known["bureau"])
            send_waiting()
        with clock.on_day(day + dt.timedelta(days=1)):
            for person in people:
                if random.random() < confirming and person.pk not in slow:
                    confirm_notice(letter, by=person)
    with clock.on_day(WELCOMED):
        notify(
            [known["cooperative"]],
            event=NoticeEvent.OTHER_NOTICE,
            title="欢迎使用通川区农民合作社质量提升平台",
            text="您可以在这里查看本社的登记信息、填报年度报告、申请证明。信息有误的，请联系所在乡镇街道更正。",
            url="/",
        )
        notify(
            [known["bureau"]],
            event=NoticeEvent.OTHER_NOTICE,
            title="二季度的数据等待核对",
            text="二季度的登记信息已经收到，还有存疑的行和不认识的词语，请核对后入库。",
            url="/registry/feeds/",
        )
