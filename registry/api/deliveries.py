"""Deliveries for programs."""

from typing import Any, ClassVar

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.faults import FaultSerializer
from accounts.api.kept import line_of, sorts_of
from accounts.api.reading import Reading, described_by, narrowed_by, with_view
from accounts.policy import Action
from common.keyset import Key
from registry.api.sending import SendSerializer, SentBeforeSerializer, send
from registry.forms.deliveries import DeliveryFilter
from registry.kept_lists import DELIVERIES
from registry.models import FeedDelivery
from registry.tasks import wake

SORTS = sorts_of(DELIVERIES)
CONDITIONS = with_view(described_by(DeliveryFilter), SORTS)


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
    stage = serializers.CharField(label="正在做", source="job.stage", read_only=True)
    rows_done = serializers.IntegerField(label="已处理行数", source="job.rows_done", read_only=True)
    rows_known = serializers.IntegerField(label="总行数", source="job.rows_known", read_only=True)
    reason = serializers.CharField(label="原因代码", source="job.reason", read_only=True)
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
            "stage",
            "rows_done",
            "rows_known",
            "reason",
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
    rights: ClassVar[dict[str, Action]] = {"create": Action.SUBMIT_DELIVERY}
    open_to_senders = True
    parser_classes = (MultiPartParser,)
    conditions = CONDITIONS
    kept, sorts = DELIVERIES, SORTS
    lookup_url_kwarg = "delivery"
    lookup_value_converter = "number"

    def reach(self) -> QuerySet[Any, Any]:
        reach = FeedDelivery.objects.permitted(self.request.user, self.action_required)
        return reach.select_related("job", "sender", "received_by")

    def narrowed(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        quarters = list(rows.order_by().values_list("quarter", flat=True).distinct())
        form = DeliveryFilter(self.query, quarters)
        found: QuerySet[Any, Any] = narrowed_by(form, rows)
        return found

    @extend_schema(
        operation_id="deliveries_list",
        summary="数据报送",
        parameters=[*CONDITIONS],
        responses=line_of(DeliverySerializer)(many=True),
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

    @extend_schema(
        operation_id="deliveries_send",
        summary="报送一个数据文件",
        request={"multipart/form-data": SendSerializer},
        responses={
            201: DeliverySerializer,
            400: FaultSerializer,
            409: SentBeforeSerializer,
            413: FaultSerializer,
            422: FaultSerializer,
            507: FaultSerializer,
        },
    )
    def create(self, request: Request) -> Response:
        """Take a file in as the page does; nothing in it is read before the answer.

        The same bytes again change nothing: 409 names the delivery that they came with first.
        """
        delivery = send(request)
        transaction.on_commit(lambda: wake(delivery.job.pk))
        row = self.found(pk=delivery.pk)
        where = reverse("api:deliveries-detail", args=[row.pk])
        headers = {"Location": request.build_absolute_uri(where)}
        return Response(self.get_serializer(row).data, status=201, headers=headers)
