"""Exports come as the list was given: its order, its columns."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from accounts.exporting import NounExporter, every_exporter, exporter_of
from accounts.kept_lists import Present
from common.keyset import in_order
from tests.accounts.test_exports import made, rows_of
from tests.factories.registry import CooperativeFactory
from tests.factories.training import PromiseFactory

LISTED = [
    each.noun for each in every_exporter() if isinstance(each, NounExporter) and each.noun.listed
]
listed_nouns = pytest.mark.parametrize("noun", LISTED, ids=lambda noun: noun.name)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@listed_nouns
def test_every_column_of_a_list_names_values_that_its_export_has(noun):
    known = {part.key for part in noun.parts}
    for heading in noun.listed.headings:
        assert set(heading.parts or (heading.key,)) <= known, heading.key


@listed_nouns
def test_an_export_comes_in_the_order_of_its_list(stage, noun):
    reach, kept = noun.reach(stage.bureau), noun.listed
    for heading in kept.headings if len(reach) else ():
        if not heading.sorts:
            continue
        for sign in ("", "-"):
            query = QueryDict(f"sort={sign}{heading.key}")
            rows = NounExporter(noun).prepare(query, stage.bureau, personal=False).rows
            request = RequestFactory().get(f"/?sort={sign}{heading.key}")
            wanted = in_order(rows.order_by(), Present(kept, request).keys(noun.model))
            assert [row.pk for row in rows] == [row.pk for row in wanted]


@pytest.mark.parametrize("kind", ["promises", "people", "papers", "findings", "documents"])
def test_the_usual_order_of_an_export_is_that_of_the_page(furnished, browser_of, kind):
    exporter = exporter_of(kind)
    page = browser_of(furnished.bureau).get(exporter.noun.listed.url).context["page"]
    shown = getattr(page, "rows", page)
    prepared = exporter.prepare(QueryDict(), furnished.bureau, personal=False)
    assert [row.pk for row in prepared.rows] == [row.pk for row in shown]


def test_an_export_has_the_columns_and_the_order_that_its_list_was_given(cast):
    township = cast.near.cooperative
    for text, day in (("补章程", 3), ("设账簿", 1), ("报成员", 2)):
        PromiseFactory(cooperative=township, text=text, due_on=dt.date(2021, 8, day))
    heading, rows, note = rows_of(
        made("promises", cast.bureau, query="state=all&sort=-due_on&cols=due_on.owner.nonsense")
    )
    assert heading == ["事项", "重大", "由谁办", "期限"]
    assert [row[0] for row in rows] == ["补章程", "报成员", "设账簿"]
    assert "排序：按期限，从大到小" in note
    whole, _, note = rows_of(made("promises", cast.bureau))
    assert len(whole) > len(heading)
    assert "排序" not in note


def test_the_register_in_the_background_has_the_order_and_columns_of_the_page(cast):
    for name, capital in (("甲", 1), ("乙", 3), ("丙", 2)):
        CooperativeFactory(
            name=name, name_key=name, total_contribution=capital, contact_phone="13812345678"
        )
    query = "sort=-capital&col=member_count"
    heading, rows, note = rows_of(made("cooperatives", cast.bureau, query=query))
    assert heading == ["名称", "成员总数"]
    assert [row[0] for row in rows] == ["乙", "丙", "甲"]
    assert "排序：按出资总额，从大到小" in note
    job = made("cooperatives", cast.bureau, query=query, personal=True, reason="逐家电话核实")
    heading, rows, _ = rows_of(job)
    assert heading == ["名称", "成员总数", "联系电话"]
    assert "13812345678" in rows[0][2]


def test_who_owes_a_report_comes_in_the_order_and_columns_of_the_list(cast):
    for name in ("乙社", "甲社"):
        CooperativeFactory(township=cast.near.township, name=name, name_key=name)
    heading, rows, _ = rows_of(
        made("report-standings", cast.clerk, query="sort=-name_key&cols=township")
    )
    assert heading == ["合作社", "统一社会信用代码", "乡镇街道"]
    names = [row[0] for row in rows]
    assert names == sorted(names, reverse=True)
    assert {"甲社", "乙社"} <= set(names)
