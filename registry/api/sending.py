"""A file that a program hands in: the same form, limits and operation as the page's upload."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from accounts.api.faults import Fault, form_fault
from accounts.api.reading import caller
from accounts.policy import Action
from registry.choices import FeedScope, FeedSource
from registry.forms.deliveries import DeliveryForm
from registry.models import FeedDelivery
from registry.operations.deliveries import receive_delivery

_FORM_AROUND_FILE = 1 << 20  # bytes that the other fields and the boundaries may take
_TOO_LARGE = "文件超过上限 {limit} MB，没有接收。请拆分后分次报送，或另存为 csv 文件。"
_SAME_BYTES = "DELIVERY_DUPLICATE"
_STATUS = {"UPLOAD_TOO_LARGE": 413, "STORAGE_FULL": 507}
_MALFORMED = {"no_file", "two_files", "two_answers"}  # no page sends such a thing


class SendForm(DeliveryForm):
    """The form of the page, with the sender named by its code instead of its row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "sender" in self.fields:
            self.fields["sender"].to_field_name = "code"  # type: ignore[attr-defined]


@extend_schema_field({"type": "string", "format": "binary"})
class SentFile(serializers.FileField):
    """The bytes of a file."""


class SendSerializer(serializers.Serializer[Any]):
    """The parts of a delivery that is handed in."""

    file = SentFile(label="数据文件")
    source = serializers.ChoiceField(  # type: ignore[assignment]
        label="数据来源", choices=FeedSource.choices
    )
    quarter = serializers.RegexField(r"^[0-9]{4}Q[1-4]$", label="所属季度", help_text="例如 2021Q2")
    scope = serializers.ChoiceField(label="名单范围", choices=FeedScope.choices)
    sender = serializers.RegexField(
        r"^[0-9A-Za-z-]+$",
        label="报送单位",
        required=False,
        help_text="机构代码；部门的令牌不填，农业农村局代收时填写。",
    )


class SentBeforeSerializer(serializers.Serializer[Any]):
    """The answer to bytes that came before."""

    detail = serializers.CharField(label="说明")
    code = serializers.CharField(label="原因代码")
    delivery = serializers.IntegerField(label="先前的报送", allow_null=True)


def send(request: Request) -> FeedDelivery:
    """Take in the file of a request; nothing in it is read yet. Raises Fault with the reason."""
    _check_size(request)
    by = caller(request)
    form = SendForm(request.data, request.FILES, by=by)
    if not form.is_valid():
        codes = {error.code for found in form.errors.as_data().values() for error in found}
        raise form_fault(form, 400 if codes & _MALFORMED else 422)
    facts = form.cleaned_data
    receipt = receive_delivery(
        facts["file"].file,
        filename=facts["file"].name,
        source=facts["source"],
        quarter=facts["quarter"],
        scope=facts["scope"],
        sender=facts.get("sender"),
        by=by,
    )
    if receipt.delivery is not None:
        return receipt.delivery
    if receipt.duplicate_of is not None:
        reach = FeedDelivery.objects.permitted(by, Action.VIEW_DELIVERY)
        known = reach.filter(pk=receipt.duplicate_of.pk).values_list("pk", flat=True).first()
        raise Fault(409, receipt.message, _SAME_BYTES, delivery=known)
    status = _STATUS.get(receipt.refused_reason, 422)
    raise Fault(status, receipt.message, receipt.refused_reason)


def _check_size(request: Request) -> None:
    """Refuse a body that is too long before a byte of it is read."""
    limit: int = settings.INTAKE_LIMITS["upload_bytes"]
    announced = str(request.META.get("CONTENT_LENGTH") or "0")
    if announced.isascii() and announced.isdigit() and int(announced) > limit + _FORM_AROUND_FILE:
        raise Fault(413, _TOO_LARGE.format(limit=limit >> 20), "UPLOAD_TOO_LARGE")
