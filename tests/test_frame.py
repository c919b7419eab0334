"""The frame of every page: a menu of what one may do, the page one is on, and the demo's notice."""

import datetime as dt

import pytest
from django.test import RequestFactory

from accounts.choices import Role
from accounts.policy import may
from tongchuan_coop.context import MENU, portal


def menu_of(person, path="/"):
    request = RequestFactory().get(path)
    request.user = person
    return [item for group in portal(request)["menu"] for item in group["items"]]


@pytest.mark.parametrize("role", Role)
def test_the_menu_holds_exactly_what_a_person_may_open(cast, browser_of, role):
    person = cast.of(role)
    labels = [item["label"] for item in menu_of(person)]
    expected = [e.label for _, entries in MENU for e in entries if may(person, e.action)]
    assert labels == expected
    client = browser_of(person)
    assert {client.get(item["url"]).status_code for item in menu_of(person)} == {200}


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "首页"),
        ("/registry/", "合作社名录"),
        ("/registry/flags/", "疑似问题"),
        ("/registry/feeds/12/", "数据报送"),
        ("/accounts/users/3/edit/", "用户"),
    ],
)
def test_the_page_one_is_on_is_marked_once(cast, path, label):
    assert [item["label"] for item in menu_of(cast.bureau, path) if item["active"]] == [label]


def test_a_demo_says_so_and_production_never_does(rf, settings):
    settings.PORTAL_DATE = dt.date(2021, 7, 20)
    assert "2021年7月20日" in portal(rf.get("/"))["mode_notice"]
    settings.PRODUCTION = True
    assert portal(rf.get("/"))["mode_notice"] == ""
    settings.PRODUCTION, settings.PORTAL_DATE = False, None
    assert portal(rf.get("/"))["mode_notice"] == ""


def test_a_refused_page_names_the_right_and_whom_to_ask(cast, browser_of):
    answer = browser_of(cast.clerk).get("/accounts/audit/")
    assert answer.status_code == 403
    assert "查看操作记录" in answer.content.decode()
    assert Role.ADMINISTRATOR.label in answer.content.decode()


def test_a_page_of_a_signed_in_person_is_kept_nowhere(cast, browser_of):
    answer = browser_of(cast.clerk).get("/")
    assert answer.headers["Cache-Control"] == "no-store, private"
