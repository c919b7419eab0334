"""Units, old place names and villages."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AliasVillage, AuditEvent, OrganisationUnit, UnitAlias
from accounts.operations import units
from common.conflict import EditConflict
from tests.factories.accounts import unit

LIST = "/accounts/units/"


@pytest.fixture
def admin(cast, browser_of):
    return browser_of(cast.administrator)


def typed(row, **changes):
    facts = {
        "code": row.code,
        "name": row.name,
        "short_name": row.short_name,
        "kind": row.kind,
        "position": row.position,
        "active": "on",
        "version": row.version,
        "reason": "名称变更",
    }
    return {**facts, **changes}


def test_the_list_holds_the_nineteen_reporting_units(cast, admin):
    answer = admin.get(LIST)
    assert len(answer.context["reporting"]) == 19
    page = answer.content.decode()
    assert "西外镇" in page
    assert "文凤社区" in page


def test_a_unit_is_renamed_with_a_record(cast, admin):
    town = cast.near.township
    admin.post(reverse("accounts:unit-edit", args=[town.pk]), typed(town, short_name="罗江"))
    town.refresh_from_db()
    assert (town.short_name, town.version) == ("罗江", 2)
    event = AuditEvent.objects.about(town).first()
    assert event.detail["changes"] == {"简称": ["罗江镇", "罗江"]}


def test_the_second_to_save_a_unit_sees_both_texts(cast, admin):
    town = cast.near.township
    edit = reverse("accounts:unit-edit", args=[town.pk])
    admin.post(edit, typed(town, short_name="罗江"))
    late = admin.post(edit, typed(town, short_name="罗江街"))
    assert late.status_code == 409
    assert 'value="罗江街"' in late.content.decode()
    assert OrganisationUnit.objects.get(pk=town.pk).short_name == "罗江"


def test_two_units_never_share_a_name(cast, admin):
    town = cast.near.township
    edit = reverse("accounts:unit-edit", args=[town.pk])
    answer = admin.post(edit, typed(town, name=cast.far.township.name))
    assert answer.status_code == 422


def test_a_unit_is_added(cast, admin):
    facts = {"code": "jyj", "name": "区教育局", "short_name": "教育局", "kind": "department"}
    admin.post(reverse("accounts:unit-create"), {**facts, "position": 40, "active": "on"})
    assert unit("教育局").version == 1
    assert AuditEvent.objects.filter(action="unit-created").count() == 1


def test_a_village_is_decided_and_decided_anew(cast, admin):
    alias = UnitAlias.objects.get(name="新村乡")
    page = reverse("accounts:village-decide", args=[alias.pk])
    for town in ("蒲家镇", "双龙镇"):
        admin.post(page, {"village": "新桥村", "unit": unit(town).pk, "reason": "村委会证明"})
    decided = AliasVillage.objects.get(alias=alias, village="新桥村")
    assert (decided.unit.name, decided.version) == ("双龙镇", 2)
    latest = AuditEvent.objects.about(alias).first()
    assert latest.detail["changes"] == {"新桥村": ["蒲家镇", "双龙镇"]}


def test_a_village_decision_that_lacks_its_grounds_keeps_what_was_typed(cast, admin):
    alias = UnitAlias.objects.get(name="新村乡")
    answer = admin.post(
        reverse("accounts:village-decide", args=[alias.pk]), {"village": "新桥村", "unit": ""}
    )
    assert answer.status_code == 422
    assert 'value="新桥村"' in answer.content.decode()


def test_old_names_are_added_and_corrected(cast, admin):
    admin.post(reverse("accounts:alias-create"), {"name": "旧镇", "unit": cast.near.township.pk})
    alias = UnitAlias.objects.get(name="旧镇")
    admin.post(
        reverse("accounts:alias-edit", args=[alias.pk]),
        {"name": "旧镇", "unit": "", "version": 1, "reason": "改为按村判定"},
    )
    alias.refresh_from_db()
    assert alias.unit is None
    assert AuditEvent.objects.about(alias).first().detail["changes"] == {"现属机构": ["罗江镇", ""]}


def test_an_old_version_of_an_old_name_is_refused(cast):
    alias = UnitAlias.objects.get(name="新村乡")
    with pytest.raises(EditConflict):
        units.edit_alias(alias, {"note": "x"}, version=9, reason="试", by=cast.administrator)


@pytest.mark.parametrize("role", ["bureau", "clerk", "auditor"])
def test_nobody_else_changes_units(cast, role):
    by = cast.of(role)
    alias = UnitAlias.objects.get(name="新村乡")
    with pytest.raises(PermissionDenied):
        units.create_unit({"code": "x", "name": "x", "short_name": "x", "kind": "town"}, by=by)
    with pytest.raises(PermissionDenied):
        units.decide_village(alias, "甲村", cast.near.township, reason="试", by=by)
