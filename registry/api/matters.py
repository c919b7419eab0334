"""Answering a matter by a program."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.faults import FaultSerializer, form_fault
from accounts.api.nouns import NounReading
from accounts.api.reading import IF_MATCH, caller, version_asked
from accounts.policy import Action
from registry.forms.verification import AnswerForm
from registry.operations.verification import answer_matter


class AnswerSerializer(serializers.Serializer[Any]):
    """What the society says."""

    text = serializers.CharField(label="说明情况", min_length=2, max_length=2000)


class AnsweredSerializer(serializers.Serializer[Any]):
    """The answer that was kept."""

    id = serializers.IntegerField(label="答复编号")
    answered_at = serializers.DateTimeField(label="答复时间")


class MatterActs(NounReading):
    """Matters, which the society that is asked may answer."""

    rights: ClassVar[dict[str, Action]] = {"answer": Action.ANSWER_MATTER}
    parser_classes = (JSONParser, MultiPartParser)

    @extend_schema(
        operation_id="matters_answer",
        summary="答复需核实事项",
        request=AnswerSerializer,
        parameters=[IF_MATCH],
        responses={201: AnsweredSerializer, 409: FaultSerializer, 422: FaultSerializer},
    )
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, **named: Any) -> Response:
        """Keep what the society says, with photos when they come as parts named `photos`."""
        matter = self.named(Action.ANSWER_MATTER, **named)
        version_asked(request, matter)
        typed = AnswerSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        form = AnswerForm(typed.validated_data, request.FILES)
        if not form.is_valid():
            raise form_fault(form)
        facts = form.cleaned_data
        kept = answer_matter(matter, facts["text"], facts["photos"], by=caller(request))
        return Response(AnsweredSerializer(kept).data, status=201)
