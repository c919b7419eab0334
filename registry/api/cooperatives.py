"""Societies for programs: the columns of the register's list, under the same rights."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.address import refuse_closed
from accounts.api.faults import unreadable
from accounts.api.kept import line_of, sort_asked, sort_field
from accounts.api.leaving_out import LeavingOut
from accounts.api.reading import (
    IF_MATCH,
    Reading,
    answer_tagged,
    caller,
    condition,
    etag,
    version_asked,
    with_view,
)
from accounts.nouns import names_what_is_not
from accounts.policy import Action
from common import spreadsheet
from common.keyset import Key
from registry.api.correcting import CorrectionSerializer, correct
from registry.filters import CooperativeFilter
from registry.kept_lists import REGISTER
from registry.listing import COLUMNS, NAME, ORDERS, ListColumn, all_columns, order_of, rows_for
from registry.models import Cooperative

Columns = list[ListColumn]
CODE_LENGTH = 18
CODED = ("status", "kind", "township_basis")  # columns with a code beside their word


SORTS = sort_field(ORDERS)
CONDITIONS = with_view(
    (condition(n, str(e.label), e.field) for n, e in CooperativeFilter.base_filters.items()), SORTS
)


def _field(column: ListColumn) -> serializers.Field[Any, Any, Any, Any]:
    traits: dict[str, Any] = {"label": column.label, "read_only": True}
    match column.kind:
        case spreadsheet.MONEY:
            return serializers.DecimalField(
                max_digits=20, decimal_places=2, allow_null=True, **traits
            )
        case spreadsheet.DAY:
            return serializers.DateField(allow_null=True, **traits)
        case spreadsheet.NUMBER:
            return serializers.IntegerField(allow_null=True, **traits)
        case _:
            return serializers.CharField(allow_null=True, **traits)


class SocietySerializer(LeavingOut):
    """A row of the register's list; columns that one may not see are left out, not emptied."""

    def may_lack(self) -> set[str]:
        return {column.key for column in COLUMNS if column.action != Action.VIEW_COOPERATIVE}

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Return a field for every column that the list has."""
        fields: dict[str, serializers.Field[Any, Any, Any, Any]] = {}
        for column in (NAME, *COLUMNS):
            fields[column.key] = _field(column)
            if column.key in CODED:
                fields[f"{column.key}_label"] = _field(column)
        return fields

    def to_representation(self, row: Any) -> dict[str, Any]:
        shown = [NAME, *self.context["columns"]]
        written: dict[str, Any] = {}
        for column in shown:
            field = self.fields[column.key]
            value = row[column.key] if column.key in CODED else column.value(row)
            written[column.key] = None if value is None else field.to_representation(value)
            if column.key in CODED:
                written[f"{column.key}_label"] = column.value(row)
        return written


def _named(uscc: str) -> dict[str, str]:
    return {"uscc" if len(uscc) == CODE_LENGTH else "registration_no": uscc}


class Societies(Reading):
    """The register."""

    action_required = Action.VIEW_COOPERATIVE
    serializer_class = SocietySerializer
    rights: ClassVar[dict[str, Action]] = {"partial_update": Action.EDIT_COOPERATIVE}
    conditions = CONDITIONS
    kept, sorts = REGISTER, SORTS
    lookup_url_kwarg = "uscc"
    lookup_value_converter = "society"

    def reach(self) -> QuerySet[Any, Any]:
        return Cooperative.objects.permitted(self.request.user, self.action_required)

    def keys(self) -> Sequence[Key]:
        return order_of(sort_asked(self.query, self.sorts))

    def narrowed(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        data = self.query
        chosen = CooperativeFilter(data, rows, user=self.request.user)
        refuse_closed(chosen.closed(), data)
        if chosen.form.errors and not names_what_is_not(chosen.form):
            raise unreadable(chosen.form.errors)
        return rows_for(chosen.qs, self._columns())

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "columns": self._columns()}

    @extend_schema(
        operation_id="cooperatives_list",
        summary="合作社名录",
        parameters=[*CONDITIONS],
        responses=line_of(SocietySerializer)(many=True),
    )
    def list(self, request: Request) -> Response:
        """List the societies in reach, under the conditions of the page."""
        del request
        return self.answer_page()

    @extend_schema(operation_id="cooperatives_read", summary="一家合作社")
    def retrieve(self, request: Request, uscc: str) -> Response:
        """Read one society by its code or old number."""
        del request
        return self._answer(uscc)

    @extend_schema(
        operation_id="cooperatives_correct",
        summary="更正合作社信息",
        request=CorrectionSerializer,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, uscc: str) -> Response:
        """Set facts right as the page does; what is not named stays as it is."""
        society = get_object_or_404(
            Cooperative.objects.permitted(request.user, Action.EDIT_COOPERATIVE), **_named(uscc)
        )
        version = version_asked(request, society)
        correct(society, request.data, version=version, by=caller(request))
        society.refresh_from_db()
        return self._answer(society.code)

    def _answer(self, uscc: str) -> Response:
        row = self._row(uscc)
        society = self.reach().only("pk", "version").get(**_named(uscc))
        return answer_tagged(self.request, self.get_serializer(row).data, etag(society))

    def _row(self, uscc: str) -> Any:
        row = rows_for(self.reach().filter(**_named(uscc)), self._columns()).first()
        if row is None:
            raise Http404
        return row

    def _columns(self) -> Columns:
        return all_columns(self.request.user)
