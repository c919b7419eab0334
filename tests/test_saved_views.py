"""Kept views of lists: conditions under a name, shared, opened first, never wider than one's reach."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import QueryDict

from accounts.choices import SavedPage, ViewShare
from accounts.kept_lists import every_list
from accounts.models import AuditEvent, SavedView
from accounts.operations import saved_views
from accounts.operations.saved_views import begin_with, delete_view, save_view
from accounts.policy import Action, may
from common.workflow import TransitionRefused
from registry.kept_lists import REGISTER
from tongchuan_coop import urls  # the lists make themselves known with their views

PAGE = SavedPage.REGISTER


def keep(person, name="吊销的", query="status=revoked", share=ViewShare.OWN):
    return save_view(name, page=PAGE, query=query, share=share, by=person)


def said(answer):
    return answer.content.decode()


def test_the_present_conditions_are_kept_without_the_place_in_the_list(cast, browser_of):
    client = browser_of(cast.bureau)
    facts = {
        "name": "吊销的",
        "share": "own",
        "page": "register",
        "query": "status=revoked&col=code&col=kind&sort=-founded&after=xyz&evil=1",
    }
    answer = client.post("/accounts/views/save/", facts)
    view = SavedView.objects.get()
    assert view.query == "col=code&col=kind&sort=-founded&status=revoked"
    assert answer.url == f"/registry/?{view.query}"
    assert AuditEvent.objects.about(view).get().action == "view-saved"
    assert "吊销的" in said(client.get(answer.url))


def test_only_known_conditions_with_a_value_are_kept():
    assert REGISTER.kept(QueryDict("q=&status=active&next=//x&before=1")) == "status=active"


def test_the_same_name_is_kept_anew(cast):
    first = keep(cast.bureau)
    second = keep(cast.bureau, query="status=active")
    assert first.pk == second.pk
    assert (second.query, second.version) == ("status=active", 2)


@pytest.mark.parametrize(
    ("share", "readers"),
    [
        (ViewShare.OWN, set()),
        (ViewShare.UNIT, {"near.counsellor"}),
        (ViewShare.ROLE, {"far.clerk"}),
    ],
)
def test_a_view_is_found_by_those_it_is_shared_with_and_nobody_else(cast, share, readers):
    view = keep(cast.near.clerk, share=share)
    people = {
        "near.counsellor": cast.near.counsellor,
        "far.clerk": cast.far.clerk,
        "far.counsellor": cast.far.counsellor,
        "bureau": cast.bureau,
    }
    found = {
        name
        for name, person in people.items()
        if SavedView.objects.permitted(person, "save-view").filter(pk=view.pk).exists()
    }
    assert found == readers


def finds(person, view):
    return SavedView.objects.permitted(person, "save-view").filter(pk=view.pk).exists()


def shared_to(browser_of, person, share, page="register"):
    """Save a view from the list's page and return it, None when nothing was saved."""
    facts = {"name": "请核对", "share": share, "page": page, "query": "status=revoked"}
    browser_of(person).post("/accounts/views/save/", facts)
    return SavedView.objects.filter(owner=person, name="请核对").first()


def test_the_bureau_shares_a_view_with_another_role(cast, browser_of):
    view = shared_to(browser_of, cast.bureau, "role:clerk")
    assert finds(cast.near.clerk, view)
    assert finds(cast.far.clerk, view)
    assert not finds(cast.near.counsellor, view)
    assert not finds(cast.leader, view)
    assert cast.far.cooperative.code in (page := said(browser_of(cast.far.clerk).get("/registry/")))
    assert "请核对" in page
    page = said(browser_of(cast.bureau).get("/accounts/views/"))
    assert "乡镇街道经办人角色的人" in page


def test_the_bureau_shares_a_view_with_one_township_and_no_other(cast, browser_of):
    unit = cast.far.township
    view = shared_to(browser_of, cast.bureau, f"unit:{unit.code}")
    assert finds(cast.far.clerk, view)
    assert finds(cast.far.counsellor, view)
    assert not finds(cast.near.clerk, view)
    assert f"{unit.short_name}的人" in said(browser_of(cast.far.clerk).get("/accounts/views/"))
    assert AuditEvent.objects.about(view).get().detail["readers"] == view.found_by


def test_a_view_that_is_shared_away_is_opened_first_until_it_is_kept_back(cast, browser_of):
    view = shared_to(browser_of, cast.bureau, f"unit:{cast.near.township.code}")
    client = browser_of(cast.near.clerk)
    client.post("/accounts/views/begin/", {"view": view.pk})
    assert client.get("/registry/").url == f"/registry/?{view.query}"
    shared_to(browser_of, cast.bureau, "own")
    assert client.get("/registry/").status_code == 200


@pytest.mark.parametrize("share", ["role:bureau", "role:counsellor", "unit:{far}", "unit:{near}"])
def test_others_share_with_their_own_role_and_unit_alone(cast, browser_of, share):
    share = share.format(far=cast.far.township.code, near=cast.near.township.code)
    assert shared_to(browser_of, cast.near.clerk, share) is None
    assert cast.near.cooperative.pk
    menu = said(browser_of(cast.near.clerk).get("/registry/"))
    assert "与我同角色的人" in menu
    assert "指定角色的人" not in menu
    assert "指定角色的人" in said(browser_of(cast.bureau).get("/registry/"))
    with pytest.raises(PermissionDenied):
        save_view("甲", page=PAGE, query="", share="role", role="bureau", by=cast.near.clerk)
    with pytest.raises(PermissionDenied):
        save_view(
            "甲", page=PAGE, query="", share="unit", unit=cast.far.township, by=cast.near.clerk
        )


@pytest.mark.parametrize("share", ["role:cooperative", "role:liaison", "role:x", "unit:0", "unit:"])
def test_a_view_goes_to_nobody_who_could_not_open_its_list(cast, browser_of, share):
    assert shared_to(browser_of, cast.bureau, share) is None


def test_a_shared_view_shows_each_person_only_their_own_societies(furnished, browser_of):
    view = keep(furnished.near.clerk, name="全部存续", query="status=active", share=ViewShare.ROLE)
    page = said(browser_of(furnished.far.clerk).get(f"/registry/?{view.query}"))
    assert furnished.far.cooperative.name in page
    assert furnished.near.cooperative.name not in page


def test_the_register_opens_with_the_chosen_view_and_the_whole_stays_in_reach(cast, browser_of):
    view = keep(cast.bureau)
    client = browser_of(cast.bureau)
    assert client.get("/registry/").status_code == 200
    client.post("/accounts/views/begin/", {"view": view.pk})
    assert client.get("/registry/").url == f"/registry/?{view.query}"
    assert client.get("/registry/?all=1").status_code == 200
    client.post("/accounts/views/begin/", {"page": "register"})
    assert client.get("/registry/").status_code == 200


def test_a_view_that_is_no_longer_shared_is_opened_first_no_more(cast, browser_of):
    view = keep(cast.near.clerk, share=ViewShare.ROLE)
    begin_with(view, page=PAGE, by=cast.far.clerk)
    client = browser_of(cast.far.clerk)
    assert client.get("/registry/").status_code == 302
    keep(cast.near.clerk, share=ViewShare.OWN)
    assert client.get("/registry/").status_code == 200


def test_nobody_deletes_or_begins_with_a_view_of_others(cast, browser_of):
    view = keep(cast.near.clerk)
    for name in ("delete", "begin"):
        browser_of(cast.far.clerk).post(f"/accounts/views/{name}/", {"view": view.pk})
    assert SavedView.objects.filter(pk=view.pk, defaults=None).exists()
    with pytest.raises(TransitionRefused):
        delete_view(view, by=cast.far.clerk)
    with pytest.raises(TransitionRefused):
        begin_with(view, page=PAGE, by=cast.far.clerk)
    browser_of(cast.near.clerk).post("/accounts/views/delete/", {"view": view.pk})
    assert not SavedView.objects.exists()


def test_what_cannot_be_kept_is_refused_in_words(cast, browser_of, monkeypatch):
    client = browser_of(cast.bureau)
    answer = client.post(
        "/accounts/views/save/", {"name": "", "share": "own", "page": "register"}, follow=True
    )
    assert "没有保存" in said(answer)
    with pytest.raises(TransitionRefused, match="太多"):
        keep(cast.bureau, query="q=" + "x" * 2000)
    monkeypatch.setattr(saved_views, "MOST", 1)
    keep(cast.bureau)
    with pytest.raises(TransitionRefused, match="最多"):
        keep(cast.bureau, name="又一个")
    with pytest.raises(PermissionDenied):
        keep(cast.chair)


@pytest.mark.parametrize("typed", ["", "x", "-1", "999999999999999999999", "99"])
def test_a_view_that_does_not_exist_changes_nothing(cast, browser_of, typed):
    client = browser_of(cast.bureau)
    assert client.post("/accounts/views/delete/", {"view": typed}).status_code == 302
    assert client.post("/accounts/views/begin/", {"view": typed}).status_code == 302


def test_the_page_of_views_says_their_conditions_in_words(cast, browser_of):
    assert "还没有常用查询" in said(browser_of(cast.bureau).get("/accounts/views/"))
    keep(cast.bureau)
    page = said(browser_of(cast.bureau).get("/accounts/views/"))
    assert "登记状态：吊销未注销" in page


assert urls.urlpatterns

LISTS = sorted(each.page for each in every_list())


def reader_of(cast, listed):
    """Return somebody who may read a list and keep views of it."""
    people = cast.everyone().values()
    return next(e for e in people if may(e, listed.action) and may(e, Action.SAVE_VIEW))


@pytest.mark.parametrize("page", LISTS)
def test_each_list_is_kept_and_opened_with_the_view(furnished, browser_of, page):
    listed = next(each for each in every_list() if each.page == page)
    person = reader_of(furnished, listed)
    client = browser_of(person)
    name = sorted(listed.names)[0]
    column = listed.headings[-1].key if listed.headings else ""
    query = f"{name}=1&cols={column}" if column else f"{name}=1"
    facts = {"name": "常看的", "share": "own", "page": page, "query": f"{query}&evil=1&after=x"}
    answer = client.post("/accounts/views/save/", facts)
    view = SavedView.objects.get(page=page, owner=person)
    assert set(view.query.split("&")) <= set(query.split("&"))
    assert answer.url == f"{listed.url}?{view.query}"
    assert "data-keeps-address" in said(client.get(listed.url))
    client.post("/accounts/views/begin/", {"view": view.pk})
    assert client.get(listed.url).url == f"{listed.url}?{view.query}"
    assert client.get(f"{listed.url}?all=1").status_code == 200
    shown = said(client.get(f"/accounts/views/?page={page}"))
    assert "常看的" in shown
    assert str(listed.page.label) in shown


@pytest.mark.parametrize("page", [page for page in LISTS if page != PAGE])
def test_each_order_of_a_list_is_one_that_its_rows_have(furnished, browser_of, page):
    listed = next(each for each in every_list() if each.page == page)
    person = reader_of(furnished, listed)
    client = browser_of(person)
    for heading in listed.headings:
        for sort in (heading.key, f"-{heading.key}"):
            if heading.sorts:
                assert client.get(listed.url, {"sort": sort}).status_code == 200


def test_a_list_is_sorted_and_keeps_its_order_from_page_to_page(furnished, browser_of):
    client = browser_of(furnished.bureau)
    page = said(client.get("/registry/flags/?state=all&sort=-opened_at"))
    assert 'aria-sort="descending"' in page
    assert "sort=opened_at" in page
    assert 'name="sort" value="-opened_at"' in page


def test_ticked_columns_become_one_word_of_the_address_and_the_others_are_left_out(
    furnished, browser_of
):
    client = browser_of(furnished.bureau)
    answer = client.get("/registry/flags/?state=all&col=name&col=rule&col=state")
    assert answer.url == "/registry/flags/?state=all&cols=name.rule.state"
    page = said(client.get(answer.url))
    assert "without-" in page
    everything = said(client.get("/registry/flags/?state=all"))
    assert "without-" not in everything


def test_the_headings_are_as_many_as_the_cells_of_a_row(furnished, browser_of):
    checked = 0
    for listed in every_list():
        page = said(browser_of(furnished.bureau).get(listed.url))
        for table in re.findall(r'<table class="table table-cards .*?</table>', page, re.S):
            head, body = table.split("<tbody>")
            first = body.split("</tr>")[0]
            if "<td" in first:
                assert first.count("<td") + first.count("<th") == head.count('<th scope="col"')
                checked += 1
    assert checked > 5
