"""What the programming interface answers when something cannot be done: one sentence and a code."""

from typing import Any

from django.core.exceptions import PermissionDenied as NoRight
from django.http import Http404
from rest_framework import serializers, status
from rest_framework.exceptions import (
    APIException,
    NotFound,
    PermissionDenied,
    ValidationError,
)
from rest_framework.response import Response
from rest_framework.views import exception_handler

from common.conflict import EditConflict
from common.workflow import TransitionRefused


class FaultSerializer(serializers.Serializer[Any]):
    """What is answered when something cannot be done."""

    detail = serializers.CharField(label="说明")
    code = serializers.CharField(label="原因代码")
    fields_wrong = serializers.DictField(
        label="各项的错误",
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
    )


class Fault(APIException):
    """Something that cannot be done: its status, its sentence, its code, and what else to say."""

    def __init__(self, status_code: int, sentence: str, code: str, **more: Any) -> None:
        super().__init__(sentence, code)
        self.status_code, self.more = status_code, more


class Refused(APIException):
    """A step that the flow does not allow now."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "refused"


def unreadable(errors: Any) -> "Fault":
    """Return the fault for the errors of a filter's form: each condition with its sentences."""
    wrong = {
        name: [told if name in (told := str(each)) else f"{name}：{told}" for each in found]
        for name, found in errors.items()
    }
    return Fault(400, _joined(wrong), "unreadable", fields_wrong=wrong)


def _joined(wrong: dict[str, list[str]]) -> str:
    return "".join(dict.fromkeys(each for found in wrong.values() for each in found))


def form_fault(form: Any, status_code: int = 422) -> Fault:
    """Return the fault for a form that did not pass: each field with its sentences."""
    errors = form.errors.as_data()
    wrong = {
        name: [str(each) for error in found for each in error.messages]
        for name, found in errors.items()
    }
    first = next(iter(errors.values()))[0]
    return Fault(status_code, _joined(wrong), str(first.code or "invalid"), fields_wrong=wrong)


class VersionMissing(APIException):
    """A change that does not say which version it is a change of."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "version_missing"
    default_detail = "请在 If-Match 中写明所依据的版本（取自读取时的 ETag）。"


class VersionOld(APIException):
    """A change of a version that is no longer the present one."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "version_old"
    default_detail = "这条记录已被其他人修改，请重新读取后再改。"


def _by_name(fault: ValidationError) -> dict[str, Any]:
    return fault.detail if isinstance(fault.detail, dict) else {"": fault.detail}


def answer_fault(fault: Exception, context: dict[str, Any]) -> Response | None:
    """Turn the refusals of operations into answers; the rest is answered as everywhere in DRF."""
    if isinstance(fault, EditConflict):
        fault = VersionOld()
    elif isinstance(fault, TransitionRefused):
        fault = Refused(str(fault))
    elif isinstance(fault, Http404):
        fault = NotFound()
    elif isinstance(fault, NoRight):
        fault = PermissionDenied()
    elif isinstance(fault, ValidationError):
        wrong = {
            name: [str(each) for each in found] if isinstance(found, list) else [str(found)]
            for name, found in _by_name(fault).items()
        }
        fault = Fault(400, _joined(wrong), "invalid", fields_wrong=wrong)
    answer = exception_handler(fault, context)
    if answer is not None and isinstance(fault, APIException) and isinstance(answer.data, dict):
        codes = fault.get_codes()
        if isinstance(codes, str):
            answer.data.setdefault("code", codes)
        answer.data.update(getattr(fault, "more", {}))
    return answer
