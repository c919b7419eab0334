"""Kept views of the register: conditions under a name, shared, opened first, never wider than one's reach."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import QueryDict

from accounts.choices import SavedPage, ViewShare
from accounts.models import AuditEvent, SavedView
from accounts.operations import saved_views
from accounts.operations.saved_views import begin_with, delete_view, kept_query, save_view
from common.workflow import TransitionRefused
from registry.views.saved_views import KEPT

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
        "query": "status=revoked&col=code&col=kind&sort=-founded&after=xyz&evil=1",
    }
    answer = client.post("/registry/views/save/", facts)
    view = SavedView.objects.get()
    assert view.query == "col=code&col=kind&sort=-founded&status=revoked"
    assert answer.url == f"/registry/?{view.query}"
    assert AuditEvent.objects.about(view).get().action == "view-saved"
    assert "吊销的" in said(client.get(answer.url))


def test_only_known_conditions_with_a_value_are_kept():
    assert kept_query(QueryDict("q=&status=active&next=//x&before=1"), KEPT) == "status=active"


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


def test_a_shared_view_shows_each_person_only_their_own_societies(cast, browser_of):
    cast.furnish()
    view = keep(cast.near.clerk, name="全部存续", query="status=active", share=ViewShare.ROLE)
    page = said(browser_of(cast.far.clerk).get(f"/registry/?{view.query}"))
    assert cast.far.cooperative.name in page
    assert cast.near.cooperative.name not in page


def test_the_register_opens_with_the_chosen_view_and_the_whole_stays_in_reach(cast, browser_of):
    view = keep(cast.bureau)
    client = browser_of(cast.bureau)
    assert client.get("/registry/").status_code == 200
    client.post("/registry/views/begin/", {"view": view.pk})
    assert client.get("/registry/").url == f"/registry/?{view.query}"
    assert client.get("/registry/?all=1").status_code == 200
    client.post("/registry/views/begin/", {})
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
        browser_of(cast.far.clerk).post(f"/registry/views/{name}/", {"view": view.pk})
    assert SavedView.objects.filter(pk=view.pk, defaults=None).exists()
    with pytest.raises(TransitionRefused):
        delete_view(view, by=cast.far.clerk)
    with pytest.raises(TransitionRefused):
        begin_with(view, page=PAGE, by=cast.far.clerk)
    browser_of(cast.near.clerk).post("/registry/views/delete/", {"view": view.pk})
    assert not SavedView.objects.exists()


def test_what_cannot_be_kept_is_refused_in_words(cast, browser_of, monkeypatch):
    client = browser_of(cast.bureau)
    answer = client.post("/registry/views/save/", {"name": "", "share": "own"}, follow=True)
    assert "没有保存" in said(answer)
    with pytest.raises(TransitionRefused, match="太多"):
        keep(cast.bureau, query="q=" + "x" * 2000)
    monkeypatch.setattr(saved_views, "MOST", 1)
    keep(cast.bureau)
    with pytest.raises(TransitionRefused, match="最多"):
        keep(cast.bureau, name="又一个")
    for person in (cast.chair, cast.liaison, cast.administrator):
        with pytest.raises(PermissionDenied):
            keep(person)


@pytest.mark.parametrize("typed", ["", "x", "-1", "999999999999999999999", "99"])
def test_a_view_that_does_not_exist_changes_nothing(cast, browser_of, typed):
    client = browser_of(cast.bureau)
    assert client.post("/registry/views/delete/", {"view": typed}).status_code == 302
    assert client.post("/registry/views/begin/", {"view": typed}).status_code == 302


def test_the_page_of_views_says_their_conditions_in_words(cast, browser_of):
    assert "还没有常用查询" in said(browser_of(cast.bureau).get("/registry/views/"))
    keep(cast.bureau)
    page = said(browser_of(cast.bureau).get("/registry/views/"))
    assert "登记状态：吊销未注销" in page
