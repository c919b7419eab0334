"""Forms over a row that somebody else may have saved meanwhile."""

from typing import Any

from django import forms

from accounts.forms.clashes import Clash, clashes, upon_version


def date_field(label: str, **options: Any) -> forms.DateField:
    """Return a day that the browser's own calendar fills."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请选择日期。", "invalid": "请按年月日选择日期。"},
        **options,
    )


def long_text(label: str, *, rows: int = 4, **options: Any) -> forms.CharField:
    """Return a field for several sentences."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


class EditedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that carries the version that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.initial["version"] = self.instance.version

    @property
    def seen(self) -> int:
        """The version that was on the page."""
        return self.cleaned_data.get("version") or 0

    def facts(self) -> dict[str, Any]:
        """Return the columns that were filled in."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def again(self, data: Any, fresh: Any) -> "EditedForm":
        """Return a form of this kind over the fresh row; one that takes more overrides it."""
        return type(self)(data, instance=fresh)

    def upon(self, fresh: Any) -> tuple["EditedForm", list[Clash]]:
        """Return what was typed, now on top of the fresh row, and where the two differ."""
        form = self.again(upon_version(self.data, fresh.version), fresh)
        stands = {name: getattr(fresh, name) for name in self._meta.fields or ()}
        return form, clashes(form, stands)


class ReasonedForm(EditedForm):
    """A form over a row whose change, unlike its making, needs a reason."""

    reason = forms.CharField(
        label="修改理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="将写入操作记录，供日后核查。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["reason"]


class StepForm(forms.Form):
    """A step of a flow: where to, why, and the version that was on the page."""

    version = forms.IntegerField()
    target = forms.CharField(max_length=20, required=False)
    reason = forms.CharField(max_length=1000, required=False)
