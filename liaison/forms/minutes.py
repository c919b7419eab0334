"""What is typed into minutes, and what units answer to them."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.forms.attachments import AttachmentsField
from accounts.forms.clashes import Clash, clashes, upon_version
from accounts.forms.edited import EditedForm, date_field, long_text
from accounts.models import OrganisationUnit
from common import clock
from common.rows_field import RowsField
from liaison.meeting_choices import ConsentAnswer, PaperForm
from liaison.models import Consent, Decision, Minutes, MinutesTopic
from liaison.operations.consents import OPINIONS


class OpeningForm(EditedForm):
    """The opening sentence."""

    opening = long_text(
        "导语", rows=4, required=False, help_text="留空时按会议时间、地点、主持人自动写成一句。"
    )

    class Meta:
        model = Minutes
        fields = ("opening",)


class TopicForm(EditedForm):
    """A paragraph, and the units it concerns."""

    text = long_text("内容", rows=10, required=False)
    concerned = RowsField(
        OrganisationUnit.objects.none(),
        label="有关单位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="这一段由谁会签；一个也不选表示全部出席单位。议定事项的牵头、配合单位自动算在内。",
    )
    position = forms.IntegerField(
        label="顺序", required=False, min_value=1, max_value=999, help_text="留空则排在最后。"
    )

    class Meta:
        model = MinutesTopic
        fields = ("title", "text", "position")

    def __init__(self, *args: Any, units: Iterable[OrganisationUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = list(units)
        concerned = self.fields["concerned"]
        concerned.queryset = OrganisationUnit.objects.filter(  # type: ignore[attr-defined]
            pk__in=[unit.pk for unit in self.units]
        ).order_by("position")
        concerned.label_from_instance = lambda unit: unit.short_name  # type: ignore[attr-defined]
        if self.instance.pk is not None:
            self.initial["concerned"] = [unit.pk for unit in self.instance.concerned.all()]

    def upon(self, fresh: Any) -> tuple[EditedForm, list[Clash]]:
        """Return what was typed on top of the fresh row, and where the two differ."""
        form = TopicForm(upon_version(self.data, fresh.version), instance=fresh, units=self.units)
        stands = {name: getattr(fresh, name) for name in ("title", "text")}
        return form, clashes(form, stands)


class DecisionForm(EditedForm):
    """A decision: text, lead unit, helping units, due date."""

    text = long_text("议定事项", rows=4, max_length=500)
    helpers = RowsField(
        OrganisationUnit.objects.none(),
        label="配合单位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = date_field("完成时限")

    class Meta:
        model = Decision
        fields = ("text", "lead", "due_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = OrganisationUnit.objects.filter(active=True).order_by("position")
        lead, helpers = self.fields["lead"], self.fields["helpers"]
        lead.queryset, lead.empty_label = units, "请选择"  # type: ignore[attr-defined]
        helpers.queryset = units  # type: ignore[attr-defined]
        helpers.label_from_instance = lambda unit: unit.short_name  # type: ignore[attr-defined]
        if self.instance.pk is not None:
            self.initial["helpers"] = [unit.pk for unit in self.instance.helpers.all()]
        self.order_fields(["text", "lead", "helpers", "due_on"])


class ConsentForm(forms.Form):
    """The answers of one unit, paragraph by paragraph."""

    def __init__(self, data: Any, consents: Iterable[Consent], files: Any = None) -> None:
        super().__init__(data, files)
        self.consents = list(consents)
        choices = [(each.value, each.label) for each in OPINIONS]
        for consent in self.consents:
            key, title = consent.pk, consent.edition.topic.title
            self.fields[f"answer-{key}"] = forms.ChoiceField(
                label=f"对“{title}”的意见",
                choices=choices,
                widget=forms.RadioSelect,
                initial=consent.answer if consent.answer in OPINIONS else None,
                error_messages={"required": f"“{title}”还没有选择意见。"},
            )
            self.fields[f"remark-{key}"] = forms.CharField(
                label="修改建议或理由",
                required=False,
                max_length=500,
                initial=consent.remark,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"version-{key}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=consent.version
            )

    def by_topic(self) -> dict[int, dict[str, Any]]:
        """Return the fields of each paragraph by the key of the topic."""
        return {
            consent.edition.topic_id: {
                "consent": consent,
                "answer": self[f"answer-{consent.pk}"],
                "remark": self[f"remark-{consent.pk}"],
                "version": self[f"version-{consent.pk}"],
            }
            for consent in self.consents
        }

    def all_agreed(self) -> dict[int, tuple[ConsentAnswer, str, int]]:
        """Return consent to every paragraph that waits, upon the versions that the page showed."""
        return {
            each.pk: (ConsentAnswer.AGREED, "", int(self.data.get(f"version-{each.pk}") or 0))
            for each in self.consents
            if each.answer == ConsentAnswer.WAITING
        }

    def answers(self) -> dict[int, tuple[ConsentAnswer, str, int]]:
        """Return what was answered, by key of the consent."""
        said = self.cleaned_data
        return {
            consent.pk: (
                ConsentAnswer(said[f"answer-{consent.pk}"]),
                said[f"remark-{consent.pk}"],
                said[f"version-{consent.pk}"],
            )
            for consent in self.consents
        }


class SignForm(forms.Form):
    """Who signed, and when."""

    signer = forms.CharField(label="签发人", max_length=60)
    signed_on = date_field("签发日期")
    version = forms.IntegerField(widget=forms.HiddenInput)


class CopiesForm(forms.Form):
    """When and how minutes were copied up."""

    copied_up_on = date_field("日期")
    how = forms.CharField(label="方式", max_length=120, help_text="例如：公文交换、专人送达。")
    version = forms.IntegerField(widget=forms.HiddenInput)


class PaperConsentForm(ConsentForm):
    """The same answers as they stand on paper, with what the paper is and its scan."""

    def __init__(self, data: Any, files: Any, consents: Iterable[Consent]) -> None:
        super().__init__(data, consents, files=files)
        self.fields["form"] = forms.ChoiceField(label="形式", choices=PaperForm.choices)
        self.fields["number"] = forms.CharField(
            label="来文文号或标题", max_length=80, help_text="例如：通水务函〔2021〕9号。"
        )
        self.fields["received_on"] = date_field("收到日期", initial=clock.today)
        self.fields["scans"] = AttachmentsField(label="扫描件")
        self.order_fields(["form", "number", "received_on", "scans"])

    def facts(self) -> dict[str, Any]:
        """Return what the paper is."""
        return {name: self.cleaned_data[name] for name in ("form", "number", "received_on")}
