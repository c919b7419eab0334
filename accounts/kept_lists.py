"""Lists whose conditions, columns and order stand in the address and can be kept under a name.

A list says once what it is: its page, the right it asks for, the form of its conditions and its
headings. The decorator `kept_as` opens it with the view that its reader chose to begin with and
puts the present state beside the request as `request.kept`: pages are cut in its order, the
filter bar carries it along, the table's head and its hidden columns are drawn from it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.choices import SavedPage
from accounts.forms.saved_views import SaveViewForm
from accounts.models import SavedView
from accounts.operations.saved_views import kept_query
from accounts.policy import Action, may
from common.htmx import wants_partial
from common.keyset import NEWEST_FIRST, Key

WHOLE = "all=1"  # the address of a list without any condition, whatever it opens with
_PLACE = frozenset({"before", "after", "page", "all"})
_BETWEEN = "."  # between the columns that an address names
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Heading:
    """One column: how the address names it, its word; `sorts` when the row has a field of that name.

    `parts` are the values of the noun that stand in it, by their keys; its own key if none are
    named. `told` are those that the programming interface calls by another name. The first column
    of a list names the row and is always shown.
    """

    key: str
    label: str
    sorts: bool = False
    number: bool = False
    parts: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeptList:
    """A list: its page, its address, its right, its conditions, its columns, its usual order.

    `form` makes the bound form of the conditions for a person; `names` are the conditions that may
    be kept.
    """

    page: SavedPage
    address: str
    action: Action
    names: frozenset[str]
    form: Callable[[QueryDict, Any], Any]
    headings: tuple[Heading, ...] = ()
    own_names: frozenset[str] = field(default=frozenset({"sort", "cols"}))
    order: Sequence[Key] = NEWEST_FIRST

    @property
    def url(self) -> str:
        """The address of the list."""
        return reverse(self.address)

    def open_at(self, query: str) -> str:
        """Return the address of the list under conditions, or of the whole."""
        return f"{self.url}?{query or WHOLE}"

    def kept(self, query: QueryDict) -> str:
        """Return the part of an address that is worth keeping."""
        return kept_query(query, self.names | self.own_names)

    def chosen_columns(self, query: Any) -> list[Heading]:
        """Return the columns that an address asks for, none when it leaves that open."""
        asked = set(query.get("cols", "").split(_BETWEEN))
        if not any(each.key in asked for each in self.headings):
            return []
        first, *others = self.headings
        return [first, *(each for each in others if each.key in asked)]

    def told_columns(self, query: QueryDict) -> set[str]:
        """Return what programs call the values of the chosen columns, none when all are left open."""
        if not self.headings:
            return {*query.getlist("col"), *query.get("cols", "").split(_BETWEEN)} - {""}
        return {
            key
            for each in self.chosen_columns(query)
            for key in (*(each.parts or (each.key,)), *each.told)
        }

    def sorted_by(self, query: Any) -> tuple[Heading, bool] | None:
        """Return the column that an address sorts by and whether downward, None for no such one."""
        sort = query.get("sort", "")
        name = sort.removeprefix("-")
        found = [each for each in self.headings if each.sorts and each.key == name]
        return (found[0], sort.startswith("-")) if found else None

    def keys(self, query: Any, model: type[models.Model]) -> list[Key]:
        """Return the order that an address asks for, none for one that the list does not have."""
        if (asked := self.sorted_by(query)) is None:
            return []
        heading, down = asked
        found = model._meta.get_field(heading.key)
        return [
            Key(heading.key, descending=down, nullable=bool(found.null)),
            Key(str(model._meta.pk.attname), descending=down),
        ]

    def order_in_words(self, query: Any) -> str:
        """Name the order that an address asks for, "" for the usual one."""
        if (asked := self.sorted_by(query)) is None:
            return ""
        heading, down = asked
        return f"按{heading.label}，{'从大到小' if down else '从小到大'}"

    def in_words(self, query: str, user: Any) -> list[tuple[str, str]]:
        """Return kept conditions for people: those that this person's form has, with their words."""
        data = QueryDict(query)
        form = self.form(data, user)
        words = []
        for name, each in form.fields.items():
            value = data.get(name, "").strip()
            if value and name in self.names and not each.widget.is_hidden:
                named = _flat(getattr(each, "choices", ()))
                words.append((str(each.label or name), named.get(value, value)))
        return words


_LISTS: dict[str, KeptList] = {}


def register_list(listed: KeptList) -> KeptList:
    """Let the views of a list be kept."""
    _LISTS[listed.page] = listed
    return listed


def every_list() -> list[KeptList]:
    """Return all lists whose views can be kept."""
    return [_LISTS[page] for page in SavedPage if page in _LISTS]


def lists_of(user: Any) -> list[KeptList]:
    """Return the lists that a person may open, in the order of their words."""
    return [each for each in every_list() if may(user, each.action)]


def list_of(page: str, user: Any) -> KeptList | None:
    """Return a list by its code, None for one that is not there or that this person may not open."""
    found = _LISTS.get(page)
    return found if found and may(user, found.action) else None


class Present:
    """A list as an address has it now."""

    def __init__(self, listed: KeptList, request: HttpRequest) -> None:
        self.list, self._request = listed, request
        shown = listed.chosen_columns(request.GET) or listed.headings
        self.shown = {each.key for each in shown}
        self.sort = request.GET.get("sort", "")

    @cached_property
    def query(self) -> str:
        """What would be kept of the address."""
        return self.list.kept(self._request.GET)

    @property
    def clear_url(self) -> str:
        """The whole list; only who begins with a view has to say so."""
        return self.list.open_at("") if self.begins else self.list.url

    @cached_property
    def begins(self) -> str:
        """The conditions that this person's list opens with."""
        first: Any = next((each for each in self.views if each.opens_first), None)
        return first.query if first else ""

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the filter bar carries along: order and columns."""
        return [
            (name, self._request.GET[name])
            for name in sorted(self.list.own_names)
            if self._request.GET.get(name)
        ]

    @property
    def others(self) -> list[tuple[str, str]]:
        """What the choice of columns carries along: everything else."""
        return [(name, value) for name, value in self._pairs() if name not in {"cols", "col"}]

    @property
    def hidden(self) -> str:
        """The classes that leave columns out of the table."""
        return self._classes(1)

    @property
    def hidden_beside_boxes(self) -> str:
        """The same for a table whose first column holds boxes to tick."""
        return self._classes(2)

    @property
    def choosable(self) -> list[tuple[Heading, bool]]:
        """The columns that one may leave out, and whether each is shown."""
        return [(each, each.key in self.shown) for each in self.list.headings[1:]]

    @property
    def heads(self) -> list[dict[str, Any]]:
        """The headings: those that sort carry the address of the next order."""
        current, descending = self.sort.removeprefix("-"), self.sort.startswith("-")
        drawn = []
        for each in self.list.headings:
            active = each.sorts and each.key == current
            turned = f"-{each.key}" if active and not descending else each.key
            drawn.append(
                {
                    "label": each.label,
                    "number": each.number,
                    "url": self._address(sort=turned) if each.sorts else "",
                    "icon": ("down" if descending else "up") if active else "sort",
                    "aria": ("descending" if descending else "ascending") if active else "",
                }
            )
        return drawn

    @cached_property
    def views(self) -> list[Any]:
        """The kept views that this person finds; the one that the list opens with says so."""
        person, page = self._request.user, self.list.page
        reach = SavedView.objects.permitted(person, Action.SAVE_VIEW)
        return list(reach.of_page(page).with_first(person, page))

    @property
    def save_form(self) -> SaveViewForm:
        """The form that names the present conditions."""
        return SaveViewForm(auto_id="view-%s", by=self._request.user, action=self.list.action)

    def keys(self, model: type[models.Model]) -> list[Key]:
        """Return the order that the address asks for, none for one that the list does not have."""
        return self.list.keys(self._request.GET, model)

    def _classes(self, first: int) -> str:
        places = enumerate(self.list.headings, start=first)
        return " ".join(
            f"without-{place}"
            for place, each in places
            if place > first and each.key not in self.shown
        )

    def _pairs(self) -> list[tuple[str, str]]:
        return [
            (name, value)
            for name, values in self._request.GET.lists()
            for value in values
            if value and name not in _PLACE
        ]

    def _address(self, **changes: str) -> str:
        kept = [(name, value) for name, value in self._pairs() if name not in changes]
        return f"{self._request.path}?{urlencode([*kept, *changes.items()])}"


def kept_as(listed: KeptList) -> Callable[[View], View]:
    """Open a view as a list whose state can be kept; stands below `requires`."""
    register_list(listed)

    def keep(view: View) -> View:
        @wraps(view)
        def opened(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if chosen := request.GET.getlist("col"):
                return redirect(_with_columns(request, chosen))
            present = Present(listed, request)
            bare = not request.GET and not wants_partial(request)
            if bare and may(request.user, Action.SAVE_VIEW) and present.begins:
                return redirect(f"{request.path}?{present.begins}")
            request.kept = present
            return view(request, *args, **kwargs)

        return opened

    return keep


def _with_columns(request: HttpRequest, chosen: list[str]) -> str:
    """Return the address with the ticked columns as one word, as links carry it along."""
    kept = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if value and name not in {"col", "cols"}
    ]
    return f"{request.path}?{urlencode([*kept, ('cols', _BETWEEN.join(chosen))])}"


def _flat(choices: Any) -> dict[str, str]:
    """Return the options of a field without their groups."""
    flat: dict[str, str] = {}
    for code, label in choices:
        if isinstance(label, (list, tuple)):
            flat |= {str(each): str(word) for each, word in label}
        else:
            flat[str(code)] = str(label)
    return flat
