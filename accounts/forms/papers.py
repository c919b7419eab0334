"""Checking a paper, and filtering the register of papers."""

from django import forms

from accounts.choices import PaperKind, PaperState
from accounts.models.issued_paper import PaperQuerySet, number_key


class CheckForm(forms.Form):
    """Number and check code, as they are printed on a paper."""

    number = forms.CharField(
        label="编号",
        max_length=80,
        help_text="例如：通农合证〔2021〕12号，括号写成 [ ] 或省略都可以。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    code = forms.CharField(
        label="校验码",
        max_length=20,
        help_text="印在编号下方的 8 位字母和数字。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class PaperFilter(forms.Form):
    """What narrows the register of papers."""

    term = forms.CharField(label="编号或标题", required=False, max_length=80)
    kind = forms.ChoiceField(
        label="种类", required=False, choices=[("", "全部种类"), *PaperKind.choices]
    )
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部状态"), *PaperState.choices]
    )

    @property
    def chosen(self) -> int:
        """How many conditions are set."""
        return sum(bool(value) for value in self._valid().values())

    def narrow(self, papers: PaperQuerySet) -> PaperQuerySet:
        """Apply what was chosen; a value that means nothing narrows nothing."""
        asked = self._valid()
        if term := asked.get("term"):
            papers = papers.filter(title__contains=term) | papers.filter(
                number_key__contains=number_key(term)
            )
        for name in ("kind", "state"):
            if asked.get(name):
                papers = papers.filter(**{name: asked[name]})
        return papers

    def _valid(self) -> dict[str, str]:
        self.is_valid()
        return dict(self.cleaned_data)
