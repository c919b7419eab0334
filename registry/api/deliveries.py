"""Deliveries for programs."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.reading import Reading, condition
from accounts.policy import Action
from common.keyset import Key
from registry.forms.deliveries import DeliveryFilter
from registry.models import FeedDelivery


class DeliverySerializer(serializers.ModelSerializer[FeedDelivery]):
    """A delivery as its page shows it."""

    source_label = serializers.CharField(label="来源", source="get_source_display", read_only=True)
    scope_label = serializers.CharField(label="范围", source="get_scope_display", read_only=True)
    relation_label = serializers.CharField(
        label="关系", source="get_relation_display", read_only=True
    )
    state = serializers.CharField(label="状态", source="job.state", read_only=True)
    state_label = serializers.CharField(
        label="状态", source="job.get_state_display", read_only=True
    )
    message = serializers.CharField(label="说明", source="job.message", read_only=True)
    counts = serializers.SerializerMethodField(label="行数")
    sender = serializers.CharField(
        label="报送单位", source="sender.name", read_only=True, default=""
    )
    received_by = serializers.CharField(
        label="接收", source="received_by.full_name", read_only=True, default=""
    )

    class Meta:
        model = FeedDelivery
        fields = (
            "id",
            "source",
            "source_label",
            "quarter",
            "number",
            "scope",
            "scope_label",
            "relation",
            "relation_label",
            "state",
            "state_label",
            "message",
            "counts",
            "filename",
            "size",
            "sha256",
            "sender",
            "received_by",
            "received_at",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_counts(self, delivery: FeedDelivery) -> dict[str, int]:
        counts = delivery.job.counts
        return {key: value for key, value in counts.items() if isinstance(value, int)}


class Deliveries(Reading):
    """Files that departments sent, in the reach of whoever asks."""

    action_required = Action.VIEW_DELIVERY
    serializer_class = DeliverySerializer
    order = (Key("id", descending=True),)
    lookup_url_kwarg = "delivery"
    lookup_value_converter = "number"

    def reach(self) -> QuerySet[Any, Any]:
        reach = FeedDelivery.objects.permitted(self.request.user, self.action_required)
        return reach.select_related("job", "sender", "received_by")

    def narrowed(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        quarters = list(rows.order_by().values_list("quarter", flat=True).distinct())
        chosen = DeliveryFilter(self.request.query_params, quarters).chosen()
        fields = {"state": "job__state", "quarter": "quarter"}
        return rows.filter(**{fields[name]: value for name, value in chosen.items()})

    @extend_schema(
        operation_id="deliveries_list",
        summary="数据报送",
        parameters=[
            condition("quarter", "所属季度，例如 2021Q2"),
            condition("state", "状态代码，例如 committed"),
        ],
    )
    def list(self, request: Request) -> Response:
        """List the deliveries in reach, the latest first."""
        del request
        return self.answer_page()

    @extend_schema(operation_id="deliveries_read", summary="一份报送")
    def retrieve(self, request: Request, delivery: int) -> Response:
        """Read one delivery with where it stands."""
        del request
        return self.answer_row(self.found(pk=delivery))
