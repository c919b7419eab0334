"""Pages by key: every row once, whatever is blank, in both directions, on both databases."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import QuerySet

from common.keyset import Key, Page, in_order, page_of
from registry.models import Cooperative
from tests.factories.registry import CooperativeFactory

pytestmark = pytest.mark.django_db
NAME = (Key("name_key"), Key("id"))
FOUNDED = (Key("established_on", nullable=True), Key("id"))
FOUNDED_LATEST = (Key("established_on", descending=True, nullable=True), Key("id"))
CAPITAL_LARGEST = (Key("total_contribution", descending=True, nullable=True), Key("id"))
ORDERS = [NAME, FOUNDED, FOUNDED_LATEST, CAPITAL_LARGEST]


@pytest.fixture
def societies() -> QuerySet[Cooperative]:
    """Return 23 societies with many equal and some blank values."""
    for number in range(23):
        CooperativeFactory(
            name_key=f"合作社{number % 5}",
            established_on=None if number % 4 == 0 else dt.date(2010 + number % 3, 1, 1),
            total_contribution=None if number % 6 == 0 else Decimal(number % 4) * 1000,
        )
    return Cooperative.objects.all()


def walk(rows: QuerySet[Any], keys: tuple[Key, ...], size: int) -> list[Page]:
    """Turn the pages forward to the last one."""
    pages = [page_of(rows, keys, size=size)]
    while pages[-1].after:
        pages.append(page_of(rows, keys, size=size, after=pages[-1].after))
    return pages


@pytest.mark.parametrize("keys", ORDERS)
def test_forward_pages_hold_every_row_once_and_in_order(societies, keys):
    found = [row.pk for page in walk(societies, keys, 4) for row in page.rows]
    assert found == [row.pk for row in in_order(societies, keys)]
    assert len(set(found)) == 23


@pytest.mark.parametrize("keys", ORDERS)
def test_backward_pages_are_the_forward_pages(societies, keys):
    forward = walk(societies, keys, 4)
    page = forward[-1]
    for expected in forward[-2::-1]:
        page = page_of(societies, keys, size=4, before=page.before)
        assert [row.pk for row in page.rows] == [row.pk for row in expected.rows]
    assert page.before == ""


@pytest.mark.parametrize("keys", [FOUNDED, FOUNDED_LATEST, CAPITAL_LARGEST])
def test_blanks_come_last_in_both_directions(societies, keys):
    values = [getattr(row, keys[0].field) for row in in_order(societies, keys)]
    blanks = [value is None for value in values]
    assert any(blanks)
    assert blanks == sorted(blanks)


def test_a_row_that_leaves_between_two_pages_shifts_nothing(societies):
    first = page_of(societies, NAME, size=5)
    expected = [row.pk for row in in_order(societies, NAME)][5:10]
    first.rows[0].delete()
    second = page_of(societies, NAME, size=5, after=first.after)
    assert [row.pk for row in second.rows] == expected


def test_a_mark_that_was_altered_or_belongs_to_another_order_gives_the_first_page(societies):
    mark = page_of(societies, NAME, size=5).after
    first = [row.pk for row in page_of(societies, NAME, size=5).rows]
    for wrong in (mark[:-2] + "xx", "rubbish", page_of(societies, FOUNDED, size=5).after):
        assert [row.pk for row in page_of(societies, NAME, size=5, after=wrong).rows] == first


def test_turning_back_too_far_shows_a_full_first_page(societies):
    pages = walk(societies, NAME, 5)
    for row in pages[0].rows[:3]:
        row.delete()
    page = page_of(societies, NAME, size=5, before=pages[1].before)
    assert len(page.rows) == 5
    assert page.before == ""


def test_dictionaries_page_like_instances(societies):
    rows = societies.values("id", "name_key", "name")
    found = [row["id"] for page in walk(rows, NAME, 4) for row in page.rows]
    assert found == [row.pk for row in in_order(societies, NAME)]


def test_an_empty_list_is_one_empty_page():
    assert page_of(Cooperative.objects.none(), NAME, size=5) == Page([])
