"""Exports of lists that have no table of their own in the programming interface."""

import datetime as dt

import pytest

from demonstration.models import Standing
from tests.accounts.test_exports import made, rows_of
from tests.factories.demonstration import TitleFactory, district_criteria
from tests.factories.registry import CooperativeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


def test_units_come_in_their_official_order(cast):
    heading, rows, note = rows_of(made("units", cast.bureau))
    assert heading[:2] == ["代码", "名称"]
    assert cast.near.township.name in [row[1] for row in rows]
    assert "行数" in note


def test_deliveries_say_what_became_of_their_rows(furnished):
    heading, rows, _ = rows_of(made("deliveries", furnished.bureau, query="cols=rows.sums"))
    assert heading == [
        "所属季度",
        "来源",
        "第几份",
        "文件名",
        "行数",
        "新增",
        "变动",
        "存疑",
        "退回",
    ]
    assert rows


def test_findings_of_one_acceptance_alone(furnished):
    finding = furnished.near.finding
    check = finding.item.acceptance_id
    _, rows, note = rows_of(made("findings", furnished.bureau, query=f"acceptance={check}"))
    assert finding.text in [row[1] for row in rows]
    assert f"验收编号：{check}" in note
    _, rows, _ = rows_of(made("findings", furnished.bureau, query="acceptance=999999"))
    assert rows == []


def test_who_is_nearly_eligible_comes_closest_first_and_says_the_level(cast):
    criteria = district_criteria()
    far, near, foreign = (
        CooperativeFactory(township=world.township) for world in (cast.near, cast.near, cast.far)
    )
    for society, missing in ((far, 2), (near, 1), (foreign, 1)):
        Standing.objects.create(
            cooperative=society,
            criteria=criteria,
            met=10,
            not_met=missing,
            unknown=0,
            missing=missing,
            gaps=["没有章程"],
        )
    _, rows, note = rows_of(made("standings", cast.clerk))
    assert [row[1] for row in rows] == [near.name, far.name]
    assert rows[0][5] == "没有章程"
    assert "对照级别：区级" in note


def test_who_goes_first_stands_in_one_row_with_the_groups(cast):
    society = CooperativeFactory(township=cast.near.township, established_on=dt.date(2010, 1, 1))
    TitleFactory(cooperative=society, level="national", recognised_on=dt.date(2015, 1, 1))
    TitleFactory(cooperative=society, level="provincial", recognised_on=dt.date(2021, 5, 1))
    foreign = CooperativeFactory(township=cast.far.township)
    TitleFactory(cooperative=foreign, level="provincial", recognised_on=dt.date(2021, 5, 1))
    heading, rows, _ = rows_of(made("priority", cast.clerk))
    assert len(heading) == 7
    assert [row[1:] for row in rows] == [
        [society.name, cast.near.township.short_name, "是", "是", "", ""]
    ]


def test_a_condition_that_names_a_row_is_said_by_its_name(furnished):
    part = furnished.near.part
    programme = part.task.programme
    query = f"programme={programme.pk}&unit={part.unit_id}"
    _, rows, note = rows_of(made("task-parts", furnished.bureau, query=query))
    assert rows
    assert f"单位：{part.unit}" in note
    assert f"{programme}" in note
