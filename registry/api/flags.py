"""Suspicions for programs."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.kept import line_of, sorts_of
from accounts.api.reading import Reading, described_by, narrowed_by, with_view
from accounts.policy import Action
from common.keyset import Key
from registry.flags import words
from registry.forms.flags import FlagFilter
from registry.kept_lists import FLAGS
from registry.models import Flag

SORTS = sorts_of(FLAGS)
CONDITIONS = with_view(described_by(FlagFilter), SORTS)
_LIST_OF_TEXTS = serializers.ListField(child=serializers.CharField())


class FlagSerializer(serializers.ModelSerializer[Flag]):
    """A suspicion as its page shows it: what was seen, why, and where it stands."""

    title = serializers.SerializerMethodField(label="疑似问题")
    labels = serializers.SerializerMethodField(label="指向")
    severity_label = serializers.CharField(
        label="程度", source="get_severity_display", read_only=True
    )
    state_label = serializers.CharField(label="状态", source="get_state_display", read_only=True)
    reasons = serializers.SerializerMethodField(label="依据")
    cooperative_code = serializers.CharField(
        label="合作社", source="cooperative.code", read_only=True
    )
    cooperative_name = serializers.CharField(
        label="合作社", source="cooperative.name", read_only=True
    )
    township = serializers.CharField(
        label="乡镇街道", source="cooperative.township.short_name", read_only=True, default=""
    )

    class Meta:
        model = Flag
        fields = (
            "id",
            "rule",
            "title",
            "labels",
            "severity",
            "severity_label",
            "state",
            "state_label",
            "reasons",
            "cooperative_code",
            "cooperative_name",
            "township",
            "as_of",
            "opened_at",
            "cleared_at",
        )
        read_only_fields = fields

    def get_title(self, flag: Flag) -> str:
        return words.title_of(flag)

    @extend_schema_field(_LIST_OF_TEXTS)
    def get_labels(self, flag: Flag) -> list[str]:
        return words.labels_of(flag)

    @extend_schema_field(_LIST_OF_TEXTS)
    def get_reasons(self, flag: Flag) -> list[str]:
        return words.reasons_of(flag)


class Flags(Reading):
    """Suspicions in reach; they are hints until a person has confirmed them."""

    action_required = Action.VIEW_FLAG
    serializer_class = FlagSerializer
    order = (Key("id", descending=True),)
    conditions = CONDITIONS
    kept, sorts = FLAGS, SORTS
    lookup_url_kwarg = "flag"
    lookup_value_converter = "number"

    def reach(self) -> QuerySet[Any, Any]:
        return Flag.objects.permitted(self.request.user, self.action_required).for_list()

    def narrowed(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        form = FlagFilter(self.query, user=self.request.user)
        found: QuerySet[Any, Any] = narrowed_by(form, rows)
        return found

    @extend_schema(
        operation_id="flags_list",
        summary="疑似问题",
        parameters=[*CONDITIONS],
        responses=line_of(FlagSerializer)(many=True),
    )
    def list(self, request: Request) -> Response:
        """List the suspicions in reach, the latest first."""
        del request
        return self.answer_page()

    @extend_schema(operation_id="flags_read", summary="一条疑似问题")
    def retrieve(self, request: Request, flag: int) -> Response:
        """Read one suspicion."""
        del request
        return self.answer_row(self.found(pk=flag))
