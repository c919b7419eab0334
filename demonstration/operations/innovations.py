"""Entering how a society innovates, how sure it is, and the dividends of poverty funds."""

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
from demonstration.choices import Verification
from demonstration.innovation_choices import ASKED_OF, KIND_OF, NEEDED, Innovation, InnovationKind
from demonstration.models import InnovationEntry, ShareDividend
from demonstration.surety import check_surety
from registry.models import Cooperative

ALREADY = "同一年度的这一项已经登记过，没有重复登记。要更正请打开原来的那条修改。"
TAKEN_BACK = "这条登记已经撤销，不能再改。需要的请另行登记。"
AHEAD = "年度不能晚于今年。"
OPTIONAL = ("name", "partner_code", "households", "people", "amount", "outsiders", "fixed_return")
_BLANK = {"name": "", "partner_code": ""}


@transaction.atomic
def enter_innovation(
    cooperative: Cooperative, facts: dict[str, Any], *, by: User
) -> InnovationEntry:
    """Enter one line of the record. Raises TransitionRefused.

    `facts`: what, year, document, note, verification, and what `ASKED_OF` names for its kind
    (yuan as Decimal, households and people as int; None is blank, 0 is none).
    """
    reach = Cooperative.objects.permitted(by, Action.EDIT_INNOVATION)
    if not reach.filter(pk=cooperative.pk).exists():
        raise PermissionDenied(Action.EDIT_INNOVATION)
    written = _checked(KIND_OF[Innovation(facts["what"])], facts, by)
    try:
        with transaction.atomic():
            row = InnovationEntry.objects.create(cooperative=cooperative, **written)
    except IntegrityError:
        raise TransitionRefused(ALREADY) from None
    audit.record("innovation-saved", row, by=by, changes={"项目": str(row)})
    return row


@transaction.atomic
def edit_innovation(
    entry: InnovationEntry, facts: dict[str, Any], *, version: int, by: User
) -> None:
    """Correct a line; its kind stays. Raises EditConflict, TransitionRefused.

    What a society corrects is its own word again until somebody verifies it.
    """
    held = _held(entry, by)
    kind = InnovationKind(held.kind)
    if KIND_OF[Innovation(facts["what"])] != kind:
        raise TransitionRefused("不能改成另一类。请撤销这条，另行登记。")
    written = _checked(kind, facts, by)
    try:
        with transaction.atomic():
            _change(entry, version, **written)
    except IntegrityError:
        raise TransitionRefused(ALREADY) from None
    audit.record("innovation-saved", entry, by=by, changes={"项目": str(entry)})


@transaction.atomic
def verify_innovation(
    entry: InnovationEntry, verification: Verification, *, version: int, by: User
) -> None:
    """Say how sure a line is. Raises EditConflict, TransitionRefused."""
    _held(entry, by)
    check_surety(verification, by, Action.EDIT_INNOVATION)
    _change(entry, version, verification=verification)
    audit.record("innovation-verified", entry, by=by, changes={str(entry): verification.label})


@transaction.atomic
def withdraw_innovation(entry: InnovationEntry, *, reason: str, version: int, by: User) -> None:
    """Take back what was entered wrongly; the row stays. Raises EditConflict, TransitionRefused."""
    _held(entry, by)
    if not reason.strip():
        raise TransitionRefused("请写明撤销的原因。")
    _change(
        entry,
        version,
        withdrawn_on=clock.today(),
        withdrawn_because=reason.strip()[:300],
    )
    audit.record("innovation-withdrawn", entry, by=by, reason=reason)


@transaction.atomic
def save_dividend(
    entry: InnovationEntry,
    facts: dict[str, Any],
    *,
    dividend: ShareDividend | None = None,
    version: int = 0,
    by: User,
) -> ShareDividend:
    """Enter the dividend of a year, or correct one. Raises EditConflict, TransitionRefused.

    `facts`: year, amount (yuan), households, paid_on, document.
    """
    held = _held(entry, by)
    if not held.pays_dividends:
        raise TransitionRefused("只有扶贫资金入股才登记分红。")
    if not held.year <= facts["year"] <= clock.today().year:
        raise TransitionRefused(f"分红年度应在入股年度（{held.year}年）和今年之间。")
    if facts["paid_on"] and facts["paid_on"] > clock.today():
        raise TransitionRefused("发放日期不能晚于今天。")
    written = {**facts, "entered_by": by, "entered_at": clock.now()}
    try:
        with transaction.atomic():
            if dividend is None:
                dividend = ShareDividend.objects.create(entry=held, **written)
            else:
                changed = held.dividends.filter(pk=dividend.pk, version=version)
                saved = changed.update(**written, version=F("version") + 1)
                dividend.refresh_from_db()
                if not saved:
                    raise EditConflict(dividend)
    except IntegrityError:
        raise TransitionRefused(
            f"{facts['year']}年的分红已经登记过，没有重复登记。要更正请修改那一条。"
        ) from None
    audit.record("dividend-saved", held, by=by, changes={str(dividend): str(dividend.amount)})
    return dividend


def _checked(kind: InnovationKind, facts: dict[str, Any], by: User) -> dict[str, Any]:
    """Return the columns to write: what is not asked of the kind stays empty."""
    check_surety(facts["verification"], by, Action.EDIT_INNOVATION)
    if facts["year"] > clock.today().year:
        raise TransitionRefused(AHEAD)
    asked = ASKED_OF[kind]
    for name in NEEDED[kind]:
        if facts.get(name) in (None, ""):
            raise TransitionRefused(f"请填写{asked[name]}。")
    return {
        **{name: facts[name] for name in ("what", "year", "document", "note", "verification")},
        **{
            name: facts.get(name, _BLANK.get(name)) if name in asked else _BLANK.get(name)
            for name in OPTIONAL
        },
        "kind": kind,
        "entered_by": by,
        "entered_at": clock.now(),
    }


def _change(entry: InnovationEntry, version: int, **columns: Any) -> None:
    changed = InnovationEntry.objects.filter(
        pk=entry.pk, version=version, withdrawn_on__isnull=True
    ).update(**columns, version=F("version") + 1)
    entry.refresh_from_db()
    if not changed:
        raise EditConflict(entry)


def _held(entry: InnovationEntry, by: User) -> InnovationEntry:
    reach = InnovationEntry.objects.permitted(by, Action.EDIT_INNOVATION)
    held = reach.select_for_update(of=("self",)).filter(pk=entry.pk).first()
    if held is None:
        raise PermissionDenied(Action.EDIT_INNOVATION)
    if not held.stands:
        raise TransitionRefused(TAKEN_BACK)
    return held
