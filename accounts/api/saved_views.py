"""One's own kept views, and those that others share, for programs."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.faults import Fault, FaultSerializer, form_fault
from accounts.api.reading import (
    IF_MATCH,
    Reading,
    answer_tagged,
    caller,
    described_by,
    etag,
    narrowed_by,
    version_asked,
)
from accounts.choices import Role, SavedPage, ViewShare
from accounts.forms.saved_views import SavedViewFilter, SaveViewForm, chosen_share
from accounts.kept_lists import list_of
from accounts.models import SavedView
from accounts.operations.saved_views import delete_view, rename_view, save_view
from accounts.policy import Action
from common.keyset import Key

CONDITIONS = described_by(SavedViewFilter)
_NO_LIST = "没有这个列表，或您没有查看它的权限。"
_NO_TEXT = "请写成文字。"
_NOT_ASKED = "{name} 只在 share 为 {name} 时写。"
_NO_CONDITION = "这个列表没有这些条件：{names}。"


class SavedViewSerializer(serializers.ModelSerializer[SavedView]):
    """A kept view as its page shows it."""

    page_label = serializers.CharField(label="列表", source="get_page_display", read_only=True)
    share_label = serializers.CharField(label="谁能看到", source="found_by", read_only=True)
    owner = serializers.CharField(label="保存人", source="owner.full_name", read_only=True)
    own = serializers.SerializerMethodField(label="是本人的")

    class Meta:
        model = SavedView
        fields = (
            "id",
            "page",
            "page_label",
            "name",
            "query",
            "share",
            "share_label",
            "owner",
            "own",
            "created_at",
        )
        read_only_fields = fields

    def get_own(self, view: SavedView) -> bool:
        return bool(view.owner_id == self.context["request"].user.pk)


class NameSerializer(serializers.Serializer[Any]):
    """The name of a view."""

    name = serializers.CharField(label="名称", max_length=30)

    def to_internal_value(self, data: Any) -> Any:
        """Take texts alone; a number is no name and no code."""
        said = data if isinstance(data, dict) else {}
        names = [n for n, each in said.items() if n in self.fields and not isinstance(each, str)]
        if names:
            raise serializers.ValidationError({name: [_NO_TEXT] for name in names})
        return super().to_internal_value(data)


class KeepSerializer(NameSerializer):
    """A view to keep: conditions as the page's address has them, and who finds it."""

    page = serializers.ChoiceField(label="列表", choices=SavedPage.choices)
    query = serializers.CharField(
        label="条件", max_length=2000, allow_blank=True, help_text="例如 status=active&sort=name"
    )
    share = serializers.ChoiceField(
        label="谁能看到", choices=ViewShare.choices, default=ViewShare.OWN
    )
    role = serializers.ChoiceField(
        label="角色", choices=Role.choices, required=False, help_text="不写为本人的角色"
    )
    unit = serializers.RegexField(
        r"^[0-9A-Za-z-]+$", label="机构代码", required=False, help_text="不写为本单位"
    )


class SavedViews(Reading):
    """Kept views that one finds; one's own are kept, renamed and deleted."""

    action_required = Action.SAVE_VIEW
    serializer_class = SavedViewSerializer
    order: ClassVar[tuple[Key, ...]] = (Key("id"),)
    conditions = CONDITIONS
    parser_classes = (JSONParser,)  # a form leaves empty answers out instead of saying them
    lookup_url_kwarg = "kept_view"
    lookup_value_converter = "number"

    def reach(self) -> QuerySet[Any, Any]:
        reach = SavedView.objects.permitted(self.request.user, self.action_required)
        return reach.select_related("owner", "unit")

    def narrowed(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        found: QuerySet[Any, Any] = narrowed_by(SavedViewFilter(self.query), rows)
        return found

    @extend_schema(operation_id="saved_views_list", summary="常用查询", parameters=[*CONDITIONS])
    def list(self, request: Request) -> Response:
        """List one's own views and the shared ones."""
        del request
        return self.answer_page()

    @extend_schema(operation_id="saved_views_read", summary="一个常用查询")
    def retrieve(self, request: Request, kept_view: int) -> Response:
        """Read one view."""
        del request
        return self.answer_row(self.found(pk=kept_view))

    @extend_schema(
        operation_id="saved_views_keep",
        summary="保存常用查询",
        request=KeepSerializer,
        responses={201: SavedViewSerializer, 409: FaultSerializer, 422: FaultSerializer},
    )
    def create(self, request: Request) -> Response:
        """Keep conditions under a name as the page does; one's own of that name is kept anew."""
        typed = KeepSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        asked = typed.validated_data
        by = caller(request)
        listed = list_of(asked["page"], by)
        if listed is None:
            raise Fault(422, _NO_LIST, "no_list", fields_wrong={"page": [_NO_LIST]})
        query = QueryDict(asked["query"])
        if unknown := sorted({*query} - listed.names - listed.own_names):
            sentence = _NO_CONDITION.format(names="、".join(unknown))
            raise Fault(422, sentence, "unknown_condition", fields_wrong={"query": [sentence]})
        for name in ("role", "unit"):
            if name in asked and asked["share"] != name:
                sentence = _NOT_ASKED.format(name=name)
                raise Fault(422, sentence, "not_asked", fields_wrong={name: [sentence]})
        share = chosen_share(asked["share"], by, asked.get("role", ""), asked.get("unit", ""))
        form = SaveViewForm({**asked, "share": share}, by=by, action=listed.action)
        if not form.is_valid():
            raise form_fault(form)
        view = save_view(
            form.cleaned_data["name"],
            page=listed.page,
            query=listed.kept(query),
            by=by,
            **form.shared_with(),
        )
        return self._answer(view, 201)

    @extend_schema(
        operation_id="saved_views_rename",
        summary="给常用查询改名",
        request=NameSerializer,
        parameters=[IF_MATCH],
        responses={200: SavedViewSerializer, 409: FaultSerializer, 422: FaultSerializer},
    )
    def partial_update(self, request: Request, kept_view: int) -> Response:
        """Give one's own view another name."""
        view = self._own(kept_view)
        version = version_asked(request, view)
        typed = NameSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        name = typed.validated_data["name"]
        return self._answer(rename_view(view, name, by=caller(request), version=version))

    @extend_schema(
        operation_id="saved_views_delete",
        summary="删除常用查询",
        parameters=[IF_MATCH],
        responses={204: None, 409: FaultSerializer},
    )
    def destroy(self, request: Request, kept_view: int) -> Response:
        """Delete one's own view."""
        view = self._own(kept_view)
        version_asked(request, view)
        delete_view(view, by=caller(request))
        return Response(status=204)

    def _own(self, pk: int) -> SavedView:
        own: SavedView = get_object_or_404(self.reach(), pk=pk, owner=caller(self.request))
        return own

    def _answer(self, view: SavedView, status: int = 200) -> Response:
        fresh = self.found(pk=view.pk)
        return answer_tagged(self.request, self.get_serializer(fresh).data, etag(fresh), status)
