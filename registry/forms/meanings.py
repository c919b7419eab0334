"""Saying what a word means, and taking it back."""

from django import forms

from registry.forms.deliveries import ReasonField, SingleAnswers
from registry.vocabularies import VOCABULARIES


class MeaningForm(SingleAnswers):
    """The meaning of one word of one list."""

    key = forms.ChoiceField(choices=[(key, key) for key in VOCABULARIES])
    written = forms.CharField(max_length=200)
    code = forms.CharField(max_length=40, error_messages={"required": "请选择这个词语的意思。"})
    reason = ReasonField(
        label="依据",
        min_length=2,
        max_length=500,
        error_messages={
            "required": "请写明依据，如“已电话询问市场监管局登记股”。",
            "min_length": "依据太短，请写明从哪里得知。",
        },
    )


class RevokeForm(SingleAnswers):
    """Why a meaning shall no longer count."""

    reason = ReasonField(
        label="理由",
        min_length=2,
        max_length=500,
        error_messages={
            "required": "请写明撤销的理由。",
            "min_length": "理由太短，请写明为什么撤销。",
        },
    )
