"""The forms of edited rows, which the house shares, under the name that this part knows them by."""

from accounts.forms.edited import EditedForm, StepForm, date_field, long_text

__all__ = ["EditedForm", "StepForm", "date_field", "long_text"]
