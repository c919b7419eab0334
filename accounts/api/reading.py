"""How rows are read: a list in pages by key, and one row with its version, in the asker's reach."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, ClassVar, cast
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.pagination import BasePagination
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api.address import StrictAddress, refuse_closed
from accounts.api.faults import VersionMissing, VersionOld, unreadable
from accounts.api.kept import VIEW, only_columns, sort_asked, under_view
from accounts.kept_lists import KeptList
from accounts.models import User
from accounts.nouns import closed_of, from_the_start, names_what_is_not, static_choices
from accounts.policy import Action
from common.keyset import Key, fits, page_of

USUAL_SIZE, LARGEST_SIZE = 50, 200
NO_NULL = "^[^\\u0000]*$"  # forms take no null characters
_WRONG_SIZE = f"每页条数应是 1 到 {LARGEST_SIZE} 的整数。"
MARKS = ("after", "before")
_MARK = "由上一次回答中的 next 或 previous 给出，不要自己拼写；排序变了也要从头取。"
_WRONG_MARK = (
    "“{name}”不是这个列表、这个排序给出的翻页标记。"
    "请去掉它从第一页取起，再照回答中的 next 或 previous 翻页。"
)
_TWO_MARKS = "after 和 before 只能给一个。"


class KeysetPages(BasePagination):
    """Pages by key: rows that come or go meanwhile shift nothing, a deep page costs the same."""

    def paginate_queryset(
        self,
        queryset: Any,
        request: Request,
        view: Any = None,
    ) -> list[Any]:
        """Return the rows of the page that the address asks for. Raises Fault (400)."""
        self.request = request
        query, keys = request.query_params, view.keys()
        marks = {name: mark for name in MARKS if (mark := query.get(name, ""))}
        if wrong := [name for name, mark in marks.items() if not fits(mark, queryset, keys)]:
            raise unreadable({name: [_WRONG_MARK.format(name=name)] for name in wrong})
        if len(marks) > 1:
            raise unreadable({"before": [_TWO_MARKS]})
        self.page = page_of(queryset, keys, size=_size(query.get("page_size")), **marks)
        return self.page.rows

    def get_paginated_response(self, data: Any) -> Response:
        """Wrap the rows with the addresses of the neighbours, null where there is none."""
        return Response(
            {
                "next": self._address("after", self.page.after),
                "previous": self._address("before", self.page.before),
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe the wrapping."""
        address = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": address, "previous": address, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the parameters of a page."""
        del view
        mark = {"in": "query", "required": False, "schema": {"type": "string"}}
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": USUAL_SIZE}
        return [
            {**mark, "name": "after", "description": _MARK},
            {**mark, "name": "before", "description": _MARK},
            {**mark, "name": "page_size", "description": "每页条数。", "schema": size},
        ]

    def _address(self, name: str, mark: str) -> str | None:
        if not mark:
            return None
        kept = [
            (key, value)
            for key, values in self.request.query_params.lists()
            for value in values
            if key not in MARKS
        ]
        path = self.request.build_absolute_uri(self.request.path)
        return f"{path}?{urlencode([*kept, (name, mark)])}"


class Reading(StrictAddress, GenericViewSet[Any]):
    """A noun that can be listed and read, in the reach of whoever asks.

    Out of reach is answered as what does not exist. One row carries its version as ETag.
    """

    action_required: ClassVar[Action]
    pagination_class = KeysetPages
    order: ClassVar[Sequence[Key]] = (Key("pk"),)
    conditions: ClassVar[Sequence[OpenApiParameter]] = ()  # of the list, as they are described
    kept: ClassVar[KeptList | None] = None  # the page's list, whose views a program may use
    sorts: ClassVar[forms.ChoiceField | None] = None  # the orders that the list has to choose from

    def described(self) -> Iterable[str]:
        """Return the conditions of the list and the words of its pages; other steps have none."""
        if self.action != "list":
            return ()
        return (*(each.name for each in self.conditions), *MARKS, "page_size")

    @cached_property
    def query(self) -> QueryDict:
        """The conditions of the address, on top of those of the view that it names."""
        asked: QueryDict = self.request.query_params
        if self.kept is None or self.action != "list":
            return asked
        return under_view(asked, self.kept, self.described(), self.request.user)

    def keys(self) -> Sequence[Key]:
        """Return the order of the list. Raises Fault (400) for one that it does not have."""
        sort = sort_asked(self.query, self.sorts)
        model = self.get_queryset().model
        return (self.kept.keys(self.query, model) if self.kept and sort else []) or self.order

    def reach(self) -> QuerySet[Any, Any]:
        """Return the rows that this person reaches."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any, Any]:
        return self.reach()

    def narrowed(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """Apply the conditions of the address. Raises Unreadable for one that cannot be read."""
        return rows

    def answer_page(self) -> Response:
        """Answer a page of the list, under the conditions of the address."""
        page = self.paginate_queryset(self.narrowed(self.get_queryset()))
        columns = self.kept.told_columns(self.query) if self.kept else set()
        rows = self.get_serializer(page, many=True).data
        return self.get_paginated_response([only_columns(row, columns) for row in rows])

    def answer_row(self, row: Any) -> Response:
        """Answer one row; 304 when the asker has this version already."""
        return answer_tagged(self.request, self.get_serializer(row).data, etag(row))

    def found(self, **named: Any) -> Any:
        """Return the row that an address names, or answer 404."""
        return get_object_or_404(self.get_queryset(), **named)


def caller(request: Request) -> User:
    """Return the person who asks; the guard has let nobody else in."""
    return cast("User", request.user)


def answer_tagged(request: Request, data: Any, tag: str, status: int = 200) -> Response:
    """Answer with an ETag: the version of the row and a digest of what is said of it.

    What a row says may change without it (the name of its society), so both are in the tag;
    a change has to name the version alone.
    """
    said = JSONRenderer().render(data)
    whole = f'"{tag.strip(chr(34))}.{hashlib.sha256(said).hexdigest()[:12]}"'
    if whole in _tags(request.headers.get("If-None-Match", "")):
        return Response(status=304, headers={"ETag": whole})
    return Response(data, status=status, headers={"ETag": whole})


def narrowed_by(form: Any, rows: Any) -> Any:
    """Return the rows under the conditions of a list's form. Raises Fault (400, 403).

    A condition that names a row which does not exist, or is out of reach, finds nothing.
    """
    refuse_closed(closed_of(form), form.data)
    if form.is_valid():
        return form.narrow(rows)
    if names_what_is_not(form):
        return rows.none()
    raise unreadable(form.errors)


def etag(row: Any) -> str:
    """Return the ETag of a row from its version, "" for a row that has none."""
    version = getattr(row, "version", None)
    if isinstance(row, dict) or version is None:
        return ""
    return f'"{row._meta.model_name}-{row.pk}-{version}"'


def version_asked(request: Request, row: Any) -> int:
    """Return the version that a change builds on. Raises VersionMissing (428), VersionOld (412)."""
    check_match(request, etag(row))
    version: int = row.version
    return version


def check_match(request: Request, tag: str) -> None:
    """Compare If-Match with a tag, digests aside. Raises VersionMissing (428), VersionOld (412)."""
    tags = _tags(request.headers.get("If-Match", "")) - {"*"}  # any version is no version
    if not tags:
        raise VersionMissing
    if tag.strip('"') not in {each.strip('"').partition(".")[0] for each in tags}:
        raise VersionOld


IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="读取时的 ETag",
)


def condition(name: str, words: str, field: Any = None) -> OpenApiParameter:
    """Describe one condition of a list, as exactly as its form's field says, with its default."""
    if kept := from_the_start(field):
        words = f"{words}；不填时只列“{kept}”"
    return OpenApiParameter(
        name, schema_of(field) or OpenApiTypes.STR, OpenApiParameter.QUERY, description=words
    )


def described_by(form: Any) -> tuple[OpenApiParameter, ...]:
    """Describe the conditions of a list's form."""
    return tuple(
        condition(name, str(each.label or name), each) for name, each in form.base_fields.items()
    )


def with_view(
    conditions: Iterable[OpenApiParameter], sorts: forms.ChoiceField | None
) -> tuple[OpenApiParameter, ...]:
    """Add the order and the kept view to the described conditions of a list."""
    order = () if sorts is None else (condition("sort", str(sorts.label), sorts),)
    return (*conditions, *order, VIEW)


def schema_of(field: Any) -> dict[str, Any]:
    """Return what a form's field takes, nothing where that depends on the rows there are.

    An address may carry a condition without a value, as a page's form sends it: that is none.
    """
    if static := static_choices(field):
        return {"type": "string", "enum": ["", *static]}
    match field:
        case forms.DateField():
            return _or_none({"type": "string", "format": "date"})
        case forms.DecimalField() | forms.FloatField():
            return _or_none({"type": "number", **_bounds(field)})
        case forms.IntegerField():
            return _or_none({"type": "integer", **_bounds(field)})
        case forms.BooleanField():
            return {"type": "boolean"}
        case forms.ChoiceField() | forms.ModelChoiceField():
            return {"type": "string"}  # whatever names no row finds nothing
        case forms.CharField():
            return _text(field)
        case _:
            return {}


def _text(field: forms.CharField) -> dict[str, Any]:
    most = {"maxLength": field.max_length} if field.max_length else {}
    return {"type": "string", "pattern": NO_NULL, **most}


def _or_none(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "string", "maxLength": 0}]}


def _bounds(field: Any) -> dict[str, Any]:
    found = {"minimum": field.min_value, "maximum": field.max_value}
    return {key: value for key, value in found.items() if value is not None}


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",") if tag.strip()}


def _size(text: str | None) -> int:
    if text is None:
        return USUAL_SIZE
    usable = text.isascii() and text.isdigit() and len(text) < 6
    if not usable or not 1 <= int(text) <= LARGEST_SIZE:
        raise unreadable({"page_size": [_WRONG_SIZE]})
    return int(text)
