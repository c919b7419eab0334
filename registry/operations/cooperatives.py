"""What people do to a society by hand: correct its facts, see its whole telephone number."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import TownshipBasis
from registry.flags.evaluate import evaluate_flags
from registry.ingestion.holds import lock_register
from registry.ingestion.names import initials_of, key_of, kind_of
from registry.ingestion.versions import write_versions
from registry.models import Cooperative, FormerName
from registry.operations.addresses import place_of
from registry.operations.invitations import end_access_of_former_chairs
from registry.sides.compare import compare_sources
from registry.wording import label_of, value_in_words

NO_REASON = "请用一句话写明更正理由。"
NOTHING_CHANGED = "没有改动任何内容，所以没有保存。"
OUT_OF_REACH = "按更正后的住所，这家合作社不再属于您的乡镇街道，没有保存。跨乡镇街道的更正请由区农业农村局办理。"
_TWINS = {
    "uscc": "统一社会信用代码",
    "registration_no": "注册号",
}


@transaction.atomic
def correct_cooperative(
    cooperative: Cooperative, changes: dict[str, Any], reason: str, *, by: User, version: int
) -> Cooperative:
    """Set facts of a society right, true from today on, known from now on.

    `changes` maps facts, "uscc" and "township" (a unit or None) to their right values; those that
    do not differ are left out. Corrected facts are not overwritten by later files. Raises
    EditConflict when somebody saved in between, TransitionRefused with a sentence otherwise.
    """
    if not reason.strip():
        raise TransitionRefused(NO_REASON)
    lock_register()
    fresh = _held(cooperative, by, Action.EDIT_COOPERATIVE)
    if fresh.version != version:
        raise EditConflict(fresh)
    differing = {name: v for name, v in changes.items() if getattr(fresh, name) != v}
    if not differing:
        raise TransitionRefused(NOTHING_CHANGED)
    _check_identity(fresh, differing, by)
    at = clock.now()
    values = _with_derived(fresh, differing)
    corrected = [
        *fresh.corrected_fields,
        *(f for f in differing if f not in fresh.corrected_fields),
    ]
    saved = Cooperative.objects.filter(pk=fresh.pk, version=version).update(
        **values, corrected_fields=corrected, updated_at=at, version=F("version") + 1
    )
    if not saved:
        raise EditConflict(Cooperative.objects.get(pk=fresh.pk))
    if "name" in differing:
        FormerName.objects.create(cooperative=fresh, name=fresh.name, until=at.date())
    after = Cooperative.objects.permitted(by, Action.EDIT_COOPERATIVE).filter(pk=fresh.pk).first()
    if after is None:
        raise TransitionRefused(OUT_OF_REACH)
    changed = [name for name in _visible(values) if getattr(fresh, name) != getattr(after, name)]
    write_versions([fresh.pk], changed, by=by, reason=reason, at=at, day=at.date())
    audit.record(
        Action.EDIT_COOPERATIVE,
        after,
        by=by,
        reason=reason,
        changes=_in_words(fresh, after, changed),
    )
    evaluate_flags(clock.today(), cause=f"人工更正“{after.name}”")
    compare_sources()
    if "legal_representative" in changed:
        end_access_of_former_chairs(by)
    return after


@transaction.atomic
def unmask_contact(cooperative: Cooperative, reason: str, *, by: User) -> str:
    """Return the whole contact telephone for a stated reason, which the trail keeps."""
    if len(reason.strip()) < 2:
        raise TransitionRefused("请写明查看完整联系电话的理由。")
    fresh = _held(cooperative, by, Action.UNMASK_CONTACT)
    audit.record(Action.UNMASK_CONTACT, fresh, by=by, reason=reason)
    return fresh.contact_phone


def _held(cooperative: Cooperative, by: User, action: Action) -> Cooperative:
    reach = Cooperative.objects.permitted(by, action)
    held = reach.select_for_update(of=("self",)).filter(pk=cooperative.pk).first()
    if held is None:
        raise PermissionDenied(action)
    return held


def _check_identity(society: Cooperative, differing: dict[str, Any], by: User) -> None:
    """Refuse a code that another society carries, and a society without any.

    The other one is named only to who may see it.
    """
    for name, word in _TWINS.items():
        if value := differing.get(name):
            twins = Cooperative.objects.filter(**{name: value}).exclude(pk=society.pk)
            if twins.exists():
                seen = twins.permitted(by, Action.VIEW_COOPERATIVE).first()
                whose = f"“{seen}”" if seen else "另一家合作社"
                raise TransitionRefused(f"{word} {value} 已属于{whose}，没有保存。请核对后再填。")
    code = differing.get("uscc", society.uscc)
    number = differing.get("registration_no", society.registration_no)
    if not (code or number):
        raise TransitionRefused("统一社会信用代码和注册号不能同时为空，没有保存。")


def _with_derived(society: Cooperative, differing: dict[str, Any]) -> dict[str, Any]:
    """Add what follows from the changed facts: name key and kind, township of a new address."""
    values = dict(differing)
    if {"name", "entity_type"} & differing.keys():
        name = values.get("name", society.name)
        values["name_key"] = key_of(name)
        values["name_initials"] = initials_of(values["name_key"])[:200]
        values["kind"] = kind_of(name, values.get("entity_type", society.entity_type))
    if "township" in differing:
        values["township_basis"] = (
            TownshipBasis.PERSON if differing["township"] else TownshipBasis.UNRESOLVED
        )
    elif "domicile" in differing:
        values["township"], values["township_basis"] = place_of(
            values["domicile"], society.division
        )
    return values


def _visible(values: dict[str, Any]) -> list[str]:
    return [name for name in values if name not in {"name_key", "name_initials", "township_basis"}]


def _in_words(before: Cooperative, after: Cooperative, changed: list[str]) -> dict[str, list[str]]:
    return {
        label_of(name): [
            value_in_words(name, getattr(before, name)),
            value_in_words(name, getattr(after, name)),
        ]
        for name in changed
    }
