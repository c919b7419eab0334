"""Whatever a part of the house hangs on a society follows a merge and returns when it is undone."""

import pytest

from registry.matching.moving import Moving, movable
from registry.models import MovedRow
from registry.operations.matching import merge_pair, propose_pair, undo_merge
from tests.factories.registry import CooperativeFactory

pytestmark = pytest.mark.django_db

# What people would miss first: a furnished world must hold a row of each of these.
NAMED = {
    "demonstration.demonstrationtitle",
    "demonstration.cultivationplan",
    "registry.cleanupcase",
    "training.visit",
    "registry.annualreport",
    "liaison.sponsorship",
    "liaison.supportgrant",
    "demonstration.ratingapplication",
    "training.promise",
}

# Tables a furnished world leaves empty, each moved by the same two statements. A new table that
# points at a society must be furnished, or be put here on purpose.
UNFURNISHED = {
    "demonstration.standing",
    "demonstration.undertaking",
    "registry.abnormallisting",
    "registry.deregistrationnotice",
    "registry.registrationchange",
    "registry.reportpublication",
    "registry.reportreminder",
    "registry.sitefinding",
    "registry.spotcheck",
    "registry.taxstanding",
    "training.guidancerecord",
    "training.pairingneed",
}


def rows_of(moving: Moving, society: int) -> set:
    rows = moving.model._base_manager.filter(**{moving.column: society})
    return set(rows.values_list("pk", flat=True))


def test_every_row_of_every_table_follows_a_merge_and_returns(furnished):
    absorbed = furnished.near.cooperative
    kept = CooperativeFactory(township=absorbed.township, kind=absorbed.kind)
    before = {each: rows_of(each, absorbed.pk) for each in movable()}
    own = {each: rows_of(each, kept.pk) for each in movable()}
    held = {each.label for each, rows in before.items() if rows}
    assert {each.label for each in movable()} - held == UNFURNISHED
    assert held >= NAMED
    pair = propose_pair(kept, absorbed, by=furnished.bureau)
    kept.refresh_from_db()
    absorbed.refresh_from_db()
    versions = {kept.pk: kept.version, absorbed.pk: absorbed.version}
    merge = merge_pair(
        pair,
        kept.pk,
        reason="已核对新旧执照",
        by=furnished.bureau,
        versions=(versions[pair.left_id], versions[pair.right_id]),
    )
    left = {each.label for each, rows in before.items() if rows - rows_of(each, kept.pk)}
    assert left == set()
    assert MovedRow.objects.filter(merge=merge).count() >= sum(map(len, before.values()))
    undo_merge(merge, reason="看错了", by=furnished.bureau)
    assert {each: rows_of(each, absorbed.pk) for each in movable()} == before
    assert {each: rows_of(each, kept.pk) for each in movable()} == own
