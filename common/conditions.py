"""Forms that narrow a list: their state stands in the address, and the page says how much is set."""

from django import forms

LONGEST_TERM = 60


class Conditions(forms.Form):
    """The conditions of a list; a subclass has the fields and applies them to rows."""

    @property
    def chosen(self) -> int:
        """How many conditions are set."""
        return sum(1 for name in self.fields if self.data.get(name, "").strip())


def search_field(label: str) -> forms.CharField:
    """Return the field in which a list is searched; the label says what is looked through."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_TERM,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
