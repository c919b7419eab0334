"""A field in which rows are chosen by their keys."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_LONGEST_KEY = 18  # digits that every database holds


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Rows by their keys; a number too large for any key is a choice that is not there."""

    def clean(self, value: Any) -> Any:
        if self.to_field_name is None and any(len(str(key)) > _LONGEST_KEY for key in value or ()):
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": "…"}
            )
        return super().clean(value)
