"""The pieces of a programme's archive: the plan, the lists, the evidence, the checks, the course."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from accounts import deeds
from accounts.models import Attachment, AuditEvent
from common import clock
from common.spreadsheet import CODE, DAY, NUMBER, Column, Note, Table
from common.template_tags import day, moment
from pilot.archiving import Piece, fit_for_a_name, workbook_of
from pilot.exports import plan_table
from pilot.models import (
    Acceptance,
    AcceptanceFinding,
    EvidenceLink,
    PlanTask,
    Programme,
    TaskPart,
)
from pilot.proofs import proofs_of

_ITEMS = (
    Column("次序", NUMBER, 8),
    Column("方案条目", CODE, 10),
    Column("内容", width=40),
    Column("要求", width=40),
    Column("系统核对", width=12),
    Column("核对情况", width=60),
    Column("缺什么", width=60),
    Column("满分", NUMBER, 8),
    Column("自评分", NUMBER, 8),
    Column("自评说明", width=40),
)
_TARGETS = (
    Column("次序", NUMBER, 8),
    Column("目标", width=30),
    Column("目标值", NUMBER, 10),
    Column("数值", NUMBER, 10),
    Column("单位", width=8),
    Column("分子", NUMBER, 10),
    Column("分母", NUMBER, 10),
    Column("系统核对", width=12),
    Column("还差", NUMBER, 10),
    Column("完成期限", DAY, 16),
    Column("口径版本", NUMBER, 10),
)
_FINDINGS = (
    Column("内容", width=40),
    Column("整改单位", width=20),
    Column("问题", width=60),
    Column("整改期限", DAY, 16),
    Column("状态", width=16),
    Column("整改情况", width=40),
    Column("整改日期", DAY, 16),
    Column("复核日期", DAY, 16),
)
_LINKS = (
    Column("方案条目", CODE, 10),
    Column("任务", width=40),
    Column("单位", width=20),
    Column("名称", width=30),
    Column("平台页面", width=50),
    Column("添加日期", DAY, 16),
)
_COURSE = (
    Column("时间", width=20),
    Column("操作人", width=14),
    Column("操作", width=20),
    Column("对象", width=50),
    Column("理由", width=50),
)


@dataclass
class Collection:
    """What is collected for one archive; `missing` names attachments whose bytes are gone."""

    programme: Programme
    missing: list[str] = field(default_factory=list)

    def notes(self) -> list[Note]:
        """Return what the first sheet of every workbook says."""
        return [
            ("试点", str(self.programme)),
            ("期限", f"{day(self.programme.starts_on)}至{day(self.programme.ends_on)}"),
            ("归档时间", moment(clock.now())),
        ]

    def pieces(self) -> Iterator[Piece]:
        """Yield everything that proves each task."""
        parts = TaskPart.objects.filter(task__programme=self.programme)
        yield self._sheet("倒排工作表.xlsx", "工作表", plan_table(self.programme, parts))
        yield from self._evidence(parts)
        links = EvidenceLink.objects.filter(part__in=parts)
        yield self._sheet("佐证页面.xlsx", "佐证页面", Table("佐证页面", _LINKS, _link_rows(links)))
        yield from self._lists()
        yield from self._checks()
        yield self._sheet("办理经过.xlsx", "办理经过", Table("办理经过", _COURSE, _course(parts)))

    def _sheet(self, name: str, kind: str, table: Table) -> Piece:
        return Piece(name, kind, workbook_of(table, self.notes()))

    def _evidence(self, parts: Any) -> Iterator[Piece]:
        known = {str(part.pk): part for part in parts.select_related("task", "unit").order_by("pk")}
        files = Attachment.objects.of_all(TaskPart, known).order_by("owner_key", "added_at", "id")
        for file in files.select_related("added_by"):
            part = known[file.owner_key]
            about = f"{file.added_by} {day(file.added_at)}上传　{file.note}".strip("　 ")
            if not file.path.is_file():
                self.missing.append(f"{part.task}：{file.filename}")
                continue
            folder = fit_for_a_name(f"{part.task.source} {part.task.title}".strip())
            name = f"佐证/{folder}/{part.unit.short_name}/{fit_for_a_name(file.filename)}"
            yield Piece(
                name,
                "附件",
                file.path,
                part.task.source,
                part.task.title,
                part.unit.name,
                about,
            )

    def _lists(self) -> Iterator[Piece]:
        tasks = list(PlanTask.objects.filter(programme=self.programme).order_by("source", "pk"))
        for proof in proofs_of(key for task in tasks for key in task.proofs):
            proven = [task.source or task.title for task in tasks if proof.key in task.proofs]
            yield Piece(
                f"名单/{proof.label}.xlsx",
                "名单",
                workbook_of(proof.table(self.programme), self.notes()),
                note=f"证明：{'、'.join(proven)}",
            )

    def _checks(self) -> Iterator[Piece]:
        for check in Acceptance.objects.filter(programme=self.programme).order_by("pk"):
            stem = f"验收/{check.get_kind_display()}_{check.as_of:%Y%m%d}"
            items = Table("核对清单", _ITEMS, _item_rows(check))
            yield self._sheet(f"{stem}_核对清单.xlsx", "验收", items)
            if check.target_checks.exists():
                targets = Table("目标核对", _TARGETS, _target_rows(check))
                yield self._sheet(f"{stem}_目标核对.xlsx", "验收", targets)
            findings = AcceptanceFinding.objects.of_check(check)
            if findings.exists():
                table = Table("整改清单", _FINDINGS, _finding_rows(findings))
                yield self._sheet(f"{stem}_整改清单.xlsx", "验收", table)


def _item_rows(check: Acceptance) -> Iterator[list[Any]]:
    for item in check.items.order_by("position"):
        yield [
            item.position,
            item.source,
            item.title,
            item.requirement,
            item.get_verdict_display(),
            item.found,
            "；".join(item.gaps),
            item.points,
            item.self_points,
            item.note,
        ]


def _target_rows(check: Acceptance) -> Iterator[list[Any]]:
    for each in check.target_checks.order_by("position"):
        yield [
            each.position,
            each.title,
            each.target,
            each.value,
            each.unit,
            each.numerator,
            each.denominator,
            each.get_verdict_display(),
            each.missing,
            each.due_on,
            each.definition_version,
        ]


def _finding_rows(findings: Any) -> Iterator[list[Any]]:
    for finding in findings.in_order():
        yield [
            finding.title,
            finding.unit.name,
            finding.text,
            finding.due_on,
            finding.get_state_display(),
            finding.outcome,
            finding.done_on,
            finding.confirmed_on,
        ]


def _link_rows(links: Any) -> Iterator[list[Any]]:
    for link in links.select_related("part__task", "part__unit").order_by("part__task", "pk"):
        yield [
            link.part.task.source,
            link.part.task.title,
            link.part.unit.name,
            link.label,
            link.address,
            link.added_at.astimezone(clock.SHANGHAI).date(),
        ]


def _course(parts: Any) -> Iterator[list[Any]]:
    """Yield what the trail holds about the parts, in the order in which it happened."""
    keys = [str(key) for key in parts.values_list("pk", flat=True)]
    events = AuditEvent.objects.filter(
        subject_kind=TaskPart._meta.label_lower, subject_key__in=keys
    )
    for event in events.order_by("sequence").iterator(chunk_size=1_000):
        yield [
            moment(event.at),
            event.actor_name,
            deeds.deed(event.action),
            event.subject_label,
            event.reason,
        ]
