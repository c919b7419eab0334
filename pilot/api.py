"""The indicators for programs: the same objects that the board shows, on any day."""

import datetime as dt
from typing import Any, cast

from django.http import Http404, HttpRequest
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from accounts.api.address import StrictAddress
from accounts.api.faults import unreadable
from accounts.policy import Action
from common.figures import whole_number
from pilot.board import Item, as_of, board_of
from pilot.forms.figures import AsOfForm
from pilot.indicators import BY_KEY
from pilot.programmes import chosen_programme
from pilot.quarters import QuarterFigure, of_reach

_DAYS = [
    OpenApiParameter(
        "programme",
        {"type": "integer", "minimum": 1, "maximum": 10**18 - 1},
        description="试点的编号；不写为正在进行的试点。",
    ),
    OpenApiParameter("on", OpenApiTypes.DATE, description="统计日，例如 2021-06-30；不写为今天。"),
    OpenApiParameter(
        "known", OpenApiTypes.DATE, description="只采信截至这一天掌握的情况；不写为现在所知。"
    ),
]


class FigureSerializer(serializers.Serializer[Any]):
    """A count, or a share with its two sides."""

    value = serializers.DecimalField(label="数值", max_digits=12, decimal_places=1, allow_null=True)
    numerator = serializers.IntegerField(label="分子")
    denominator = serializers.IntegerField(label="分母", allow_null=True)
    wide = serializers.IntegerField(label="另一口径的分母", allow_null=True)


class TownshipFigureSerializer(FigureSerializer):
    """The same for one township; the code is "" where none is known."""

    township = serializers.CharField(label="乡镇街道代码", allow_blank=True)


class QuarterFigureSerializer(serializers.Serializer[Any]):
    """The same at the end of a quarter; of the last one on the day that is asked for."""

    quarter = serializers.CharField(label="季度")
    on = serializers.DateField(label="统计日")
    value = serializers.DecimalField(label="数值", max_digits=12, decimal_places=1, allow_null=True)
    numerator = serializers.IntegerField(label="分子", allow_null=True)
    denominator = serializers.IntegerField(label="分母", allow_null=True)
    wide = serializers.IntegerField(label="另一口径的分母", allow_null=True)


class IndicatorSerializer(FigureSerializer):
    """One indicator as its page shows it."""

    key = serializers.SlugField(label="指标")
    code = serializers.CharField(label="编号")
    title = serializers.CharField(label="名称")
    unit = serializers.CharField(label="单位")
    definition = serializers.CharField(label="定义")
    definition_version = serializers.IntegerField(label="口径版本")
    basis = serializers.CharField(label="方案中的要求编号")
    target = serializers.DecimalField(
        label="目标", max_digits=10, decimal_places=1, allow_null=True
    )
    expected = serializers.DecimalField(
        label="进度线", max_digits=10, decimal_places=1, allow_null=True
    )
    state = serializers.CharField(label="状态代码", allow_null=True)
    state_label = serializers.CharField(label="状态", allow_null=True)
    townships = TownshipFigureSerializer(label="各乡镇街道", many=True)
    quarters = QuarterFigureSerializer(label="各季度", many=True)


class Indicators(StrictAddress, ViewSet):
    """Every indicator that one may see."""

    action_required = Action.VIEW_INDICATOR
    lookup_field = "key"
    lookup_value_converter = "slug"
    serializer_class = IndicatorSerializer

    def described(self) -> list[str]:
        """Return the day, the day of knowledge and the pilot, of all and of one."""
        return [each.name for each in _DAYS]

    @extend_schema(
        operation_id="indicators_list",
        summary="试点指标",
        parameters=_DAYS,
        responses=IndicatorSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """List them in the order of the board."""
        items, quarters = _items(request)
        return Response([_written(item, quarters) for item in items])

    @extend_schema(
        operation_id="indicators_read",
        summary="一项试点指标",
        parameters=_DAYS,
        responses=IndicatorSerializer,
    )
    def retrieve(self, request: Request, key: str) -> Response:
        """Read one."""
        if key in BY_KEY:
            items, quarters = _items(request)
            for item in items:
                if item.indicator.key == key:
                    return Response(_written(item, quarters))
        raise Http404


def _items(request: Request) -> "tuple[list[Item], dict[str, list[QuarterFigure]]]":
    """Return what the board shows, and by quarter. An address that cannot be read is refused, not overlooked."""
    asked = request.query_params.get("programme")
    if asked is not None and not whole_number(asked):
        raise unreadable({"programme": ["请填写试点的编号。"]})
    programme = chosen_programme(cast("HttpRequest", request))
    if programme is None or (asked is not None and programme.pk != whole_number(asked)):
        return [], {}
    when = as_of(programme, *_days(request))
    items = list(board_of(request.user, programme, when).items)
    now = {item.indicator.key: item.figure for item in items}
    return items, of_reach(request.user, programme, when, now)


def _days(request: Request) -> tuple[dt.date, dt.date | None]:
    """Return the days that are asked for; one that cannot be read is refused with its sentence."""
    form = AsOfForm(request.query_params)
    days = form.chosen()
    errors: dict[str, Any] = dict(form.errors)
    for name in form.DAYS:
        if request.query_params.get(name) == "":
            errors[name] = [form.fields[name].error_messages["invalid"]]
    if errors:
        raise unreadable(errors)
    return days


def _written(item: Item, quarters: dict[str, list[QuarterFigure]]) -> Any:
    asked, judged = item.indicator, item.standing
    return IndicatorSerializer(
        {
            **_figure(item.figure),
            "key": asked.key,
            "code": asked.code,
            "title": asked.title,
            "unit": asked.unit,
            "definition": asked.definition,
            "definition_version": asked.definition_version,
            "basis": asked.source,
            "target": item.target.value if item.target else None,
            "expected": judged.expected if judged else None,
            "state": judged.state if judged else None,
            "state_label": judged.word if judged else None,
            "townships": [
                {"township": code, **_figure(figure)}
                for code, figure in sorted(item.measured.by_township.items())
            ],
            "quarters": [
                {"quarter": str(each.quarter), "on": each.on, **_figure(each.figure)}
                for each in quarters.get(asked.key, [])
            ],
        }
    ).data


def _figure(figure: Any) -> dict[str, Any]:
    names = ("value", "numerator", "denominator", "wide")
    return {name: getattr(figure, name, None) for name in names}
