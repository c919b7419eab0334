"""What is typed about a meeting: its arrangement, agenda, replies and attendance."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.forms.edited import EditedForm, ReasonedForm, date_field, long_text
from accounts.models import OrganisationUnit, User
from accounts.policy import Action
from common.conditions import Conditions
from liaison.meeting_choices import BodyKind, MeetingState, MinutesState, Presence, ReplyKind
from liaison.models import AgendaItem, Consent, Meeting, MeetingUnit, Minutes
from liaison.models.meeting import MeetingQuerySet
from liaison.models.minutes import MinutesQuerySet


class ArrangementForm(EditedForm):
    """When, where, chaired by whom."""

    starts_at = forms.DateTimeField(
        label="开会时间",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={"required": "请选择时间。", "invalid": "请按年月日时分选择时间。"},
    )
    place = forms.CharField(label="地点", max_length=80)
    reply_by = date_field("回复期限", required=False)

    class Meta:
        model = Meeting
        fields = ("starts_at", "place", "chair", "recorder", "reply_by")


class HeldFactsForm(ReasonedForm):
    """How a meeting was held, put right with a reason."""

    held_on = date_field("召开日期")
    place = forms.CharField(label="地点", max_length=80)

    class Meta:
        model = Meeting
        fields = ("held_on", "place", "chair", "recorder")

    field_order = ("held_on", "place", "chair", "recorder", "reason")


class AgendaForm(EditedForm):
    """One item of the agenda."""

    position = forms.IntegerField(
        label="顺序", required=False, min_value=1, max_value=999, help_text="留空则排在最后。"
    )
    details = long_text("说明", rows=3, required=False, max_length=1000)

    class Meta:
        model = AgendaItem
        fields = ("title", "details", "unit", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        unit.queryset = OrganisationUnit.objects.filter(active=True).order_by("position")  # type: ignore[attr-defined]
        unit.empty_label = "不指定"  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """Whether a unit comes, and who."""

    reply = forms.ChoiceField(
        label="能否参加",
        choices=[(each.value, each.label) for each in (ReplyKind.COMING, ReplyKind.LEAVE)],
        widget=forms.RadioSelect,
    )
    person = forms.CharField(label="参会人", max_length=60, required=False)
    post = forms.CharField(label="职务", max_length=60, required=False)
    note = forms.CharField(
        label="说明", max_length=200, required=False, help_text="请假的须写明原因。"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AttendanceForm(forms.Form):
    """Presence, person and post of every unit called, in one table."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, parts: Iterable[MeetingUnit], version: int) -> None:
        super().__init__(data, initial={"version": version})
        self.parts = list(parts)
        for part in self.parts:
            name = part.unit.short_name
            self.fields[f"presence-{part.pk}"] = forms.ChoiceField(
                label=f"{name}到会情况", choices=Presence.choices, initial=_expected(part)
            )
            for key, word in (("person", "参会人"), ("post", "职务")):
                self.fields[f"{key}-{part.pk}"] = forms.CharField(
                    label=f"{name}{word}",
                    max_length=60,
                    required=False,
                    initial=getattr(part, key),
                )

    def lines(self) -> list[dict[str, Any]]:
        """Return the parts with their fields, for the rows of the table."""
        words = (("presence", "到会"), ("person", "参会人"), ("post", "职务"))
        return [
            {"part": part, "fields": [(word, self[f"{key}-{part.pk}"]) for key, word in words]}
            for part in self.parts
        ]

    def rows(self) -> dict[int, dict[str, str]]:
        """Return what was typed, by key of the part."""
        keys = ("presence", "person", "post")
        return {
            part.pk: {key: self.cleaned_data[f"{key}-{part.pk}"] for key in keys}
            for part in self.parts
        }


class CorrectionForm(AttendanceForm):
    """The same table once the meeting was held: what differs, why, and who came uncalled."""

    joined = forms.ModelChoiceField(
        OrganisationUnit.objects.none(), label="补登单位", required=False, empty_label="没有"
    )
    joined_presence = forms.ChoiceField(
        label="补登单位到会情况",
        choices=[(each.value, each.label) for each in (Presence.PRESENT, Presence.SITTING_IN)],
        required=False,
    )
    joined_person = forms.CharField(label="补登单位参会人", max_length=60, required=False)
    joined_post = forms.CharField(label="补登单位职务", max_length=60, required=False)
    reason = forms.CharField(
        label="更正理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="将写入操作记录，供日后核查。",
    )

    def __init__(self, data: Any, parts: Iterable[MeetingUnit], version: int) -> None:
        super().__init__(data, parts, version)
        called = [part.unit_id for part in self.parts]
        others = OrganisationUnit.objects.filter(active=True).exclude(pk__in=called)
        self.fields["joined"].queryset = others.order_by("position")  # type: ignore[attr-defined]
        known = [each for each in Presence.choices if each[0] != Presence.UNKNOWN]
        for part in self.parts:
            self.fields[f"presence-{part.pk}"].choices = known  # type: ignore[attr-defined]

    def joins(self) -> dict[str, Any] | None:
        """Return the unit that came without being called, or None."""
        said = self.cleaned_data
        if said["joined"] is None:
            return None
        return {
            "unit": said["joined"],
            "presence": said["joined_presence"] or Presence.PRESENT,
            "person": said["joined_person"],
            "post": said["joined_post"],
        }


def _expected(part: MeetingUnit) -> str:
    """Propose what the unit replied until its presence is recorded."""
    if part.presence != Presence.UNKNOWN:
        return part.presence
    replied = {ReplyKind.COMING.value: Presence.PRESENT, ReplyKind.LEAVE.value: Presence.LEAVE}
    return replied.get(part.reply, Presence.UNKNOWN).value


class HeldForm(forms.Form):
    """The day on which a meeting was held."""

    held_on = date_field("召开日期")
    version = forms.IntegerField(widget=forms.HiddenInput)


class InviteForm(forms.Form):
    """A unit that is no member and is asked to sit in."""

    unit = forms.ModelChoiceField(
        OrganisationUnit.objects.filter(active=True).order_by("position"),
        label="增加参会单位",
        empty_label="请选择",
        error_messages={"required": "请先选一个单位，再发通知。"},
    )


class MeetingFilter(Conditions):
    """Narrows the list of meetings."""

    kind = forms.ChoiceField(
        label="机构类别", required=False, choices=[("", "全部"), *BodyKind.choices]
    )
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "全部"),
            ("overdue", "逾期未开"),
            ("unrecorded", "已过开会日期，待登记"),
            ("to_reply", "通知待回复"),
            *MeetingState.choices,
        ],
    )
    minutes = forms.ChoiceField(
        label="纪要",
        required=False,
        choices=[
            ("", "全部"),
            ("to_agree", "会签待答复"),
            ("contested", "会签有不同意见"),
            ("late", "会签逾期未答复"),
            ("ready", "会签完毕"),
            *MinutesState.choices,
        ],
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.user = user

    def narrow(self, rows: MeetingQuerySet) -> MeetingQuerySet:
        """Apply every condition."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["kind"]:
            rows = rows.filter(body__kind=asked["kind"])
        if asked["minutes"]:
            rows = rows.filter(pk__in=self._written(asked["minutes"]).values("meeting"))
        match asked["state"]:
            case "":
                return rows
            case "overdue":
                return rows.overdue()
            case "unrecorded":
                return rows.unrecorded()
            case "to_reply":
                called = MeetingUnit.objects.permitted(self.user, Action.REPLY_MEETING)
                return rows.filter(pk__in=called.to_reply().values("meeting"))
            case state:
                return rows.filter(state=state)

    def _written(self, state: str) -> MinutesQuerySet:
        found = Minutes.objects.permitted(self.user, Action.VIEW_MEETING)
        match state:
            case "to_agree":
                asked = Consent.objects.permitted(self.user, Action.VIEW_MEETING).waiting()
                return found.filter(pk__in=asked.values("edition__topic__minutes"))
            case "contested":
                return found.contested()
            case "late":
                return found.late()
            case "ready":
                return found.ready()
            case _:
                return found.filter(state=state)
