"""Setting a society's facts right by a program: the form and the operation of the page."""

from typing import Any

from rest_framework import serializers

from accounts.api.faults import Fault, form_fault
from accounts.models import OrganisationUnit, User
from registry.forms.cooperatives import PLAIN, CorrectionForm
from registry.models import Cooperative
from registry.operations.cooperatives import correct_cooperative

_FACTS = (*PLAIN, "uscc", "township", "phone")
_UNKNOWN = "没有这些项目：{names}。"
_NOBODY = "没有代码为“{code}”的乡镇街道。"


class CorrectionSerializer(serializers.Serializer[Any]):
    """The facts to set right, each as it is typed on the page, and why."""

    def get_fields(self) -> dict[str, Any]:
        """Return the reason and one text for each fact of the form."""
        said = {each.name: str(each.verbose_name) for each in Cooperative._meta.fields}
        said = {name: said[name] for name in PLAIN}
        said |= {"uscc": "统一社会信用代码", "township": "乡镇街道代码", "phone": "联系电话"}
        texts: dict[str, Any] = {
            name: serializers.CharField(label=word, required=False, allow_blank=True)
            for name, word in said.items()
        }
        return {"reason": serializers.CharField(label="更正理由"), **texts}


def correct(society: Cooperative, data: Any, *, version: int, by: User) -> None:
    """Correct what is named in `data`. Raises Fault (400, 422), EditConflict, TransitionRefused."""
    typed = CorrectionSerializer(data=data)
    typed.is_valid(raise_exception=True)
    asked = dict(typed.validated_data)
    if unknown := sorted(set(data) - set(asked)):
        raise Fault(400, _UNKNOWN.format(names="、".join(unknown)), "unknown_field")
    plain = CorrectionForm(None, society, user=by)
    if barred := [name for name in asked if name not in plain.fields]:
        raise Fault(422, _UNKNOWN.format(names="、".join(barred)), "not_correctable")
    stands = {name: _text(plain[name].value()) for name in _FACTS if name in plain.fields}
    if code := asked.get("township"):
        asked["township"] = _unit(code)
    form = CorrectionForm({**stands, **asked, "version": version}, society, user=by)
    if not form.is_valid():
        raise form_fault(form)
    correct_cooperative(society, form.changes(), asked["reason"], by=by, version=version)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _unit(code: str) -> str:
    found = OrganisationUnit.objects.reporting().filter(code=code).values_list("pk", flat=True)
    if not found:
        raise Fault(422, _NOBODY.format(code=code), "township_unknown")
    return str(found[0])
