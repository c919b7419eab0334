"""Addresses that name no present township: decided by a person, remembered where it helps others."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import AliasVillage, OrganisationUnit, UnitAlias, User
from accounts.operations import audit
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import TownshipBasis
from registry.ingestion.holds import lock_register
from registry.ingestion.report import ParseSpec
from registry.ingestion.townships import Resolver, TownshipTable
from registry.ingestion.versions import write_versions
from registry.models import Cooperative
from registry.operations.townships import township_table
from registry.wording import label_of, unit_in_words

_VILLAGE = re.compile(r"([一-鿿]{2,12}?(?:社区|村))(?!民小组)")
_DISTRICT = ParseSpec(path="", filename="", out_dir="", today="").district
NOT_A_UNIT = "请选择一个乡镇、街道或管委会。"


@dataclass(frozen=True)
class OldPlace:
    """An old place name in an address, and the village behind it ("" when none is named)."""

    alias: UnitAlias
    village: str


@dataclass(frozen=True)
class Resolved:
    """What a decision did: the society itself, and how many others it settled along with it."""

    cooperative: Cooperative
    others: int


def resolver() -> Resolver:
    """Return who knows all names of places as they stand now."""
    table = TownshipTable.from_json(township_table())
    return Resolver(table, _DISTRICT, settings.JURISDICTION)


def place_of(domicile: str, division: str) -> tuple[OrganisationUnit | None, str]:
    """Return the unit of an address and how it was found."""
    place = resolver().resolve(domicile, division or settings.HOME_DIVISION)
    unit = OrganisationUnit.objects.filter(code=place.code).first() if place.code else None
    return unit, place.basis


def old_place(domicile: str, aliases: list[UnitAlias]) -> OldPlace | None:
    """Find the old place name that an address carries, and its village."""
    for alias in sorted(aliases, key=lambda each: -len(each.name)):
        _before, found, rest = domicile.partition(alias.name)
        if found:
            village = _VILLAGE.match(rest)
            return OldPlace(alias, village[1] if village else "")
    return None


@transaction.atomic
def resolve_address(
    cooperative: Cooperative, unit: OrganisationUnit, *, remember: bool, by: User, version: int
) -> Resolved:
    """Say to which unit a society belongs; with `remember`, the same for its old village.

    Remembering writes the village of the old place name down and settles every other society that
    waits with the same. Raises EditConflict when somebody was quicker.
    """
    if not unit.is_reporting:
        raise TransitionRefused(NOT_A_UNIT)
    lock_register()
    reach = Cooperative.objects.permitted(by, Action.RESOLVE_ADDRESS)
    fresh = reach.select_for_update(of=("self",)).filter(pk=cooperative.pk).first()
    if fresh is None:
        raise PermissionDenied(Action.RESOLVE_ADDRESS)
    if fresh.version != version or fresh.township_basis != TownshipBasis.UNRESOLVED:
        raise EditConflict(fresh)
    corrected = list(dict.fromkeys([*fresh.corrected_fields, "township"]))
    reason = f"住所判定：{unit.short_name}"
    _settle([fresh.pk], unit, TownshipBasis.PERSON, reason, by, corrected_fields=corrected)
    changes = {label_of("township"): [unit_in_words(None), unit_in_words(unit)]}
    audit.record(Action.RESOLVE_ADDRESS, fresh, by=by, changes=changes)
    place = old_place(fresh.domicile, list(UnitAlias.objects.all())) if remember else None
    others = _remember(place, unit, by) if place and place.village else 0
    fresh.refresh_from_db()
    return Resolved(fresh, others)


def _remember(place: OldPlace, unit: OrganisationUnit, by: User) -> int:
    """Write a village of an old place down and settle who waits with it; return how many."""
    known = AliasVillage.objects.filter(alias=place.alias, village=place.village)
    former = known.select_related("unit").first()
    decided, _ = AliasVillage.objects.update_or_create(
        alias=place.alias,
        village=place.village,
        defaults={"unit": unit, "version": former.version + 1 if former else 1},
    )
    waiting = (
        Cooperative.objects.permitted(by, Action.RESOLVE_ADDRESS)
        .filter(township_basis=TownshipBasis.UNRESOLVED, domicile__contains=place.alias.name)
        .order_by("pk")
        .values_list("pk", "domicile", "division")
    )
    # The same reader that will judge the next file, now with the new village, chooses them.
    reader = resolver()
    home = settings.HOME_DIVISION
    settled = [
        pk
        for pk, domicile, division in waiting
        if reader.resolve(domicile, division or home) == (unit.code, TownshipBasis.VILLAGE)
    ]
    reason = f"按“{decided}”判定：{unit.short_name}"
    _settle(settled, unit, TownshipBasis.VILLAGE, reason, by)
    changes = {str(decided): [unit_in_words(former.unit) if former else "", unit_in_words(unit)]}
    audit.record("village-decided", place.alias, by=by, changes=changes, number=len(settled))
    return len(settled)


def _settle(
    pks: list[int],
    unit: OrganisationUnit,
    basis: TownshipBasis,
    reason: str,
    by: User,
    **facts: object,
) -> None:
    if not pks:
        return
    at = clock.now()
    Cooperative.objects.filter(pk__in=pks).update(
        township=unit, township_basis=basis, updated_at=at, version=F("version") + 1, **facts
    )
    write_versions(pks, ["township"], by=by, reason=reason, at=at, day=at.date())
