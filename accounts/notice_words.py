"""The words around a notice in each channel: what kind of matter it is, and what to do about it."""

from collections.abc import Sequence

from django.conf import settings

from accounts.choices import NoticeEvent
from accounts.models import Notice, User
from common.clock import local_day

SIGN = "通川农合"
_SMS_LENGTH = 200
_LOOK = "请登录平台查看。"

# What a person is to do when such a notice comes; every event has its sentence.
WHAT_TO_DO: dict[NoticeEvent, str] = {
    NoticeEvent.DELIVERY_REFUSED: "请登录平台查看原因，改正后重新报送。",
    NoticeEvent.DELIVERY_COMMITTED: "数据已写入名录，不必再报。",
    NoticeEvent.DELIVERY_OVERDUE: "请尽快报送；有困难请与区农业农村局联系。",
    NoticeEvent.MATTER_TO_VERIFY: "请登录平台说明情况，可附照片。",
    NoticeEvent.CASE_OPENED: "请登录平台核实并办理。",
    NoticeEvent.CASE_DECIDED: _LOOK,
    NoticeEvent.RECTIFICATION_ORDERED: "请按期整改，并在平台上填写整改情况。",
    NoticeEvent.TERM_NEAR: "请在期限前办结。",
    NoticeEvent.TERM_PASSED: "请尽快办理，并说明原因。",
    NoticeEvent.REPORT_DUE: "请登录平台填报；不会用电脑的，可请辅导员协助。",
    NoticeEvent.REPORT_RECEIVED: "回执可在平台打印，并可扫码查验。",
    NoticeEvent.REPORT_RETURNED: "请按审核意见修改后重新提交。",
    NoticeEvent.REPORT_ACCEPTED: _LOOK,
    NoticeEvent.CERTIFICATE_ISSUED: "证明可在平台下载打印，并可扫码查验。",
    NoticeEvent.CERTIFICATE_REFUSED: "原因见平台；补齐材料后可以重新申请。",
    NoticeEvent.COUNSELLOR_ASSIGNED: _LOOK,
    NoticeEvent.VISIT_DUE: "请安排走访，并用手机填写记录。",
    NoticeEvent.VISIT_TO_CONFIRM: "请登录平台核对，属实的请确认。",
    NoticeEvent.TRAINING_INVITED: "请登录平台查看时间地点，并回复能否参加。",
    NoticeEvent.TITLE_ROUND: "请登录平台查看评定安排和时限。",
    NoticeEvent.TITLE_DECIDED: "对结果有异议的，请在公示期内书面提出。",
    NoticeEvent.MEETING_CALLED: "请登录平台查看议题，并回复能否参加。",
    NoticeEvent.MINUTES_TO_AGREE: "请在期限内登录平台会签。",
    NoticeEvent.TASK_ASSIGNED: "请登录平台签收，并按期办理。",
    NoticeEvent.DATA_SHARED: "请登录平台下载；含个人信息的，请妥善保管。",
    NoticeEvent.EXPORT_READY: "文件保留时间有限，请及时下载。",
    NoticeEvent.OFFICIAL_LETTER: "请登录平台阅读，并确认收到。",
    NoticeEvent.OTHER_NOTICE: _LOOK,
}


def what_to_do(notice: Notice) -> str:
    """Return the sentence that says what to do about a notice."""
    return WHAT_TO_DO[NoticeEvent(notice.event)]


def email_of(notice: Notice, person: User) -> tuple[str, str]:
    """Return subject and text of the message about one notice."""
    kind = "正式通知" if notice.formal else notice.get_event_display()
    lines = [
        f"{person.full_name}：",
        "",
        notice.text,
        "",
        what_to_do(notice),
        f"查看：{settings.SITE_URL}/accounts/notices/{notice.pk}/",
        "",
        _closing(),
    ]
    return _one_line(f"【{SIGN}】{kind}：{notice.title}"), "\n".join(lines)


def digest_of(notices: Sequence[Notice], person: User) -> tuple[str, str]:
    """Return subject and text of the daily message about what a person has not read."""
    lines = [f"{person.full_name}：", "", f"您在平台上有 {len(notices)} 条未读通知：", ""]
    lines += [
        f"{number}. {local_day(notice.sent_at)} {notice.get_event_display()}：{notice.title}"
        for number, notice in enumerate(notices, start=1)
    ]
    lines += ["", f"查看：{settings.SITE_URL}/accounts/notices/", "", _closing()]
    return f"【{SIGN}】{len(notices)} 条未读通知", "\n".join(lines)


def sms_of(notice: Notice) -> str:
    """Return the text message about one notice: no personal data, no link to be clicked."""
    title = notice.title[:_SMS_LENGTH]
    return _one_line(f"【{SIGN}】{notice.get_event_display()}：{title}。{what_to_do(notice)}")


def _closing() -> str:
    return "通川区农民合作社质量提升平台（系统自动发送，请勿回复；提醒方式可在“个人资料”中更改）"


def _one_line(text: str) -> str:
    """Keep a heading on its line: a newline in it could forge another heading."""
    return " ".join(text.split())
