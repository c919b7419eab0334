"""Words of the work plan, the pre-acceptance and the archive."""

from django.db import models


class PartState(models.TextChoices):
    """Where a unit's part of a task stands; late is computed and never stored."""

    NOT_BEGUN = "not_begun", "未开始"
    UNDER_WAY = "under_way", "进行中"
    DONE = "done", "已完成"
    CONFIRMED = "confirmed", "经确认"


FINISHED_PARTS = (PartState.DONE, PartState.CONFIRMED)
OPEN_PARTS = (PartState.NOT_BEGUN, PartState.UNDER_WAY)
LATE, LATE_WORD = "late", "逾期"


class AcceptanceKind(models.TextChoices):
    """Which check of the programme it is (S-085, S-086)."""

    PRELIMINARY = "preliminary", "预验收"
    FINAL = "final", "总结核查"


class AcceptanceState(models.TextChoices):
    """Where a check stands."""

    DRAFT = "draft", "自查中"
    CONCLUDED = "concluded", "已出结论"
    CLOSED = "closed", "整改完毕"


class Verdict(models.TextChoices):
    """What the portal finds for an item of a checklist."""

    MET = "met", "达到"
    PARTLY = "partly", "部分达到"
    GAP = "gap", "缺项"
    NOT_DUE = "not_due", "未到期"


class FindingState(models.TextChoices):
    """Where the rectification of a finding stands."""

    OPEN = "open", "待整改"
    DONE = "done", "已整改，待复核"
    CONFIRMED = "confirmed", "复核通过"


class ArchiveState(models.TextChoices):
    """Where the building of an archive stands."""

    WAITING = "waiting", "等待生成"
    BUILDING = "building", "正在生成"
    READY = "ready", "已生成"
    FAILED = "failed", "未能生成"
