"""The survey: opening a campaign, the short record of one society, the conditions of the list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.exporting import NO_CONDITION
from accounts.forms.attachments import AttachmentsField
from accounts.forms.clashes import Clash, clashes, upon_version
from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.conditions import Conditions, search_field
from registry.cleanup.choices import (
    LABEL_CHOICES,
    Condition,
    Disposition,
    ProblemClass,
    SurveyMethod,
    SurveyState,
)
from registry.cleanup.coverage import NOWHERE
from registry.models import Cooperative, SurveyFinding, SurveyRecord
from registry.models.survey import SurveyQuerySet

_FACTS = ("operating_state", "disposition", "surveyed_on", "method", "met", "note")


def day_field(label: str, **more: Any) -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more
    )


class CampaignForm(forms.Form):
    """What a new survey is called and by when it must be done."""

    title = forms.CharField(
        label="名称", max_length=60, help_text="例如：2021年农民合作社全面摸底排查。"
    )
    due_on = day_field("要求完成日期")
    note = forms.CharField(
        label="要求",
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="写给乡镇经办人和辅导员看，例如必须实地查看、看哪些资料。",
    )

    def clean_due_on(self) -> Any:
        """A survey cannot have to be done before it begins."""
        due = self.cleaned_data["due_on"]
        if due < clock.today():
            raise ValidationError("要求完成日期不能早于今天。", code="past")
        return due


class SurveyForm(forms.Form):
    """What was seen of one society; short enough for a phone at the roadside."""

    operating_state = forms.ChoiceField(
        label="经营状况", choices=Condition.choices, widget=forms.RadioSelect
    )
    problems = forms.MultipleChoiceField(
        label="问题类别",
        required=False,
        choices=ProblemClass.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="没有问题的不勾。",
    )
    labels = forms.MultipleChoiceField(
        label="属于",
        required=False,
        choices=LABEL_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        help_text="可以勾几个，也可以不勾。",
    )
    disposition = forms.ChoiceField(
        label="处置意见", choices=Disposition.choices, widget=forms.RadioSelect
    )
    surveyed_on = day_field("摸底日期")
    method = forms.ChoiceField(label="方式", choices=SurveyMethod.choices, widget=forms.RadioSelect)
    met = forms.CharField(
        label="见到的人",
        required=False,
        max_length=60,
        help_text="姓名和职务，例如“王某，理事长”。不要写身份证号码。",
    )
    note = forms.CharField(
        label="情况说明", required=False, max_length=500, widget=forms.Textarea({"rows": 3})
    )
    uploads = AttachmentsField(label="现场照片", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, record: SurveyRecord, files: Any = None) -> None:
        super().__init__(data, files, initial=_initial(record))
        self.record = record

    def clean_surveyed_on(self) -> Any:
        """Nobody can have been there tomorrow."""
        seen = self.cleaned_data["surveyed_on"]
        if seen > clock.today():
            raise ValidationError("摸底日期不能晚于今天。", code="future")
        return seen

    def clean(self) -> dict[str, Any]:
        """Problems and mere support contradict each other; grave cases need a word."""
        cleaned = super().clean() or self.cleaned_data
        problems, advice = cleaned.get("problems"), cleaned.get("disposition")
        if problems and advice == Disposition.SUPPORT:
            self.add_error(
                "disposition", "已勾选问题类别，处置意见不能是“扶持发展”。请改选，或取消问题类别。"
            )
        grave = {ProblemClass.SUSPECTED_SUBSIDY_FRAUD.value, ProblemClass.ILLEGAL_FINANCE.value}
        if grave & set(problems or ()) and not cleaned.get("note", "").strip():
            self.add_error("note", "勾选了骗取项目资金或非法金融活动，请写明看到或听到的情况。")
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return the columns of the record."""
        return {name: self.cleaned_data[name] for name in _FACTS}

    def findings(self) -> list[str]:
        return [*self.cleaned_data["problems"], *self.cleaned_data["labels"]]

    def upon(self, fresh: SurveyRecord) -> tuple["SurveyForm", list[Clash]]:
        """Return what was typed, now on top of the fresh record, and where the two differ."""
        form = SurveyForm(upon_version(self.data, fresh.version), fresh)
        return form, clashes(form, {name: getattr(fresh, name) for name in _FACTS})


def _initial(record: SurveyRecord) -> dict[str, Any]:
    found = {finding.finding for finding in record.findings.all()} if record.is_recorded else set()
    facts = {name: getattr(record, name) for name in _FACTS} if record.is_recorded else {}
    return {
        "surveyed_on": clock.today(),
        "method": SurveyMethod.ON_SITE,
        **facts,
        "problems": [value for value in ProblemClass.values if value in found],
        "labels": [value for value, _ in LABEL_CHOICES if value in found],
        "version": record.version,
    }


class SurveyFilter(Conditions):
    """Narrows the records of a campaign; a condition that cannot be read finds nothing."""

    q = search_field("合作社名称或代码")
    state = forms.ChoiceField(
        label="进度", required=False, choices=[("", "全部"), *SurveyState.choices]
    )
    township = forms.ChoiceField(label="乡镇街道", required=False)
    operating = forms.ChoiceField(
        label="经营状况",
        required=False,
        choices=[("", "全部"), ("idle", "停业或找不到"), *Condition.choices],
    )
    finding = forms.ChoiceField(
        label="类别",
        required=False,
        choices=[("", "全部"), *ProblemClass.choices, *LABEL_CHOICES],
    )
    disposition = forms.ChoiceField(
        label="处置意见", required=False, choices=[("", "全部"), *Disposition.choices]
    )

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        if reach_of(user, Action.VIEW_SURVEY) == Reach.DISTRICT:
            units = OrganisationUnit.objects.reporting().values_list("code", "short_name")
            offered = [("", "全部"), *units, (NOWHERE, "待判定")]
            self.fields["township"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["township"]

    def narrow(self, records: SurveyQuerySet) -> SurveyQuerySet:
        """Apply every condition."""
        if not self.is_valid():
            return records.none()
        for name, value in self.cleaned_data.items():
            if value:
                records = records.filter(getattr(self, f"_by_{name}")(value))
        return records

    def in_words(self) -> str:
        """Return the conditions as a sentence for an export."""
        said = []
        for name, value in (self.cleaned_data if self.is_valid() else {}).items():
            options = dict(getattr(self.fields[name], "choices", ()))
            if value:
                said.append(f"{self.fields[name].label}：{options.get(value, value)}")
        return "；".join(said) or NO_CONDITION

    def _by_q(self, value: str) -> Q:
        return Q(cooperative__in=Cooperative.objects.matching(value).values("pk"))

    def _by_state(self, value: str) -> Q:
        return Q(state=value)

    def _by_township(self, value: str) -> Q:
        if value == NOWHERE:
            return Q(cooperative__township__isnull=True)
        return Q(cooperative__township__code=value)

    def _by_operating(self, value: str) -> Q:
        if value == "idle":
            return Q(operating_state__in=(Condition.CEASED, Condition.NOT_FOUND))
        return Q(operating_state=value)

    def _by_finding(self, value: str) -> Q:
        return Q(pk__in=SurveyFinding.objects.filter(finding=value).values("record"))

    def _by_disposition(self, value: str) -> Q:
        return Q(disposition=value)
