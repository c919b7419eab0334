"""Organisation units for programs."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.reading import Reading
from accounts.models import OrganisationUnit
from accounts.policy import Action, may
from common.keyset import Key


class UnitSerializer(serializers.ModelSerializer[OrganisationUnit]):
    """A unit as its page shows it."""

    kind_label = serializers.CharField(label="类别", source="get_kind_display", read_only=True)

    class Meta:
        model = OrganisationUnit
        fields = ("code", "name", "short_name", "kind", "kind_label", "active")
        read_only_fields = fields


class Units(Reading):
    """Townships, sub-districts, departments."""

    action_required = Action.VIEW_PEOPLE
    serializer_class = UnitSerializer
    order = (Key("position"), Key("id"))
    lookup_field = "code"
    lookup_url_kwarg = "unit_code"
    lookup_value_converter = "str"

    def reach(self) -> QuerySet[Any, Any]:
        units = OrganisationUnit.objects.all()
        return units if may(self.request.user, self.action_required) else units.none()

    @extend_schema(operation_id="units_list", summary="机构列表")
    def list(self, request: Request) -> Response:
        """List the units in the order of the official list."""
        del request
        return self.answer_page()

    @extend_schema(operation_id="units_read", summary="一个机构")
    def retrieve(self, request: Request, unit_code: str) -> Response:
        """Read one unit."""
        del request
        return self.answer_row(self.found(code=unit_code))
