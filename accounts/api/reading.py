"""How rows are read: a list in pages by key, and one row with its version, in the asker's reach."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api.faults import VersionMissing, VersionOld
from accounts.models import User
from accounts.policy import Action
from common.keyset import Key, page_of

USUAL_SIZE, LARGEST_SIZE = 50, 200
_MARK = "由上一次回答中的 next 或 previous 给出，不要自己拼写。"


class KeysetPages(BasePagination):
    """Pages by key: rows that come or go meanwhile shift nothing, a deep page costs the same."""

    def paginate_queryset(
        self,
        queryset: Any,
        request: Request,
        view: Any = None,
    ) -> list[Any]:
        """Return the rows of the page that the address asks for."""
        self.request = request
        query = request.query_params
        self.page = page_of(
            queryset,
            view.keys(),
            size=_size(query.get("page_size", "")),
            before=query.get("before", ""),
            after=query.get("after", ""),
        )
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
            if key not in {"after", "before"}
        ]
        path = self.request.build_absolute_uri(self.request.path)
        return f"{path}?{urlencode([*kept, (name, mark)])}"


class Reading(GenericViewSet[Any]):
    """A noun that can be listed and read, in the reach of whoever asks.

    Out of reach is answered as what does not exist. One row carries its version as ETag.
    """

    action_required: ClassVar[Action]
    pagination_class = KeysetPages
    order: ClassVar[Sequence[Key]] = (Key("pk"),)

    def keys(self) -> Sequence[Key]:
        """Return the order of the list."""
        return self.order

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
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def answer_row(self, row: Any) -> Response:
        """Answer one row; 304 when the asker has this version already."""
        tag = etag(row)
        if tag and tag in _tags(self.request.headers.get("If-None-Match", "")):
            return Response(status=304, headers={"ETag": tag})
        headers = {"ETag": tag} if tag else {}
        return Response(self.get_serializer(row).data, headers=headers)

    def found(self, **named: Any) -> Any:
        """Return the row that an address names, or answer 404."""
        return get_object_or_404(self.get_queryset(), **named)


def caller(request: Request) -> User:
    """Return the person who asks; the guard has let nobody else in."""
    return cast("User", request.user)


def etag(row: Any) -> str:
    """Return the ETag of a row from its version, "" for a row that has none."""
    version = getattr(row, "version", None)
    if isinstance(row, dict) or version is None:
        return ""
    return f'"{row._meta.model_name}-{row.pk}-{version}"'


def version_asked(request: Request, row: Any) -> int:
    """Return the version that a change builds on. Raises VersionMissing (428), VersionOld (412)."""
    tags = _tags(request.headers.get("If-Match", ""))
    if not tags:
        raise VersionMissing
    if etag(row) not in tags:
        raise VersionOld
    version: int = row.version
    return version


def condition(name: str, words: str) -> OpenApiParameter:
    """Describe one condition of a list."""
    return OpenApiParameter(name, OpenApiTypes.STR, OpenApiParameter.QUERY, description=words)


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",") if tag.strip()}


def _size(text: str) -> int:
    usable = text.isascii() and text.isdigit() and len(text) < 6
    return min(max(int(text), 1), LARGEST_SIZE) if usable else USUAL_SIZE
