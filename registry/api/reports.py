"""Filling in and submitting an annual report by a program: section by section, as on the page."""

from typing import Any, ClassVar

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.faults import Fault, FaultSerializer
from accounts.api.nouns import NounReading
from accounts.api.reading import (
    IF_MATCH,
    answer_tagged,
    caller,
    check_match,
    etag,
    version_asked,
)
from accounts.policy import Action
from common import clock
from registry.models import AnnualReport, Cooperative
from registry.operations.report_submissions import submit_report
from registry.operations.reports import save_section, start_report
from registry.reporting.lines import lines_of
from registry.reporting.reading import read_report
from registry.reporting.sections import SECTIONS_BY_KEY
from registry.reporting.values import SPARED

UNREAD = "请先通读全文，并以 read 写明已读，再提交。"
_UNKNOWN = "这一部分没有这些项目：{names}。"


class StartSerializer(serializers.Serializer[Any]):
    """Which report to begin."""

    cooperative = serializers.RegexField(
        r"^[0-9A-Za-z]{13,18}$", label="统一社会信用代码", max_length=18
    )
    year = serializers.IntegerField(label="报告年度", min_value=2000, max_value=2099)


class StartedSerializer(serializers.Serializer[Any]):
    """The report that is there now."""

    id = serializers.IntegerField(label="编号")
    year = serializers.IntegerField(label="报告年度")
    state = serializers.CharField(label="状态代码")


class AnswerOfFieldSerializer(serializers.Serializer[Any]):
    """What is answered to one question of the form."""

    value = serializers.CharField(label="填写的值", required=False, allow_blank=True)
    spared = serializers.BooleanField(label="不适用", required=False)
    remark = serializers.CharField(label="说明", required=False, allow_blank=True)
    shown = serializers.BooleanField(label="选择公示", required=False)


class TypedSerializer(serializers.Serializer[Any]):
    """What is typed on one page of the form; questions that are not named stay as they are."""

    fields_typed = serializers.DictField(label="各项", child=AnswerOfFieldSerializer())


class FieldSerializer(AnswerOfFieldSerializer):
    """One question with its answer and what is wrong with it."""

    key = serializers.CharField(label="项目")
    word = serializers.CharField(label="名称")
    asked = serializers.BooleanField(label="需要填写")
    must = serializers.ListField(label="必须改", child=serializers.CharField())
    look = serializers.ListField(label="请核实", child=serializers.CharField())


class SectionSerializer(serializers.Serializer[Any]):
    """One page of the form as it stands."""

    section = serializers.CharField(label="部分")
    title = serializers.CharField(label="名称")
    state = serializers.CharField(label="状态代码")
    state_label = serializers.CharField(label="状态")
    questions = FieldSerializer(label="各项", many=True)


class SubmitSerializer(serializers.Serializer[Any]):
    """The declaration of having read the whole, and the reason for being late."""

    read = serializers.BooleanField(label="已通读全文")
    late_reason = serializers.CharField(
        label="逾期原因", required=False, allow_blank=True, max_length=500
    )


class ReceiptSerializer(serializers.Serializer[Any]):
    """The receipt of a submission."""

    receipt = serializers.CharField(label="回执编号", source="paper_number")
    number = serializers.IntegerField(label="第几次提交")
    submitted_at = serializers.DateTimeField(label="提交时间")
    late = serializers.BooleanField(label="逾期")


class ReportActs(NounReading):
    """Annual reports, which those who may fill them in fill in and submit."""

    rights: ClassVar[dict[str, Action]] = {
        "create": Action.FILL_REPORT,
        "section": Action.FILL_REPORT,
        "save": Action.FILL_REPORT,
        "submit": Action.SUBMIT_REPORT,
    }

    @extend_schema(
        operation_id="reports_start",
        summary="开始填写年度报告",
        request=StartSerializer,
        responses={201: StartedSerializer, 409: FaultSerializer, 422: FaultSerializer},
    )
    def create(self, request: Request) -> Response:
        """Begin the report of a year, prefilled; one that was begun is answered as it is."""
        typed = StartSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        reach = Cooperative.objects.permitted(request.user, Action.FILL_REPORT)
        society = get_object_or_404(reach, uscc=typed.validated_data["cooperative"])
        begun = start_report(society, typed.validated_data["year"], by=caller(request))
        return answer_tagged(request, StartedSerializer(begun).data, etag(begun), 201)

    @extend_schema(
        operation_id="reports_section",
        summary="年度报告的一部分",
        responses={200: SectionSerializer},
    )
    @action(detail=True, methods=["get"], url_path="sections/<slug:section>")
    def section(self, request: Request, section: str, **named: Any) -> Response:
        """Read one page of the form: questions, answers, what is missing or wrong."""
        return self._section(request, self._report(section, **named), section)

    @extend_schema(
        operation_id="reports_save",
        summary="保存年度报告的一部分",
        request=TypedSerializer,
        parameters=[IF_MATCH],
        responses={200: SectionSerializer, 409: FaultSerializer, 422: FaultSerializer},
    )
    @section.mapping.put
    def save(self, request: Request, section: str, **named: Any) -> Response:
        """Keep what is typed, right or wrong; the answer says what is wrong with it."""
        report = self._report(section, **named)
        check_match(request, _tag(report, section))
        typed = TypedSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        answers = typed.validated_data["fields_typed"]
        known = {each.key for each in SECTIONS_BY_KEY[section].fields}
        if unknown := sorted(set(answers) - known):
            raise Fault(422, _UNKNOWN.format(names="、".join(unknown)), "unknown_field")
        said = {key: _said(report, key, answer) for key, answer in answers.items()}
        seen = report.section_versions.get(section, 0)
        saved = save_section(report, section, said, seen=seen, by=caller(request))
        return self._section(request, saved, section)

    @extend_schema(
        operation_id="reports_submit",
        summary="提交年度报告",
        request=SubmitSerializer,
        parameters=[IF_MATCH],
        responses={200: ReceiptSerializer, 409: FaultSerializer, 422: FaultSerializer},
    )
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, **named: Any) -> Response:
        """Submit what is filled in; a second time answers the same receipt."""
        received_at = clock.now()
        report = self.named(Action.SUBMIT_REPORT, **named)
        version_asked(request, report)
        typed = SubmitSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        if not typed.validated_data["read"]:
            raise Fault(422, UNREAD, "unread")
        late_reason = typed.validated_data.get("late_reason", "")
        version = submit_report(
            report, by=caller(request), late_reason=late_reason, received_at=received_at
        )
        return Response(ReceiptSerializer(version).data)

    def _report(self, section: str, **named: Any) -> AnnualReport:
        if section not in SECTIONS_BY_KEY:
            raise Http404
        rows = self.noun.reach(self.request.user, Action.FILL_REPORT)
        report: AnnualReport = get_object_or_404(rows, pk=named[self.noun.argument])
        return report

    @staticmethod
    def _section(request: Request, report: AnnualReport, section: str) -> Response:
        reading = read_report(report)
        state = next(each for each in reading.sections if each.key == section)
        lines = lines_of(reading, section)
        told = {
            "section": section,
            "title": state.title,
            "state": state.state,
            "state_label": state.word,
            "questions": [
                {
                    "key": line.field.key,
                    "word": line.field.label,
                    "asked": line.read.asked,
                    "value": report.draft.get(line.field.key, ""),
                    "spared": report.answers.get(line.field.key) == SPARED,
                    "remark": line.remark,
                    "shown": line.shown,
                    "must": [each.text for each in line.must],
                    "look": [each.text for each in line.look],
                }
                for line in lines
            ],
        }
        return answer_tagged(request, told, _tag(report, section))


def _tag(report: AnnualReport, section: str) -> str:
    return f'"section-{report.pk}-{section}-{report.section_versions.get(section, 0)}"'


def _said(report: AnnualReport, key: str, answer: Any) -> dict[str, str]:
    """Return what the operation is told; what the answer does not name stays as it is."""
    stands = {
        "value": report.draft.get(key, ""),
        "spared": report.answers.get(key) == SPARED,
        "remark": report.remarks.get(key, ""),
        "shown": key in report.shown,
    }
    merged = {**stands, **answer}
    return {
        "value": merged["value"],
        "spared": SPARED if merged["spared"] else "",
        "remark": merged["remark"],
        "shown": "1" if merged["shown"] else "",
    }
