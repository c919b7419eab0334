"""Units, old place names and where their villages belong today."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from accounts.models import AliasVillage, OrganisationUnit, UnitAlias, User
from accounts.operations import audit
from accounts.policy import Action, may
from common.conflict import EditConflict

Row = TypeVar("Row", OrganisationUnit, UnitAlias, AliasVillage)


@transaction.atomic
def create_unit(facts: dict[str, Any], *, by: User) -> OrganisationUnit:
    """Add a township, department or other unit."""
    _check_right(by)
    unit = OrganisationUnit.objects.create(**facts)
    audit.record("unit-created", unit, by=by, changes=_words_of(unit, facts))
    return unit


@transaction.atomic
def edit_unit(
    unit: OrganisationUnit, facts: dict[str, Any], *, version: int, reason: str, by: User
) -> OrganisationUnit:
    """Rename a unit, move it in the list, or take it out of use. Raises EditConflict."""
    return _edit(unit, facts, version, deed="unit-changed", reason=reason, by=by)


@transaction.atomic
def create_alias(facts: dict[str, Any], *, by: User) -> UnitAlias:
    """Add an old place name that registered addresses still carry."""
    _check_right(by)
    alias = UnitAlias.objects.create(**facts)
    audit.record("alias-created", alias, by=by, changes=_words_of(alias, facts))
    return alias


@transaction.atomic
def edit_alias(
    alias: UnitAlias, facts: dict[str, Any], *, version: int, reason: str, by: User
) -> UnitAlias:
    """Correct an old place name or its successor. Raises EditConflict."""
    return _edit(alias, facts, version, deed="alias-changed", reason=reason, by=by)


@transaction.atomic
def decide_village(
    alias: UnitAlias, village: str, unit: OrganisationUnit, *, reason: str, by: User
) -> AliasVillage:
    """Say to which unit a village of an old township belongs; a later decision replaces it."""
    _check_right(by)
    former = AliasVillage.objects.select_related("unit").filter(alias=alias, village=village)
    before = former.first()
    decided, _ = AliasVillage.objects.update_or_create(
        alias=alias,
        village=village,
        defaults={"unit": unit, "version": before.version + 1 if before else 1},
    )
    changes = {village: [str(before.unit) if before else "", str(unit)]}
    audit.record("village-decided", alias, by=by, reason=reason, changes=changes)
    return decided


def _check_right(by: User) -> None:
    if not may(by, Action.MANAGE_PEOPLE):
        raise PermissionDenied(Action.MANAGE_PEOPLE)


def _edit(
    row: Row, facts: dict[str, Any], version: int, *, deed: str, reason: str, by: User
) -> Row:
    _check_right(by)
    rows: models.Manager[Row] = type(row).objects
    before = _words_of(rows.get(pk=row.pk), facts)
    changed = rows.filter(pk=row.pk, version=version).update(**facts, version=version + 1)
    fresh = rows.get(pk=row.pk)
    if not changed:
        raise EditConflict(fresh)
    after = _words_of(fresh, facts)
    changes = {label: [before[label], now] for label, now in after.items() if before[label] != now}
    audit.record(deed, fresh, by=by, reason=reason, changes=changes)
    return fresh


def _words_of(row: models.Model, names: dict[str, Any]) -> dict[str, str]:
    words = {}
    for name in names:
        field = row._meta.get_field(name)
        shown = getattr(row, f"get_{name}_display", None)
        words[str(field.verbose_name)] = _word(shown() if shown else getattr(row, name))  # type: ignore[union-attr]
    return words


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)
