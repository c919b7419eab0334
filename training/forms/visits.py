"""The core form of a visit: at most twelve inputs, the same for a page and for a phone."""

import datetime as dt
import uuid
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from common import clock
from common.conditions import Conditions, search_field
from common.template_tags import day
from registry.choices import OperatingState, Seen
from registry.models import Cooperative
from training.choices import (
    PromiseKind,
    PromiseOwner,
    SeenThing,
    Signer,
    VisitMethod,
    VisitPurpose,
    VisitState,
    WithoutPhoto,
    WithoutPlace,
)

MOST_PHOTOS, MOST_PROMISES, MOST_ANSWERS = 9, 5, 12
MOST_PHOTO_BYTES = 3_000_000
FIRST_DAY = dt.date(2020, 1, 1)
_SHORT = {"rows": 3}


class VisitForm(forms.Form):
    """What every visit says. Twelve inputs; photos, place, answers and promises come beside it."""

    visited_on = forms.DateField(
        label="走访日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    method = forms.ChoiceField(label="方式", choices=VisitMethod.choices)
    purpose = forms.ChoiceField(label="目的", choices=VisitPurpose.choices)
    met = forms.CharField(
        label="见到谁",
        max_length=100,
        required=False,
        help_text="姓名和职务，不要写身份证号和手机号。",
    )
    at_address = forms.ChoiceField(label="在登记住所找到了吗", choices=Seen.choices)
    operating = forms.ChoiceField(label="经营状态", choices=OperatingState.choices)
    seen = forms.MultipleChoiceField(
        label="现场看到",
        required=False,
        choices=SeenThing.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    members_met = forms.IntegerField(
        label="见到几名成员", required=False, min_value=0, max_value=9999
    )
    problems = forms.CharField(
        label="发现的问题", required=False, max_length=2000, widget=forms.Textarea(attrs=_SHORT)
    )
    guidance = forms.CharField(
        label="辅导了什么", max_length=2000, widget=forms.Textarea(attrs=_SHORT)
    )
    next_visit_on = forms.DateField(
        label="下次走访",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    no_photo_reason = forms.ChoiceField(
        label="没有照片的原因", required=False, choices=[("", "有照片"), *WithoutPhoto.choices]
    )

    def clean_visited_on(self) -> dt.date:
        """A visit lies in the pilot's time and not ahead; the phone's clock is judged elsewhere."""
        value: dt.date = self.cleaned_data["visited_on"]
        if value < FIRST_DAY:
            raise forms.ValidationError(f"走访日期不能早于{day(FIRST_DAY)}，请核对。")
        if value > clock.today():
            raise forms.ValidationError("走访日期在今天之后，请改成实际走访的那一天。")
        return value

    def clean(self) -> dict[str, Any]:
        """The next visit comes after this one."""
        facts: dict[str, Any] = super().clean() or {}
        this, following = facts.get("visited_on"), facts.get("next_visit_on")
        if this and following and following <= this:
            self.add_error("next_visit_on", "下次走访应在这次之后，请核对。")
        return facts


class BadBody(Exception):
    """A version that cannot be taken; `sentences` say what to mend."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("；".join(sentences))
        self.sentences = sentences


def read_body(body: dict[str, Any]) -> dict[str, Any]:
    """Read what a phone or a page sent of a visit into columns and lists. Raises BadBody.

    Returns the columns of the core form, `latitude`, `longitude`, `no_place_reason`, and the lists
    `answers`, `promises`, `photos`.
    """
    form = VisitForm({name: body.get(name) for name in VisitForm.base_fields})
    wrong = [
        f"{form.fields[name].label}：{sentence}" if name in form.fields else sentence
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]
    if wrong:
        raise BadBody([str(sentence) for sentence in wrong])
    facts = dict(form.cleaned_data)
    facts["latitude"], facts["longitude"] = _place(body.get("place"))
    reason = str(body.get("no_place_reason") or "")
    facts["no_place_reason"] = reason if reason in WithoutPlace.values else ""
    facts["answers"] = [_answer(each) for each in _list(body, "answers", MOST_ANSWERS, "回答")]
    facts["promises"] = [
        _promise(each) for each in _list(body, "promises", MOST_PROMISES, "整改事项")
    ]
    most = MOST_PHOTOS + len(Signer)
    facts["photos"] = [_photo(each) for each in _list(body, "photos", most, "照片")]
    return facts


def _list(body: dict[str, Any], name: str, most: int, word: str) -> list[dict[str, Any]]:
    rows = body.get(name) or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadBody([f"{word}的格式不对，请刷新页面后重新保存。"])
    if len(rows) > most:
        raise BadBody([f"{word}的数量不能超过 {most}，请减少后重新保存。"])
    return rows


def _place(place: Any) -> tuple[Decimal | None, Decimal | None]:
    """Read a place in WGS 84 degrees; one outside the earth is no place."""
    try:
        latitude = Decimal(str(place["lat"])).quantize(Decimal("0.000001"))
        longitude = Decimal(str(place["lng"])).quantize(Decimal("0.000001"))
    except (TypeError, KeyError, InvalidOperation):
        return None, None
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None, None
    return latitude, longitude


def _answer(row: dict[str, Any]) -> dict[str, str]:
    limits = {"key": 40, "text": 200, "why": 200, "kind": 10, "answer": 300, "note": 300}
    return {name: str(row.get(name) or "").strip()[:limit] for name, limit in limits.items()}


def _promise(row: dict[str, Any]) -> dict[str, Any]:
    text = str(row.get("text") or "").strip()[:200]
    kind, owner = str(row.get("kind") or ""), str(row.get("owner") or "")
    try:
        key, due_on = uuid.UUID(str(row.get("id"))), dt.date.fromisoformat(str(row.get("due_on")))
    except ValueError:
        raise BadBody([f"整改事项“{text or '（空）'}”要写明期限，请补填。"]) from None
    if not text:
        raise BadBody(["整改事项要写明办什么，请补填或删去这一项。"])
    return {
        "key": key,
        "text": text,
        "kind": kind if kind in PromiseKind.values else PromiseKind.OTHER.value,
        "owner": owner if owner in PromiseOwner.values else PromiseOwner.SOCIETY.value,
        "due_on": due_on,
        "grave": bool(row.get("grave")),
    }


def _photo(row: dict[str, Any]) -> dict[str, Any]:
    try:
        key, size = uuid.UUID(str(row.get("id"))), int(row.get("size") or 0)
    except (TypeError, ValueError):
        raise BadBody(["有一张照片没有编号，请删去后重新添加。"]) from None
    sha256, signer = str(row.get("sha256") or ""), str(row.get("signer") or "")
    if not 0 < size <= MOST_PHOTO_BYTES or len(sha256) != 64:
        raise BadBody(["有一张照片太大或不完整，请删去后重新添加。"])
    return {
        "key": key,
        "size": size,
        "sha256": sha256,
        "taken_at": _moment(row.get("taken_at")),
        "note": str(row.get("note") or "")[:200],
        "signer": signer if signer in Signer.values else "",
    }


def _moment(text: Any) -> dt.datetime | None:
    """Read a time of a phone; one without a zone or outside all reason is no time."""
    try:
        moment = dt.datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo and 1990 < moment.year < 2200 else None


def read_moment(text: Any) -> dt.datetime | None:
    """Read a time that a device claims, or None."""
    return _moment(text)


class VisitFilter(Conditions):
    """Narrows the list of visits."""

    q = search_field("合作社名称或代码")
    purpose = forms.ChoiceField(
        label="目的", required=False, choices=[("", "全部"), *VisitPurpose.choices]
    )
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "全部"),
            *VisitState.choices,
            ("unreviewed", "未审阅"),
            ("conflict", "版本冲突"),
        ],
    )
    since = forms.DateField(
        label="日期（起）", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label="日期（止）", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    township = forms.CharField(required=False, widget=forms.HiddenInput)
    counsellor = forms.IntegerField(
        required=False, widget=forms.HiddenInput, min_value=1, max_value=2**62
    )

    def narrow(self, visits: Any) -> Any:
        """Apply every condition; one that cannot be read finds nothing."""
        if not self.is_valid():
            return visits.none()
        asked = self.cleaned_data
        if asked["q"]:
            found = Cooperative.objects.matching(asked["q"]).values("pk")
            visits = visits.filter(cooperative__in=found)
        plain = {
            "purpose": asked["purpose"],
            "visited_on__gte": asked["since"],
            "visited_on__lte": asked["until"],
            "cooperative__township__code": asked["township"],
            "counsellor": asked["counsellor"],
        }
        visits = visits.filter(**{name: value for name, value in plain.items() if value})
        match asked["state"]:
            case "":
                return visits.standing()
            case "unreviewed":
                return visits.standing().filter(reviewed_at__isnull=True)
            case "conflict":
                return visits.in_conflict()
            case state:
                return visits.filter(state=state)
