"""The course of the pilot: its terms, the units' tasks, editions, acceptances."""

from accounts.policy import Action
from common.spreadsheet import CODE, DAY, NUMBER, TEXT
from pilot.models import Acceptance, Edition, Programme, TaskPart
from pilot.proofs.frame import Proof

PROOFS: tuple[Proof, ...] = (
    Proof(
        "programmes",
        "试点的期限、阶段和目标",
        Programme.objects.all,
        (
            ("试点", "name", TEXT, 40),
            ("级别", "level", TEXT, 10),
            ("批次", "batch", TEXT, 12),
            ("依据文件", "document", TEXT, 24),
            ("开始日期", "starts_on", DAY, 16),
            ("结束日期", "ends_on", DAY, 16),
        ),
        "pilot:programme-list",
        Action.VIEW_PROGRAMME,
        related=(),
        way="pk",
    ),
    Proof(
        "parts",
        "分单位任务",
        TaskPart.objects.all,
        (
            ("任务", "task.title", TEXT, 44),
            ("承担单位", "unit.name", TEXT, 24),
            ("完成期限", "task.due_on", DAY, 16),
            ("状态", "state", TEXT, 12),
            ("完成程度（%）", "progress", NUMBER, 12),
        ),
        "pilot:part-list",
        Action.VIEW_WORK_PLAN,
        related=("task", "unit"),
        way="task__programme",
    ),
    Proof(
        "editions",
        "定版与通报",
        lambda: Edition.objects.defer("content"),
        (
            ("编号", "number", CODE, 14),
            ("标题", "title", TEXT, 40),
            ("统计日", "on", DAY, 16),
            ("内容摘要（SHA-256）", "sha256", CODE, 66),
        ),
        "pilot:edition-list",
        Action.VIEW_EDITION,
        related=(),
        way="programme",
    ),
    Proof(
        "checks",
        "预验收和总结核查",
        Acceptance.objects.all,
        (
            ("类别", "kind", TEXT, 12),
            ("核对日期", "as_of", DAY, 16),
            ("状态", "state", TEXT, 12),
            ("结论", "conclusion", TEXT, 60),
        ),
        "pilot:acceptance-list",
        Action.VIEW_ACCEPTANCE,
        related=(),
        way="programme",
    ),
)
