"""Signing a nil return, and the text of a reminder."""

from django import forms

from common.quarter import Quarter
from registry.choices import FeedSource
from registry.completeness import OWED


class NilReturnForm(forms.Form):
    """Which source, which quarter."""

    source = forms.ChoiceField(choices=[(source.value, source.label) for source in OWED])
    quarter = forms.CharField(max_length=6)

    def clean_source(self) -> FeedSource:
        return FeedSource(self.cleaned_data["source"])

    def clean_quarter(self) -> Quarter:
        """Read “2021Q2”."""
        try:
            return Quarter.parse(self.cleaned_data["quarter"])
        except ValueError as wrong:
            raise forms.ValidationError(
                "季度写法不对，请写成 2021Q2 的样子。", code="invalid"
            ) from wrong


class ReminderForm(forms.Form):
    """The text, drafted from the list and open to change."""

    text = forms.CharField(
        label="催报内容", max_length=2000, widget=forms.Textarea(attrs={"rows": 8})
    )
