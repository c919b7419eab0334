"""The decision about one address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import OrganisationUnit


class DecisionForm(forms.Form):
    """To which unit an address belongs, and whether to remember it for its old village.

    `unit` is the likely one that was pressed, `other` one of the rest.
    """

    unit = forms.ModelChoiceField(OrganisationUnit.objects.reporting(), required=False)
    other = forms.ModelChoiceField(OrganisationUnit.objects.reporting(), required=False)
    remember = forms.BooleanField(required=False)
    version = forms.IntegerField()

    def clean(self) -> dict[str, Any]:
        """Exactly one unit is meant; the pressed one counts first."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["chosen"] = cleaned.get("unit") or cleaned.get("other")
        if cleaned["chosen"] is None:
            raise ValidationError("请选择一个乡镇街道。", code="required")
        return cleaned
