"""Keeping the conditions of a list under a name, sharing them, choosing one to begin with."""

from collections.abc import Container

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import QueryDict

from accounts.choices import Role, SavedPage, ViewShare
from accounts.models import DefaultView, OrganisationUnit, SavedView, User
from accounts.operations import audit
from accounts.policy import Action, may
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused

MOST = 30
_TOO_MANY = f"常用查询最多保存 {MOST} 个，请先删除不用的。"
_TOO_LONG = "条件太多，存不下。请减少条件或列后再保存。"
_NO_UNIT = "您没有所属机构，不能共享给本单位。请选“只有我自己”。"
_GONE = "这个常用查询已被删除，或不再与您共享。请刷新页面后再看。"


def kept_query(query: QueryDict, names: Container[str]) -> str:
    """Return the part of an address that is worth keeping: known names with a value, in order."""
    kept = QueryDict(mutable=True)
    for name in sorted(query):
        values = [value for value in query.getlist(name) if value]
        if name in names and values:
            kept.setlist(name, values)
    return kept.urlencode()


@transaction.atomic
def save_view(
    name: str,
    *,
    page: str,
    query: str,
    share: str,
    by: User,
    role: str = "",
    unit: OrganisationUnit | None = None,
) -> SavedView:
    """Keep conditions under a name; the same name of the same person is kept anew.

    A shared view goes to the unit or the role that its owner has now, unless another is said by who
    may share widely. Raises TransitionRefused.
    """
    _check_right(by)
    if len(query) > 2000:
        raise TransitionRefused(_TOO_LONG)
    elsewhere = (role and role != by.role) or (unit is not None and unit.pk != by.unit_id)
    if elsewhere and not may(by, Action.SHARE_VIEW):
        raise PermissionDenied(Action.SHARE_VIEW)
    if share == ViewShare.UNIT and unit is None and by.unit_id is None:
        raise TransitionRefused(_NO_UNIT)
    own = SavedView.objects.filter(owner=by, page=SavedPage(page))
    known = own.filter(name=name).first()
    if known is None and own.count() >= MOST:
        raise TransitionRefused(_TOO_MANY)
    facts = {
        "query": query,
        "share": ViewShare(share),
        "role": Role(role or by.role),
        "unit": unit or by.unit,
        "version": known.version + 1 if known else 1,
    }
    view, _ = SavedView.objects.update_or_create(
        owner=by,
        page=page,
        name=name,
        defaults=facts,
        create_defaults={**facts, "created_at": clock.now()},
    )
    audit.record("view-saved", view, by=by, kept_query=query, readers=view.found_by)
    return view


@transaction.atomic
def rename_view(view: SavedView, name: str, *, by: User, version: int) -> SavedView:
    """Give one's own view another name. Raises TransitionRefused, EditConflict."""
    _check_right(by)
    if view.owner_id != by.pk:
        raise TransitionRefused("只能给自己保存的常用查询改名。")
    of_list = SavedView.objects.filter(owner=by, page=view.page)
    if of_list.filter(name=name).exclude(pk=view.pk).exists():
        raise TransitionRefused(f"这个列表已有名为“{name}”的常用查询，请换一个名称。")
    saved = of_list.filter(pk=view.pk, version=version)
    if not saved.update(name=name, version=F("version") + 1):
        raise EditConflict(view)
    before, fresh = view.name, SavedView.objects.get(pk=view.pk)
    audit.record("view-renamed", fresh, by=by, changes={"名称": [before, name]})
    return fresh


@transaction.atomic
def delete_view(view: SavedView, *, by: User) -> None:
    """Delete one's own view; whoever began with it begins with the whole list again."""
    _check_right(by)
    if view.owner_id != by.pk:
        raise TransitionRefused("只能删除自己保存的常用查询。")
    audit.record("view-deleted", view, by=by, kept_query=view.query)
    view.delete()


@transaction.atomic
def begin_with(view: SavedView | None, *, page: str, by: User) -> None:
    """Choose the view that a list opens with, or none. Raises TransitionRefused out of reach."""
    _check_right(by)
    if view is None:
        DefaultView.objects.filter(user=by, page=page).delete()
        return
    reach = SavedView.objects.permitted(by, Action.SAVE_VIEW)
    if not reach.filter(pk=view.pk, page=page).exists():
        raise TransitionRefused(_GONE)
    DefaultView.objects.update_or_create(user=by, page=page, defaults={"view": view})


def _check_right(by: User) -> None:
    if not may(by, Action.SAVE_VIEW):
        raise PermissionDenied(Action.SAVE_VIEW)
