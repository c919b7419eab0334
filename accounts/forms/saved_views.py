"""Naming the conditions of a list."""

from django import forms

from accounts.choices import ViewShare


class SaveViewForm(forms.Form):
    """The name of a view and who may find it; the conditions come as a hidden address."""

    name = forms.CharField(label="名称", max_length=30)
    share = forms.ChoiceField(label="谁能看到", choices=ViewShare.choices)
    query = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)


class ChosenViewForm(forms.Form):
    """One view of those that one may see."""

    view = forms.IntegerField(min_value=1, max_value=2**62)
