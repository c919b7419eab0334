"""Words that people see for the codes of bodies, meetings, minutes and decisions."""

from django.db import models


class BodyKind(models.TextChoices):
    """Which bodies coordinate the pilot (plan S-087, S-094, S-105)."""

    JOINT_MEETING = "joint_meeting", "联席会议"
    LEADING_GROUP = "leading_group", "领导小组"
    TOWNSHIP_GROUP = "township_group", "乡镇街道领导小组"


class SeatDuty(models.TextChoices):
    """What a member is in a body."""

    HEAD = "head", "组长（召集人）"
    DEPUTY = "deputy", "副组长（副召集人）"
    MEMBER = "member", "成员"
    OFFICER = "officer", "办公室主任"
    CONTACT = "contact", "联络员"


class CopyLabel(models.TextChoices):
    """What the line of copies is called: the plan writes 抄报, GB/T 9704 only knows 抄送."""

    COPY = "copy", "抄送"
    COPY_UP = "copy_up", "抄报"


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", "待召开"
    CALLED = "called", "已通知"
    HELD = "held", "已召开"
    CANCELLED = "cancelled", "已取消"


class AgendaKind(models.TextChoices):
    """Where an item of the agenda comes from; the order is that of the agenda."""

    UNDONE_DECISION = "undone_decision", "上次未办结"
    CONTRADICTION = "contradiction", "来源矛盾"
    RATING_ROUND = "rating_round", "示范社评定"
    MONITORING_CASE = "monitoring_case", "示范社监测"
    HELP_REQUEST = "help_request", "乡镇求助"
    OTHER = "other", "其他议题"


class ReplyKind(models.TextChoices):
    """What a unit answered to the notice of a meeting."""

    WAITING = "waiting", "未回复"
    COMING = "coming", "参加"
    LEAVE = "leave", "请假"


class Presence(models.TextChoices):
    """How a unit took part (domain §8.2)."""

    UNKNOWN = "unknown", "未登记"
    PRESENT = "present", "出席"
    LEAVE = "leave", "请假"
    SITTING_IN = "sitting_in", "列席"
    ABSENT = "absent", "缺席"


class MinutesState(models.TextChoices):
    """Where minutes stand (domain §8.2)."""

    DRAFT = "draft", "起草"
    CIRCULATED = "circulated", "会签中"
    AGREED = "agreed", "已定稿"
    SIGNED = "signed", "已签发"
    ISSUED = "issued", "已印发"
    ARCHIVED = "archived", "已归档"


class ConsentAnswer(models.TextChoices):
    """What a unit answered to a paragraph."""

    WAITING = "waiting", "未答复"
    AGREED = "agreed", "同意"
    WORDING = "wording", "同意，建议改文字"
    OBJECTED = "objected", "不同意"
    SILENT = "silent", "逾期未答复，视为同意"


class PaperForm(models.TextChoices):
    """How a unit answered on paper."""

    LETTER = "letter", "来文"
    FAX = "fax", "传真"


class DecisionState(models.TextChoices):
    """Where a decision stands; it is a task from the day the minutes are issued."""

    DRAFT = "draft", "待印发"
    OPEN = "open", "办理中"
    REPORTED = "reported", "已报办结，待确认"
    DONE = "done", "已办结"
    DROPPED = "dropped", "不再办理"


class ProgressKind(models.TextChoices):
    """What a line in the record of a decision is."""

    PROGRESS = "progress", "进展"
    FINISHED = "finished", "报告办结"
    RETURNED = "returned", "退回"
    CONFIRMED = "confirmed", "确认办结"
    DROPPED = "dropped", "不再办理"
    EXTENDED = "extended", "调整期限"
