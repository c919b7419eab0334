"""The tables of the system itself, for its administrator: Django's admin, read and never written.

Operations rule over every row of the house: they check rights, write the trail and tell people. So
nothing is added, changed or deleted here; the pages show rows that have no page of their own or
that one wants to see as they are stored. Business tables are not among them: the administrator has
no right to see them.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from accounts.decorators import requires
from accounts.models import (
    ApiToken,
    ExportJob,
    LifeSign,
    NumberSeries,
    OrganisationUnit,
    OutboxMessage,
    SavedView,
    UnitAlias,
    User,
)
from accounts.policy import Action, may
from common.template_tags import day, moment

_LONGEST_SEARCH = 60


class Table(ModelAdmin):  # type: ignore[type-arg]
    """One table: what its list and its rows show, what is searched. Everything else is shut."""

    list_per_page = 50
    actions = None
    opens = True  # whether a row has a page of its own
    shown: ClassVar[Sequence[str]] = ()  # of a row; nothing secret, no telephone, no address

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds here."""
        del request
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes here."""
        del request, obj
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes here."""
        del request, obj
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The administrator looks."""
        del obj
        return may(request.user, Action.BROWSE_TABLES)

    @property
    def label(self) -> str:
        """How addresses name the table."""
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List the rows: searched, sorted by column, in pages."""
        del extra_context
        try:
            listed = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(request.path)
        names = [str(name) for name in listed.list_display if name != "action_checkbox"]
        context = {
            "title": self.opts.verbose_name,
            "searches": bool(self.search_fields),
            "term": listed.query,
            "longest": _LONGEST_SEARCH,
            "headings": [self._word_of(name) for name in names],
            "rows": [
                (self._url(row), [(self._word_of(name), _written(row, name)) for name in names])
                for row in listed.result_list
            ],
            "number": listed.result_count,
            "previous_url": _page(listed, -1),
            "next_url": _page(listed, +1),
        }
        return render(request, "tables/list.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one row."""
        del form_url, extra_context
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        context = {
            "title": self.opts.verbose_name,
            "list_url": reverse(f"tables:{self.label}_changelist"),
            "row": row,
            "facts": [(self._word_of(name), _written(row, name)) for name in self.shown],
        }
        return render(request, "tables/row.html", context)

    def _url(self, row: Any) -> str:
        return reverse(f"tables:{self.label}_change", args=[row.pk]) if self.opens else ""

    def _word_of(self, name: str) -> str:
        return str(label_for_field(name, self.model, self))


class Tables(AdminSite):
    """The site: a list of tables, and the two kinds of page of each."""

    def has_permission(self, request: HttpRequest) -> bool:
        """The administrator alone."""
        return may(request.user, Action.BROWSE_TABLES)

    def get_urls(self) -> list[Any]:
        """Return the addresses that can be read; there is none that writes, signs in or out."""
        found = [path("", _guarded(self.contents), name="index")]
        for table in self.tables():
            name = table.opts.model_name
            found.append(
                path(f"{name}/", _guarded(table.changelist_view), name=f"{table.label}_changelist")
            )
            if table.opens:
                found.append(
                    path(
                        f"{name}/<int:object_id>/",
                        _guarded(table.change_view),
                        name=f"{table.label}_change",
                    )
                )
        return found

    def tables(self) -> Iterator[Table]:
        """Yield the tables in the order in which they were made known."""
        for table in self._registry.values():
            if isinstance(table, Table):
                yield table

    def contents(self, request: HttpRequest) -> HttpResponse:
        """List the tables with how many rows each holds."""
        lines = [
            {
                "title": table.opts.verbose_name,
                "about": (table.model.__doc__ or "").split("。")[0],
                "number": table.get_queryset(request).count(),
                "url": reverse(f"tables:{table.label}_changelist"),
            }
            for table in self.tables()
        ]
        return render(request, "tables/contents.html", {"lines": lines})


def _guarded(view: Any) -> Any:
    def shown(request: HttpRequest, **named: Any) -> HttpResponse:
        answer: HttpResponse = view(request, **named)
        return answer

    return requires(Action.BROWSE_TABLES)(require_safe(shown))


def _page(listed: Any, step: int) -> str:
    number = listed.page_num + step
    if not 1 <= number <= listed.paginator.num_pages:
        return ""
    return str(listed.get_query_string({"p": number}))


def _written(row: models.Model, name: str) -> str:
    """Return a value in words, as every page of the portal writes it."""
    try:
        found: Any = row._meta.get_field(name)
    except FieldDoesNotExist:
        found = None
    if found is not None and found.flatchoices:
        return str(getattr(row, f"get_{name}_display")())
    match getattr(row, name):
        case None | "":
            return "—"
        case bool() as value:
            return "是" if value else "否"
        case dt.datetime() as value:
            return moment(value)
        case dt.date() as value:
            return day(value)
        case value:
            return str(value)


class People(Table):
    """Accounts."""

    list_display = ("username", "full_name", "role", "unit", "is_active", "last_login")
    list_select_related = ("unit",)
    search_fields = ("username", "full_name")
    ordering = ("pk",)
    shown = (
        "username", "full_name", "role", "unit", "post", "is_active", "must_change_password",
        "password_changed_at", "joined_at", "last_login", "notice_mode", "session_epoch", "version",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        """People only: the machine's own account is nobody's."""
        del request
        return User.objects.people()


class Units(Table):
    """Townships, departments."""

    list_display = ("code", "name", "kind", "position", "in_joint_meeting", "active")
    search_fields = ("code", "name", "short_name")
    ordering = ("position", "pk")
    shown = (
        "code", "name", "short_name", "kind", "position", "in_joint_meeting", "active", "version",
    )  # fmt: skip


class Aliases(Table):
    """Former names of units."""

    list_display = ("name", "old_code", "unit", "note")
    list_select_related = ("unit",)
    search_fields = ("name", "old_code")
    ordering = ("pk",)
    shown = ("name", "old_code", "unit", "note", "version")


class Tokens(Table):
    """Tokens of programs, without what would let anybody in."""

    opens = False
    list_display = ("name", "hint", "person", "unit", "scope", "expires_on", "last_used_at",
                    "withdrawn_at")  # fmt: skip
    list_select_related = ("person", "unit")
    search_fields = ("name", "person__full_name")
    ordering = ("-pk",)


class Outbox(Table):
    """Messages that leave the portal, without their addresses."""

    opens = False
    list_display = ("person", "channel", "state", "attempts", "next_try_at", "sent_at", "fault")
    list_select_related = ("person",)
    search_fields = ("person__full_name", "fault")
    ordering = ("-pk",)


class Exports(Table):
    """Exports of everybody, without the files."""

    opens = False
    list_display = ("title", "owner", "form", "personal", "state", "rows_done", "asked_at",
                    "expires_at")  # fmt: skip
    list_select_related = ("owner",)
    search_fields = ("title", "owner__full_name")
    ordering = ("-pk",)


class Views(Table):
    """Kept views."""

    opens = False
    list_display = ("name", "page", "owner", "share", "created_at")
    list_select_related = ("owner",)
    search_fields = ("name", "owner__full_name")
    ordering = ("-pk",)


class Numbers(Table):
    """Running numbers of papers and cases."""

    opens = False
    list_display = ("series", "last")
    search_fields = ("series",)
    ordering = ("series",)


class LifeSigns(Table):
    """What workers and nightly jobs last said of themselves."""

    opens = False
    list_display = ("kind", "name", "at", "good")
    ordering = ("kind", "name")


site = Tables(name="tables")
for _model, _table in (
    (User, People),
    (OrganisationUnit, Units),
    (UnitAlias, Aliases),
    (ApiToken, Tokens),
    (SavedView, Views),
    (ExportJob, Exports),
    (OutboxMessage, Outbox),
    (NumberSeries, Numbers),
    (LifeSign, LifeSigns),
):
    site.register(_model, _table)
