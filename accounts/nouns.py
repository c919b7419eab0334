"""What programs and exports may have of a kind of row: one table a noun, said once.

A noun names the right it asks for, the values that its page shows, and the conditions of the
page's list. The programming interface and the exports are made from it, so that both reach,
mask and narrow exactly as the page does.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import django_filters as df
from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import QuerySet
from django.utils.choices import CallableChoiceIterator
from django_filters.utils import get_model_field

from accounts.kept_lists import KeptList
from accounts.policy import Action, may
from common import spreadsheet
from common.keyset import NEWEST_FIRST, Key, in_order

_NAMING = {"code", "uscc"}  # what names a row of another kind
_NO_SUCH_ROW = {"invalid_choice", "null_characters_not_allowed"}
_WHOLE = ("", "全部", "不限", "---------", "无")  # an empty choice that leaves nothing out
_YES_OR_NO = (("true", "是"), ("false", "否"))
_WHOLE_OF = "全部"  # 全部状态
MOMENT, YES, TEXTS = "moment", "yes", "texts"
_KINDS: "tuple[tuple[type[models.Field[Any, Any]], str], ...]" = (
    (models.DateTimeField, MOMENT),
    (models.DateField, spreadsheet.DAY),
    (models.BooleanField, YES),
    (models.DecimalField, spreadsheet.MONEY),
    (models.IntegerField, spreadsheet.NUMBER),
)


class UnreadableConditions(Exception):
    """Conditions that cannot be read; `errors` names each with its sentences."""

    def __init__(self, errors: Any) -> None:
        super().__init__(str(errors))
        self.errors = errors


class WholeNumberFilter(df.Filter):  # type: ignore[misc]
    """A number without a fraction."""

    field_class = forms.IntegerField


@dataclass(frozen=True)
class Part:
    """One value of a row. Word, kind and words of its codes come from the model's field unless said here.

    `path` leads to the value through rows, by dots; `value` computes it instead. With `needs` the
    part is left out for whoever lacks that right. `bare` is the value without its mask, for an
    export with the right to it and a reason.
    """

    key: str
    path: str = ""
    label: str = ""
    kind: str = ""
    value: Callable[[Any], Any] | None = None
    needs: Action | None = None
    bare: Callable[[Any], Any] | None = None
    words: Mapping[Any, str] = field(default_factory=dict)

    def on(self, model: type[models.Model]) -> "Part":
        """Return this part with what the field of the model says of it."""
        found = None if self.value else _field(model, self.path or self.key)
        return replace(
            self,
            path=self.path or self.key,
            label=self.label or str(getattr(found, "verbose_name", "")),
            kind=self.kind or _kind(found),
            words=self.words
            or {key: str(word) for key, word in getattr(found, "flatchoices", ()) or ()},
        )

    def of(self, row: Any) -> Any:
        """Return the value of a row, None where nothing stands."""
        if self.value is not None:
            return self.value(row)
        for step in self.path.split("."):
            row = getattr(row, step, None)
            if row is None:
                return None
        return row

    def word_of(self, row: Any) -> str:
        """Return the word of a coded value, "" for none."""
        return self.words.get(self.of(row), "")


NUMBER = Part("id", "pk", label="编号", kind=spreadsheet.NUMBER)


@dataclass(frozen=True)
class Noun:
    """A kind of row: who may see it, what is shown of it, how its list is narrowed.

    `argument` is how addresses name a row; `joined` adds what the parts need, `counted` how many
    rows of another kind the person reaches; `told` leaves out what the page does not tell a person
    of, though it is in reach. The conditions are those of `filter`, the form of the page's list,
    and fields by name in `conditions`. Its list has the columns and orders of `listed`, or the
    single `order` where it is not one whose state can be kept.
    """

    name: str
    title: str
    model: type[models.Model]
    action: Action
    argument: str
    parts: Sequence[Part]
    joined: Callable[[Any], Any] = lambda rows: rows
    counted: Callable[[Any, Any], Any] = lambda rows, user: rows
    told: Callable[[Any, Any], Any] = lambda rows, user: rows
    filter: Any = None
    make_filter: Callable[[Any, Any], Any] | None = None
    conditions: Mapping[str, str] = field(default_factory=dict)
    lookup: str = "pk"
    converter: str = "number"
    export: Action | None = None
    unmask: Action | None = None
    listed: KeptList | None = None
    order: Sequence[Key] = NEWEST_FIRST

    @cached_property
    def whole(self) -> tuple[Part, ...]:
        """Every part, with the words and kinds of the model."""
        return tuple(part.on(self.model) for part in self.parts)

    def shown_to(self, user: Any) -> list[Part]:
        """Return the parts that this user may see."""
        return [part for part in self.whole if part.needs is None or may(user, part.needs)]

    def chosen_by(self, user: Any, data: Any) -> list[Part]:
        """Return those in the columns that an address asks for, in their order; all for none."""
        shown = self.shown_to(user)
        columns = self.listed.chosen_columns(data) if self.listed else []
        if not columns:
            return shown
        keys = [key for column in columns for key in column.parts or (column.key,)]
        by_key = {part.key: part for part in shown}
        return [by_key[key] for key in dict.fromkeys(keys) if key in by_key]

    def sorted(self, rows: QuerySet[Any, Any], data: Any) -> QuerySet[Any, Any]:
        """Sort rows as the page does under an address."""
        if self.listed is None:
            return in_order(rows, self.order)
        return in_order(rows, self.listed.keys(data, self.model) or self.listed.order)

    def reach(self, user: Any, action: Action | None = None) -> QuerySet[Any, Any]:
        """Return the rows that this user reaches."""
        manager: Any = self.model._default_manager
        found: QuerySet[Any, Any] = manager.permitted(user, action or self.action)
        return self.told(self.counted(self.joined(found), user), user)  # type: ignore[no-any-return]

    def narrowed(
        self, rows: QuerySet[Any, Any], data: Any, user: Any, form: Any = None
    ) -> QuerySet[Any, Any]:
        """Apply the conditions of an address, read by `form` if that is made already.

        Raises UnreadableConditions.
        """
        if self.filter is not None:
            form = form or self.asked(data, user)
            if not form.is_valid():
                if names_what_is_not(form):
                    return rows.none()
                raise UnreadableConditions(form.errors)
            rows = form.narrow(rows)
        if not self.conditions:
            return rows
        chosen = self._filter_set(data, queryset=rows)
        if not chosen.form.is_valid():
            if names_what_is_not(chosen.form):
                return rows.none()
            raise UnreadableConditions(chosen.form.errors)
        return chosen.qs  # type: ignore[no-any-return]

    def condition_fields(self) -> Iterator[tuple[str, str, Any]]:
        """Yield each condition with its word and its form field."""
        for name, each in self.filter.base_fields.items() if self.filter else ():
            yield name, str(each.label or name), each
        for name, each in self._filter_set.base_filters.items():
            yield name, str(each.label), each.field

    def said(self, data: Any, user: Any) -> Iterator[str]:
        """Yield in words the conditions that are set, and those that a list has from the start."""
        if self.filter:
            form = self.asked(data, user)
            kept = form.cleaned_data if form.is_valid() else {}
            for name, each in form.fields.items():
                value = data.get(name, "").strip()
                if each.widget.is_hidden and not each.label:
                    continue  # said below, with the row that it names
                if value or from_the_start(each):
                    yield f"{each.label or name}：{_said(each, value, kept.get(name))}"
        form = self._filter_set(data, queryset=self.model._default_manager.none()).form
        kept = form.cleaned_data if form.is_valid() else {}
        for name, each in self._filter_set.base_filters.items():
            if value := data.get(name, "").strip():
                yield f"{each.label}：{_said(each.field, value, kept.get(name))}"

    def asked(self, data: Any, user: Any) -> Any:
        """Return the form of the page's list for an address and a user."""
        make: Any = self.make_filter or (lambda data, _: self.filter(data))
        return make(data, user)

    @cached_property
    def _filter_set(self) -> Any:
        filters = {}
        for name, path in self.conditions.items():
            found = get_model_field(self.model, path)
            made = _filter_for(found, path)
            owner, _, last = path.rpartition("__")
            named = get_model_field(self.model, owner) if last in _NAMING else found
            made.label = str(named.verbose_name)
            filters[name] = made
        return type("Conditions", (df.FilterSet,), filters)


def _said(field: Any, value: str, kept: Any) -> str:
    """Return the word of a chosen value: the row that it names, or what the field calls it."""
    return str(kept) if isinstance(kept, models.Model) else _words_of(field).get(value, value)


def _words_of(field: Any) -> dict[str, str]:
    """Return the word of each value that a field offers, none where rows decide."""
    choices = () if hasattr(field, "queryset") else getattr(field, "choices", ())
    return {str(key): str(word) for key, word in choices}


def from_the_start(field: Any) -> str:
    """Return what a condition keeps when nothing is chosen, in a word; "" where that is all."""
    if _asks_rows(getattr(field, "_choices", None)):
        return ""
    word = _words_of(field).get("", "")
    return "" if word in _WHOLE or word.startswith(_WHOLE_OF) else word


def static_choices(field: Any) -> list[str]:
    """Return the values that a field offers whatever rows there are, none where rows decide."""
    if hasattr(field, "queryset") or _asks_rows(getattr(field, "_choices", None)):
        return []
    flat: list[str] = []
    for key, word in getattr(field, "choices", ()):
        flat += [str(k) for k, _ in word] if isinstance(word, list | tuple) else [str(key)]
    return [key for key in dict.fromkeys(flat) if key]


def _asks_rows(choices: Any) -> bool:
    """Tell whether choices are computed when they are looked at."""
    while choices is not None:
        if callable(choices) or isinstance(choices, CallableChoiceIterator):
            return True
        choices = getattr(choices, "choices", None)
    return False


def closed_of(form: Any) -> Iterator[tuple[str, Any]]:
    """Yield the conditions of a list that the form of this person lacks, each with its field."""
    for name, each in form.base_fields.items():
        if name not in form.fields:
            yield name, each


def names_what_is_not(form: Any) -> bool:
    """Tell whether the only fault is a row that does not exist: then nothing is found."""
    base = getattr(form, "base_fields", {})
    return all(
        error.code in _NO_SUCH_ROW
        and hasattr(base.get(name), "choices")
        and not static_choices(base[name])
        for name, errors in form.errors.as_data().items()
        for error in errors
    )


def _filter_for(found: Any, path: str) -> Any:
    """Return the condition on a field; a yes or no is one of two words and nothing else."""
    if isinstance(found, models.BooleanField):
        return df.TypedChoiceFilter(
            field_name=path, choices=_YES_OR_NO, coerce=lambda word: word == "true"
        )
    if isinstance(found, models.IntegerField) and not found.choices:
        return WholeNumberFilter(field_name=path)
    return df.FilterSet.filter_for_field(found, path, "exact")


def _field(model: type[models.Model], path: str) -> Any:
    """Return the field that a path of dots ends at, None for what is no field."""
    found: Any = None
    owner: Any = model
    for step in path.split("."):
        if owner is None:
            return None
        try:
            found = owner._meta.get_field(step)
        except FieldDoesNotExist:
            return None
        owner = getattr(found, "related_model", None)
    return found


def _kind(found: Any) -> str:
    kinds = [kind for sort, kind in _KINDS if isinstance(found, sort)]
    return kinds[0] if kinds else spreadsheet.TEXT
