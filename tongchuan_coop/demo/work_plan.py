"""The work plan of the demo: a year and more under way, some of it late, some still ahead."""

import datetime as dt
from decimal import Decimal
from random import Random

from django.core.files.base import ContentFile

from accounts.models import User
from accounts.operations.attachments import attach_file
from accounts.policy import Action, able_roles
from common import clock
from common.documents.word import OfficialDocument
from pilot.models import EvidenceLink, PlanTask, Programme, TaskPart
from pilot.operations.acceptances import open_acceptance, raise_findings, score_item
from pilot.operations.archives import build_archive, check_archive, request_archive
from pilot.operations.starting_plan import load_starting_plan
from pilot.operations.task_parts import link_evidence, move_part, report_progress
from pilot.plan_choices import AcceptanceKind, PartState, Verdict
from tongchuan_coop.demo.people import HOME_UNIT

TODAY = dt.date(2021, 7, 20)
DONE_NOTE = "已按完成标准办结，佐证已上传或见平台名单。"
RUNNING_NOTES = (
    "已开展三次，记录齐全，下季度继续。",
    "名单已排定，正在逐户上门。",
    "材料已收齐大半，还差两家。",
    "与有关部门已对接，等待批复。",
    "已完成上半年任务，下半年按季推进。",
)
# Parts that ended late or are still open past their day, so that the board has something to warn of.
WRITTEN = (
    "state",
    "progress",
    "note",
    "begun_on",
    "done_on",
    "done_by",
    "confirmed_on",
    "confirmed_by",
)
STILL_LATE = {"S-033", "S-028", "S-038"}
LINKED = (
    ("S-049", "示范社名册", "/demonstration/"),
    ("S-031", "报送进度", "/registry/completeness/"),
    ("S-072", "培训清单", "/training/events/"),
)


def add_work_plan(known: dict[str, User], random: Random) -> None:
    """Load the starting plan and let the units be as far as they would be by July 2021."""
    programme = Programme.objects.order_by("pk").first()
    if programme is None:
        return
    with clock.on_day(dt.date(2020, 5, 20)):
        load_starting_plan(programme, by=known["bureau"])
    _live_until_today(programme, known, random)
    with clock.on_day(TODAY):
        _show_the_steps(programme, known)


def _live_until_today(programme: Programme, known: dict[str, User], random: Random) -> None:
    """Write the state of every part at once: what has ended, runs, or lies ahead."""
    confirmer, reporters = known["bureau"], _reporters()
    parts = list(
        TaskPart.objects.filter(task__programme=programme)
        .select_related("task", "unit")
        .order_by("task__source", "unit__position", "pk")
    )
    for part in parts:
        task = part.task
        if task.start_on > TODAY:
            continue
        part.begun_on = task.start_on + dt.timedelta(days=random.randrange(6))
        lags = task.source in STILL_LATE and random.random() < 0.3
        if task.due_on < TODAY and not lags:
            _end(part, reporters.get(part.unit_id), confirmer, random)
        else:
            spent = (TODAY - task.start_on).days / task.days
            part.state = PartState.UNDER_WAY
            part.progress = min(95, max(5, round(spent * 100 / 5) * 5 - random.choice((0, 5, 15))))
            part.note = random.choice(RUNNING_NOTES)
    TaskPart.objects.bulk_create(
        parts, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN
    )


def _end(part: TaskPart, reporter: User | None, confirmer: User, random: Random) -> None:
    part.progress, part.note = 100, DONE_NOTE
    part.done_on = min(part.task.due_on + dt.timedelta(days=random.choice((-6, -2, 0, 3))), TODAY)
    part.done_by = reporter
    fresh = part.task.due_on > TODAY - dt.timedelta(days=30)
    if fresh or reporter == confirmer:
        part.state = PartState.DONE
        return
    part.state = PartState.CONFIRMED
    part.confirmed_on = min(part.done_on + dt.timedelta(days=5), TODAY)
    part.confirmed_by = confirmer


def _reporters() -> dict[int | None, User]:
    """Return a person of each unit who may report for it."""
    able = able_roles(Action.REPORT_TASK)
    people = User.objects.people().filter(is_active=True, role__in=able).order_by("-pk")
    return {person.unit_id: person for person in people}


def _show_the_steps(programme: Programme, known: dict[str, User]) -> None:
    """Take some steps through the door: progress, a file, a page, a report to be confirmed."""
    clerk = known["clerk"]
    own = TaskPart.objects.filter(task__programme=programme, unit__code=HOME_UNIT)
    own = own.select_related("task", "unit")
    part = own.get(task__source="S-072")
    report_progress(
        part, progress=75, note="上半年两次培训已办，签到齐全。", by=clerk, version=part.version
    )
    attach_file(part, _minutes(), purpose="任务佐证", by=clerk, note="二季度培训签到和小结")
    part = own.get(task__source="S-042")
    link_evidence(part, label="走访记录", address="/training/visits/", by=clerk)
    part.refresh_from_db()
    move_part(
        part, PartState.DONE, by=clerk, version=part.version, reason="三个机构已健全，见走访记录。"
    )
    for source, label, address in LINKED:
        task = PlanTask.objects.get(programme=programme, source=source)
        first = task.parts.order_by("pk").first()
        if first and first.state != PartState.CONFIRMED:
            EvidenceLink.objects.get_or_create(
                part=first,
                address=address,
                defaults={"label": label, "added_by": known["bureau"], "added_at": clock.now()},
            )


def _minutes() -> "ContentFile[bytes]":
    document = OfficialDocument("罗江镇二季度合作社法人培训小结")
    document.paragraph("4月22日、6月10日各办一次，到会58人次，讲解成员账户和盈余分配。")
    return ContentFile(document.content(), name="罗江镇二季度培训小结.docx")


def add_check_and_archive(known: dict[str, User], random: Random) -> None:
    """One pre-acceptance with gaps and findings, and one archive of what there is."""
    del random
    programme = Programme.objects.order_by("pk").first()
    if programme is None or not programme.tasks.exists():
        return
    with clock.on_day(TODAY):
        check = open_acceptance(programme, AcceptanceKind.PRELIMINARY, by=known["bureau"])
        item = check.items.filter(verdict=Verdict.PARTLY).order_by("position").first()
        if item:
            score_item(
                item,
                Decimal("0.7"),
                note="名单齐全，个别单位材料在补。",
                version=item.version,
                by=known["bureau"],
            )
        raise_findings(check, dt.date(2021, 8, 31), by=known["bureau"])
        archive = request_archive(programme, by=known["bureau"])
        build_archive(archive.pk)
        archive.refresh_from_db()
        check_archive(archive, by=known["bureau"])


PARTS = (add_work_plan, add_check_and_archive)
