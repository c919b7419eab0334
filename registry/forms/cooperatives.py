"""Correcting a society's facts, asking for its telephone number, looking at it on another day."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.attachments import AttachmentsField
from accounts.forms.clashes import Clash, clashes, upon_version
from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.template_tags import masked_phone
from registry.choices import CooperativeFile, RegistrationStatus
from registry.ingestion.cells import BadCell, Noted, Setting
from registry.ingestion.codes import credit_code, registration_no
from registry.ingestion.codes import phone as phones
from registry.models import Cooperative

PLAIN = (
    "registration_no",
    "name",
    "entity_type",
    "legal_representative",
    "total_contribution",
    "member_count",
    "farmer_member_count",
    "unit_member_count",
    "established_on",
    "approved_on",
    "registration_authority",
    "status",
    "domicile",
    "business_scope",
    "contact_person",
)
CODE_LENGTH = 18
_COUNTS = ("member_count", "farmer_member_count", "unit_member_count")
_DAYS = ("established_on", "approved_on")


def _date_field(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class CorrectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """The facts of a society as a person sets them right; the reason is one line."""

    township = forms.ModelChoiceField(
        OrganisationUnit.objects.reporting(),
        label="所属乡镇街道",
        required=False,
        empty_label="待判定",
        help_text="只改住所时不必选，系统按新住所自动判断；在这里改选的，以人工判定为准。",
    )
    phone = forms.CharField(
        label="联系电话",
        required=False,
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    phone_cleared = forms.BooleanField(label="清空联系电话", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="更正理由",
        min_length=2,
        max_length=200,
        help_text="写明依据，例如“核对营业执照副本”。写入履历和操作记录。",
    )

    class Meta:
        model = Cooperative
        fields = (*PLAIN, "township", "uscc")
        widgets = {"business_scope": forms.Textarea({"rows": 3}), "name": forms.TextInput}

    def __init__(self, data: Any, society: Cooperative, *, user: Any) -> None:
        super().__init__(data, instance=society, initial={"version": society.version})
        self.society = society
        for name in _DAYS:
            self.fields[name] = _date_field(str(self.fields[name].label))
        for name in _COUNTS:
            self.fields[name].min_value = 0  # type: ignore[attr-defined]
            self.fields[name].widget.attrs.update(min=0, inputmode="numeric")
        self.fields["total_contribution"].label = "成员出资总额（元）"
        self.fields["status"].choices = RegistrationStatus.choices  # type: ignore[attr-defined]
        phone = society.contact_phone
        self.fields["phone"].help_text = (
            f"现为 {masked_phone(phone)}，不更改请留空。" if phone else "现无联系电话。"
        )
        if not phone:
            del self.fields["phone_cleared"]
        if society.uscc:
            del self.fields["uscc"]
        if reach_of(user, Action.EDIT_COOPERATIVE) != Reach.DISTRICT:
            del self.fields["township"]

    def clean(self) -> dict[str, Any]:
        """Check what must be true of the counts and days together."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in _COUNTS:
            if (cleaned.get(name) or 0) < 0:
                self.add_error(name, "人数不能为负数。")
        everyone, farmers = cleaned.get("member_count"), cleaned.get("farmer_member_count")
        if everyone is not None and farmers is not None and farmers > everyone:
            self.add_error("farmer_member_count", "农民成员数不能多于成员总数。")
        units = cleaned.get("unit_member_count") or 0
        if everyone is not None and (farmers or 0) + units > everyone:
            self.add_error("unit_member_count", "农民成员数与单位成员数之和不能多于成员总数。")
        if (cleaned.get("total_contribution") or 0) < 0:
            self.add_error("total_contribution", "出资总额不能为负数。")
        for name in _DAYS:
            if (day := cleaned.get(name)) and day > clock.today():
                self.add_error(name, "日期不能晚于今天。")
        return cleaned

    def clean_registration_no(self) -> str:
        return _read(registration_no, self.cleaned_data["registration_no"])

    def clean_phone(self) -> str:
        """One or several numbers, as the reader of files settles them."""
        return _read(phones, self.cleaned_data["phone"], doubtful=False)

    def clean_uscc(self) -> str | None:
        code = _read(credit_code, self.cleaned_data["uscc"] or "")
        if code and len(code) != CODE_LENGTH:
            raise ValidationError("统一社会信用代码应为 18 位；15 位的旧号码请填在“注册号”。")
        return code or None

    def clean_business_scope(self) -> str:
        """Browsers send their own line ends; those are no change."""
        return str(self.cleaned_data["business_scope"]).replace("\r\n", "\n")

    def _post_clean(self) -> None:
        """Leave the society as it is: the operation compares it with what was typed."""

    def changes(self) -> dict[str, Any]:
        """Return the facts as they were set, the telephone only when it was touched."""
        names = [name for name in (*PLAIN, "township", "uscc") if name in self.fields]
        found = {name: self.cleaned_data[name] for name in names}
        if self.cleaned_data.get("phone_cleared"):
            found["contact_phone"] = ""
        elif self.cleaned_data["phone"]:
            found["contact_phone"] = self.cleaned_data["phone"]
        return found

    def upon(self, fresh: Cooperative, user: Any) -> tuple["CorrectionForm", list[Clash]]:
        """Return what was typed, now on top of the fresh row, and where the two differ."""
        typed = upon_version(self.data, fresh.version)
        form = CorrectionForm(typed, fresh, user=user)
        names = [name for name in (*PLAIN, "township", "uscc") if name in form.fields]
        return form, clashes(form, {name: getattr(fresh, name) for name in names})


def _read(reader: Any, written: str, *, doubtful: bool = True) -> str:
    """Let the reader of files judge what a person typed; what it keeps in doubt may be refused."""
    try:
        read = reader(written, Setting(today=clock.today().isoformat()))
    except BadCell as bad:
        raise ValidationError(str(bad), code="unreadable") from bad
    if isinstance(read, Noted):
        if written and not (read.value and doubtful):
            raise ValidationError(read.findings[0].sentence, code="unreadable")
        return read.value
    return str(read)


class AsOfForm(forms.Form):
    """On which day a society is looked at: true on a day, as known on a day."""

    true_on = forms.DateField(
        label="业务日期",
        required=False,
        help_text="这一天登记的是什么。",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    known_on = forms.DateField(
        label="得知日期",
        required=False,
        help_text="只看到这一天为止已经得知的。",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    @property
    def moment(self) -> tuple[dt.date, dt.datetime | None] | None:
        """Return the business day and the moment of knowledge; None when today is meant."""
        if not self.is_valid() or not any(self.cleaned_data.values()):
            return None
        known_on = self.cleaned_data["known_on"]
        end = clock.start_of(known_on + dt.timedelta(days=1)) if known_on else None
        true_on = self.cleaned_data["true_on"] or known_on or clock.today()
        return true_on, end - dt.timedelta(microseconds=1) if end else None


class UnmaskForm(forms.Form):
    """Why the whole telephone number is asked for."""

    reason = forms.CharField(
        min_length=2,
        max_length=500,
        error_messages={
            "required": "请写明查看完整联系电话的理由。",
            "min_length": "理由太短，请写明为什么需要联系。",
        },
    )


class CooperativeFilesForm(forms.Form):
    """Files of a society, all of one kind."""

    purpose = forms.ChoiceField(label="是什么材料", choices=CooperativeFile.choices)
    uploads = AttachmentsField(label="文件")
    note = forms.CharField(
        label="说明",
        max_length=200,
        required=False,
        help_text="例如：2021年6月养殖场大门。一次上传的几个文件用同一说明。",
    )
