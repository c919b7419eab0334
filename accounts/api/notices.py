"""One's own notices for programs."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.kept import line_of, sorts_of
from accounts.api.reading import Reading, caller, described_by, narrowed_by, with_view
from accounts.forms.notices import NoticeFilter
from accounts.lists import NOTICES
from accounts.models import NoticeReceipt
from accounts.operations import notices
from accounts.policy import Action, may
from common.keyset import Key

SORTS = sorts_of(NOTICES)
CONDITIONS = with_view(described_by(NoticeFilter), SORTS)


class NoticeSerializer(serializers.ModelSerializer[NoticeReceipt]):
    """A notice as its page shows it to the person it went to."""

    id = serializers.IntegerField(label="编号", source="notice_id", read_only=True)
    event = serializers.CharField(label="事项", source="notice.event", read_only=True)
    event_label = serializers.CharField(
        label="事项", source="notice.get_event_display", read_only=True
    )
    title = serializers.CharField(label="标题", source="notice.title", read_only=True)
    text = serializers.CharField(label="内容", source="notice.text", read_only=True)
    url = serializers.CharField(label="办理页面", source="notice.url", read_only=True)
    formal = serializers.BooleanField(label="正式通知", source="notice.formal", read_only=True)

    class Meta:
        model = NoticeReceipt
        fields = (
            "id",
            "event",
            "event_label",
            "title",
            "text",
            "url",
            "formal",
            "delivered_at",
            "read_at",
            "confirmed_at",
        )
        read_only_fields = fields


class Notices(Reading):
    """What went to oneself; reading by a program does not count as having read."""

    action_required = Action.VIEW_NOTICE
    serializer_class = NoticeSerializer
    order = (Key("delivered_at", descending=True), Key("id", descending=True))
    conditions = CONDITIONS
    kept, sorts = NOTICES, SORTS
    lookup_url_kwarg = "notice"
    lookup_value_converter = "number"

    def reach(self) -> QuerySet[Any, Any]:
        own = NoticeReceipt.objects.of(self.request.user) if self._may() else None
        found = own if own is not None else NoticeReceipt.objects.none()
        return found.select_related("notice", "person")

    def narrowed(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        found: QuerySet[Any, Any] = narrowed_by(NoticeFilter(self.query), rows)
        return found

    @extend_schema(
        operation_id="notices_list",
        summary="本人通知",
        parameters=[*CONDITIONS],
        responses=line_of(NoticeSerializer)(many=True),
    )
    def list(self, request: Request) -> Response:
        """List what went to oneself, the latest first."""
        del request
        return self.answer_page()

    @extend_schema(operation_id="notices_read", summary="一条通知")
    def retrieve(self, request: Request, notice: int) -> Response:
        """Read one notice; it stays unread until it is opened or confirmed."""
        del request
        return self.answer_row(self.found(notice=notice))

    @extend_schema(operation_id="notices_confirm", summary="确认收到正式通知", request=None)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, notice: int) -> Response:
        """Confirm that a formal notice was received; a second time changes nothing."""
        receipt = self.found(notice=notice)
        notices.confirm_notice(receipt.notice, by=caller(request))
        receipt.refresh_from_db()
        return Response(self.get_serializer(receipt).data)

    def _may(self) -> bool:
        return may(self.request.user, self.action_required)
