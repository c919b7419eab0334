"""The public site: what strangers get is a white list, without a sign-in and without a cookie."""

import json

import pytest
from django.test import Client

from demonstration.choices import Level, TitleState
from demonstration.views.public import FIELDS
from tests.factories.demonstration import TitleFactory
from tests.factories.registry import CooperativeFactory
from tongchuan_coop.open_data import figures

PAGES = ("/public/", "/public/titles/", "/public/notices/", "/public/statistics/")
FILES = (
    "/public/data/titles.json",
    "/public/data/titles.xlsx",
    "/public/data/statistics.json",
    "/public/data/statistics.xlsx",
)
SECRETS = ("19008187011", "511702198001011234", "甲乡标记", "苟红莲")


@pytest.fixture
def title(db):
    society = CooperativeFactory(
        contact_phone="19008187011",
        legal_representative="苟红莲",
        internal_note="甲乡标记 511702198001011234",
    )
    return TitleFactory(cooperative=society, level=Level.DISTRICT)


@pytest.mark.parametrize("address", [*PAGES, *FILES, "/public/verify/"])
def test_a_stranger_needs_neither_sign_in_nor_cookie(title, address):
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer.cookies == {}


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_answers_may_be_kept_and_are_not_sent_twice(title, address):
    first = Client().get(address)
    assert "public" in first["Cache-Control"]
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize(
    "address", [*PAGES, "/public/data/titles.json", "/public/data/statistics.json"]
)
def test_nothing_beyond_the_white_list_leaves(title, address):
    text = Client().get(address).content.decode()
    assert [secret for secret in SECRETS if secret in text] == []


def test_the_list_for_programs_holds_the_listed_fields_alone(title):
    held = json.loads(Client().get("/public/data/titles.json").content)
    assert set(held) == {"title", "source", "updated_on", "fields", "rows"}
    assert [set(row) for row in held["rows"]] == [{key for key, *_ in FIELDS}]
    assert held["rows"][0]["name"] == title.cooperative.name


def test_an_ended_title_is_on_no_public_page(title):
    title.state, title.ended_on = TitleState.REMOVED, title.recognised_on
    title.save()
    for address in ("/public/titles/", "/public/data/titles.json"):
        assert title.cooperative.name not in Client().get(address).content.decode()


def test_figures_count_living_societies_and_standing_titles(title):
    CooperativeFactory(status="deregistered")
    CooperativeFactory(kind="branch")
    shown = figures()
    assert shown.living == 1
    assert {level["label"]: level["number"] for level in shown.levels}[Level.DISTRICT.label] == 1
    town = next(table for table in shown.tables if table.key == "townships")
    assert sum(row.numbers[0] for row in town.rows) == shown.living


def test_figures_cost_the_same_for_any_register(title, django_assert_num_queries):
    with django_assert_num_queries(7):
        figures()
    CooperativeFactory.create_batch(5)
    with django_assert_num_queries(7):
        figures()


def test_every_public_page_leads_to_the_others(title):
    for address in PAGES:
        page = Client().get(address).content.decode()
        assert all(
            f'href="{other}"' in page for other in (*PAGES, "/public/verify/", "/public/tip-off/")
        )
