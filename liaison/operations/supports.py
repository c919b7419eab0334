"""Entering and correcting funds and projects, taking back a mistake, inspecting their use."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.models import SupportGrant, SupportInspection
from registry.models import Cooperative

ALREADY = "同一年度、同一项目、同一文号已经登记过，没有重复登记。"
TAKEN_BACK = "这笔扶持已经撤回，不能再改。"


@transaction.atomic
def enter_support(cooperative: Cooperative, facts: dict[str, Any], *, by: User) -> SupportGrant:
    """Enter a fund or project of a society once. Raises TransitionRefused."""
    reach = Cooperative.objects.permitted(by, Action.MANAGE_SUPPORT)
    if not reach.filter(pk=cooperative.pk).exists():
        raise PermissionDenied(Action.MANAGE_SUPPORT)
    key = {name: facts[name] for name in ("year", "project", "document_number")}
    rest = {name: value for name, value in facts.items() if name not in key}
    row, made = SupportGrant.objects.get_or_create(
        cooperative=cooperative,
        withdrawn_on=None,
        **key,
        defaults={**rest, "entered_by": by, "entered_at": clock.now()},
    )
    if not made:
        raise TransitionRefused(ALREADY)
    audit.record("support-entered", row, by=by, changes={"金额": str(row.amount)})
    return row


@transaction.atomic
def edit_support(
    support: SupportGrant, facts: dict[str, Any], *, reason: str, version: int, by: User
) -> None:
    """Correct a fund or project; the trail keeps what stood before. Raises EditConflict.

    `facts`: year, level, kind, project, document_number, amount (yuan), needs_title, purpose.
    Raises TransitionRefused without a reason, for a double, and for what was taken back.
    """
    held = _held(support, by)
    if not reason.strip():
        raise TransitionRefused("请写明修改的理由。")
    before = {name: getattr(held, name) for name in facts}
    words = {field.name: str(field.verbose_name) for field in SupportGrant._meta.fields}
    try:
        with transaction.atomic():
            changed = SupportGrant.objects.filter(
                pk=held.pk, version=version, withdrawn_on__isnull=True
            ).update(**facts, version=F("version") + 1)
    except IntegrityError:
        raise TransitionRefused(ALREADY) from None
    support.refresh_from_db()
    if not changed:
        raise EditConflict(support)
    audit.record(
        "support-changed",
        support,
        by=by,
        reason=reason,
        changes={
            words[name]: f"{was} → {facts[name]}"
            for name, was in before.items()
            if was != facts[name]
        },
    )


@transaction.atomic
def withdraw_support(support: SupportGrant, *, reason: str, version: int, by: User) -> None:
    """Take back what was entered by mistake; it leaves list and totals. Raises EditConflict."""
    held = _held(support, by)
    if not reason.strip():
        raise TransitionRefused("请写明撤回的原因。")
    changed = SupportGrant.objects.filter(
        pk=held.pk, version=version, withdrawn_on__isnull=True
    ).update(
        withdrawn_on=clock.today(),
        withdrawn_because=reason.strip()[:300],
        version=F("version") + 1,
    )
    support.refresh_from_db()
    if not changed:
        raise EditConflict(support)
    audit.record("support-withdrawn", support, by=by, reason=reason)


@transaction.atomic
def inspect_support(support: SupportGrant, facts: dict[str, Any], *, by: User) -> SupportInspection:
    """Write down an inspection; the same finding of the same day is written once."""
    held = _held(support, by)
    if facts["inspected_on"] > clock.today():
        raise TransitionRefused("检查日期不能晚于今天。")
    line, made = SupportInspection.objects.get_or_create(
        support=held,
        inspected_on=facts["inspected_on"],
        finding=facts["finding"].strip(),
        defaults={"result": facts["result"], "by": by, "at": clock.now()},
    )
    if made:
        audit.record("support-inspected", held, by=by, reason=line.finding)
    return line


def _held(support: SupportGrant, by: User) -> SupportGrant:
    reach = SupportGrant.objects.permitted(by, Action.MANAGE_SUPPORT)
    held = reach.filter(pk=support.pk).first()
    if held is None:
        raise PermissionDenied(Action.MANAGE_SUPPORT)
    if not held.stands:
        raise TransitionRefused(TAKEN_BACK)
    return held
