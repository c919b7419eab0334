"""Opening a check, refreshing it, scoring, concluding, findings and how they are put right."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.choices import LEADING_UNIT
from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.operations.transitions import STALE, advance
from accounts.policy import Action, may
from common import clock
from common.workflow import TransitionRefused
from pilot.checklist import Checked, check_tasks
from pilot.models import (
    Acceptance,
    AcceptanceFinding,
    CheckItem,
    Edition,
    Programme,
    TargetCheck,
    TaskPart,
)
from pilot.plan_choices import (
    OPEN_PARTS,
    AcceptanceKind,
    AcceptanceState,
    FindingState,
    Verdict,
)
from pilot.plan_workflows import CHECK, FINDING
from pilot.target_checks import check_targets

OPEN_ALREADY = "这个试点已有一份进行中的同类核对，请在那一份上继续。"
NO_TASKS = "工作表里还没有任务，没有可以核对的内容。"
NOT_DRAFT = "已经出了结论，不能再改核对内容。"
TOO_MANY = "自评分不能超过这一项的满分。"
SAME_PERSON = "整改人不能复核自己报告的整改，请由另一人复核。"
PAST_DAY = "整改期限须在今天之后。"
FOREIGN_EDITION = "只能取用本试点的定版。"
FINDING_TEXT = "“{}”没有报告完成或缺少佐证。要求：{}"
TARGET_WRITTEN = (
    *("position", "title", "unit", "is_share", "definition_version", "target", "value"),
    *("numerator", "denominator", "missing", "due_on", "verdict"),
)
WRITTEN = ("verdict", "found", "gaps", "self_points", "task", "source", "title", "requirement")


@transaction.atomic
def open_acceptance(
    programme: Programme, kind: AcceptanceKind, *, edition: Edition | None = None, by: User
) -> Acceptance:
    """Make a checklist from plan and targets as they stand today. Raises TransitionRefused.

    The targets are compared with the figures of an edition, or without one with those of today.
    """
    if not may(by, Action.RUN_ACCEPTANCE):
        raise PermissionDenied(Action.RUN_ACCEPTANCE)
    _refuse_foreign(programme, edition)
    try:
        with transaction.atomic():
            made = Acceptance.objects.create(
                programme=programme,
                kind=kind,
                as_of=clock.today(),
                edition=edition,
                opened_by=by,
            )
    except IntegrityError as known:
        raise TransitionRefused(OPEN_ALREADY) from known
    number = _write_items(made)
    if not number:
        raise TransitionRefused(NO_TASKS)
    _write_targets(made)
    audit.record("acceptance-opened", made, by=by, number=number)
    return made


@transaction.atomic
def refresh_acceptance(acceptance: Acceptance, *, edition: Edition | None = None, by: User) -> int:
    """Check everything again as of today; what a person has scored stays. Return the items.

    The targets are compared with the figures of an edition, or without one with those of today.
    """
    held = _draft(acceptance, by)
    _refuse_foreign(held.programme, edition)
    Acceptance.objects.filter(pk=held.pk).update(
        as_of=clock.today(), edition=edition, version=F("version") + 1
    )
    held.refresh_from_db()
    number = _write_items(held)
    _write_targets(held)
    audit.record("acceptance-refreshed", held, by=by, number=number)
    return number


@transaction.atomic
def score_item(item: CheckItem, points: Decimal, *, note: str, version: int, by: User) -> None:
    """Give an item its self-score, with a word on why. Raises TransitionRefused."""
    _draft(item.acceptance, by)
    if not 0 <= points <= item.points:
        raise TransitionRefused(TOO_MANY)
    done = CheckItem.objects.filter(pk=item.pk, version=version).update(
        self_points=points, note=note, scored_by=by, version=F("version") + 1
    )
    if not done:
        raise TransitionRefused(STALE)
    audit.record("item-scored", item.acceptance, by=by, title=item.title, points=points, note=note)


@transaction.atomic
def conclude_acceptance(acceptance: Acceptance, *, conclusion: str, version: int, by: User) -> None:
    """Conclude a check: from then on its items stand."""
    if acceptance.version != version:
        raise TransitionRefused(STALE)
    advance(
        CHECK,
        acceptance,
        AcceptanceState.CONCLUDED,
        by=by,
        reason=conclusion,
        conclusion=conclusion,
        concluded_on=clock.today(),
    )


@transaction.atomic
def close_acceptance(acceptance: Acceptance, *, version: int, by: User) -> None:
    """End a check whose findings are all put right."""
    if acceptance.version != version:
        raise TransitionRefused(STALE)
    advance(CHECK, acceptance, AcceptanceState.CLOSED, by=by, closed_on=clock.today())


@transaction.atomic
def raise_findings(acceptance: Acceptance, due_on: dt.date, *, by: User) -> int:
    """Make a finding for every unit behind in an item with gaps, and for every missed target.

    A missed target is the bureau's to put right, which leads the programme. Returns how many are
    new; repeating it adds nothing. A fixed number of statements.
    """
    reach = Acceptance.objects.permitted(by, Action.RUN_ACCEPTANCE)
    held = reach.select_for_update(of=("self",)).filter(pk=acceptance.pk).first()
    if held is None:
        raise PermissionDenied(Action.RUN_ACCEPTANCE)
    if due_on <= clock.today():
        raise TransitionRefused(PAST_DAY)
    items = {
        item.task_id: item
        for item in held.items.filter(task__isnull=False, verdict__in=(Verdict.GAP, Verdict.PARTLY))
    }
    behind = TaskPart.objects.filter(task__in=items, state__in=OPEN_PARTS)
    known: set[Any] = set(
        AcceptanceFinding.objects.of_check(held).values_list("item", "target_check", "unit")
    )
    new = [
        AcceptanceFinding(
            item=items[part.task_id],
            unit_id=part.unit_id,
            text=FINDING_TEXT.format(
                items[part.task_id].title, items[part.task_id].requirement or "按工作表办理"
            )[:300],
            due_on=due_on,
        )
        for part in behind.order_by("task", "unit")
        if (items[part.task_id].pk, None, part.unit_id) not in known
    ]
    leader = OrganisationUnit.objects.get(code=LEADING_UNIT)
    new += [
        AcceptanceFinding(target_check=check, unit=leader, text=_missed(check), due_on=due_on)
        for check in held.target_checks.filter(verdict=Verdict.GAP).order_by("position")
        if (None, check.pk, leader.pk) not in known
    ]
    AcceptanceFinding.objects.bulk_create(new)
    if new:
        audit.record("findings-raised", held, by=by, number=len(new), due_on=due_on)
    return len(new)


@transaction.atomic
def move_finding(
    finding: AcceptanceFinding, target: str, *, reason: str, version: int, by: User
) -> None:
    """Take a step of a finding: report it as put right, confirm that, or send it back."""
    if finding.version != version:
        raise TransitionRefused(STALE)
    today = clock.today()
    match target:
        case FindingState.DONE:
            changes = {"outcome": reason[:500], "done_by": by, "done_on": today}
        case FindingState.CONFIRMED:
            if finding.done_by_id == by.pk:
                raise TransitionRefused(SAME_PERSON)
            changes = {"confirmed_by": by, "confirmed_on": today}
        case _:
            changes = {"done_by": None, "done_on": None}
    advance(FINDING, finding, target, by=by, reason=reason, **changes)


def _write_items(acceptance: Acceptance) -> int:
    """Write what was found, item by task; items of tasks that are gone leave with them."""
    checked = check_tasks(acceptance.programme, acceptance.as_of)
    known = {item.task_id: item for item in acceptance.items.all()}
    keys = {found.task.pk for found in checked}
    acceptance.items.exclude(task__in=keys).delete()
    last = max((item.position for item in known.values()), default=0)
    new, old = [], []
    for found in checked:
        item = known.get(found.task.pk)
        if item is None:
            last += 1
            item = CheckItem(acceptance=acceptance, position=last)
            new.append(item)
        else:
            old.append(item)
        _fill(item, found)
    CheckItem.objects.bulk_create(new)
    CheckItem.objects.bulk_create(
        old, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN
    )
    return len(checked)


def _write_targets(acceptance: Acceptance) -> None:
    """Write down each target with what was reached, over what was written before.

    A target that is no longer set leaves; one that is keeps its row, and so its findings.
    """
    found = check_targets(acceptance)
    keys = [each.indicator.key for each in found]
    acceptance.target_checks.exclude(indicator__in=keys).delete()
    TargetCheck.objects.bulk_create(
        [
            TargetCheck(
                acceptance=acceptance,
                position=position,
                indicator=each.indicator.key,
                title=each.indicator.title,
                unit=each.indicator.unit,
                is_share=each.indicator.is_share,
                definition_version=each.target.definition_version,
                target=each.target.value,
                value=each.value,
                numerator=each.numerator,
                denominator=each.denominator,
                missing=each.missing,
                due_on=each.target.due_on,
                verdict=each.verdict,
            )
            for position, each in enumerate(found, start=1)
        ],
        update_conflicts=True,
        unique_fields=["acceptance", "indicator"],
        update_fields=TARGET_WRITTEN,
    )


def _missed(check: TargetCheck) -> str:
    """Say what was asked for, what was reached and what is missing."""
    return f"“{check.title}”没有达到：目标{check.wanted}，现在{check.reached}，{check.result}。"[
        :300
    ]


def _refuse_foreign(programme: Programme, edition: Edition | None) -> None:
    if edition is not None and edition.programme_id != programme.pk:
        raise TransitionRefused(FOREIGN_EDITION)


def _fill(item: CheckItem, found: Checked) -> None:
    task = found.task
    item.task, item.source, item.title = task, task.source, task.title
    item.requirement = task.done_when
    item.verdict, item.found, item.gaps = found.verdict, found.found[:300], found.gaps
    if item.scored_by_id is None:
        item.self_points = found.points_of(item.points)


def _draft(acceptance: Acceptance, by: User) -> Acceptance:
    """Return the check as it stands, locked, if this person may still work on it."""
    reach = Acceptance.objects.permitted(by, Action.RUN_ACCEPTANCE).select_related("programme")
    held = reach.select_for_update(of=("self",)).filter(pk=acceptance.pk).first()
    if held is None:
        raise PermissionDenied(Action.RUN_ACCEPTANCE)
    if held.state != AcceptanceState.DRAFT:
        raise TransitionRefused(NOT_DRAFT)
    return held
