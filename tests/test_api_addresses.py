"""What an address of the interface carries: read as described, or refused by name, never overlooked."""

import json
import re
from functools import cache

import pytest
from drf_spectacular.generators import SchemaGenerator

from tongchuan_coop.api import COMPUTED, NOUNS

pytestmark = pytest.mark.django_db
API = "/api/v1/"
LISTS = [noun for noun, _ in (*NOUNS, *COMPUTED)]
EVERYWHERE = {"after", "before", "page_size"}
lists = pytest.mark.parametrize("noun", LISTS)


@cache
def described():
    """Return the description of the interface."""
    generator = SchemaGenerator()
    told = generator.get_schema(request=None, public=True)
    return json.loads(json.dumps(told, default=str))


def conditions_of(noun):
    told = described()["paths"][f"{API}{noun}/"]["get"].get("parameters", ())
    return {each["name"]: each["schema"] for each in told if each["in"] == "query"}


def refused(answer, name, code="unreadable"):
    """Check that an answer refuses a condition: by its name, with a code and a Chinese sentence."""
    assert answer.status_code == 400, answer.content
    told = answer.json()
    assert told["code"] == code
    assert list(told["fields_wrong"]) == [name]
    assert name in told["detail"]
    assert re.search(r"[\u4e00-\u9fff]", told["detail"])


def unreadable_value(schema):
    """Return what a condition never takes, None where rows decide or any text will do."""
    kind = json.dumps(schema)
    if "enum" in schema:
        return "nonsense"
    if '"integer"' in kind or '"number"' in kind:
        return "甲"
    return "2021-02-30" if '"date"' in kind else None


@lists
def test_a_misspelt_condition_is_refused_by_name(readers, noun):
    client = readers[noun]
    refused(client.get(f"{API}{noun}/", {"tonwship": "1"}), "tonwship", "unknown_condition")
    refused(client.get(f"{API}{noun}/", {"tonwship": ""}), "tonwship", "unknown_condition")


@lists
def test_every_described_condition_is_taken_and_an_unreadable_one_refused(readers, noun):
    client = readers[noun]
    for name, schema in conditions_of(noun).items():
        empty = client.get(f"{API}{noun}/", {name: ""})
        assert empty.status_code == 200 or empty.json()["code"] != "unknown_condition"
        if (wrong := unreadable_value(schema)) is not None:
            code = "no_such_view" if name == "view" else "unreadable"
            refused(client.get(f"{API}{noun}/", {name: wrong}), name, code)


@pytest.mark.parametrize("noun", [noun for noun, _ in NOUNS])
def test_a_mark_that_no_page_gave_out_is_refused(readers, noun):
    client = readers[noun]
    for name in ("after", "before"):
        refused(client.get(f"{API}{noun}/", {name: "甲"}), name)
        assert client.get(f"{API}{noun}/", {name: ""}).status_code == 200


def test_a_mark_of_another_order_is_refused_and_only_one_is_taken(stage, browser_of):
    client = browser_of(stage.bureau)
    first = client.get(f"{API}cooperatives/?page_size=1&sort=code").json()
    assert client.get(first["next"]).status_code == 200
    refused(client.get(first["next"].replace("sort=code", "sort=capital")), "after")
    mark = re.search(r"after=([^&]+)", first["next"])[1]
    refused(client.get(f"{first['next']}&before={mark}"), "before")


def test_the_first_page_and_one_row_take_no_conditions(stage, browser_of):
    client = browser_of(stage.bureau)
    for address in (API, f"{API}flags/{stage.near.flag.pk}/"):
        assert client.get(address, {"format": "json"}).status_code == 200
        refused(client.get(address, {"state": "open"}), "state", "unknown_condition")


def test_who_may_not_ask_reads_nothing_of_the_conditions(stage, browser_of):
    assert browser_of(stage.clerk).get(f"{API}units/?tonwship=1").status_code == 403


def test_a_township_that_sees_itself_alone_is_told_that_it_cannot_choose_one(stage, browser_of):
    client = browser_of(stage.clerk)
    for noun in ("cooperatives", "flags", "cleanup-cases"):
        answer = client.get(f"{API}{noun}/", {"township": stage.far.township.code})
        assert (answer.status_code, answer.json()["code"]) == (403, "condition_closed")
        assert "township" in answer.json()["detail"]


def test_refusal_is_described_everywhere(db):
    for path, ways in described()["paths"].items():
        for way, operation in ways.items():
            assert "400" in operation["responses"], (path, way)
