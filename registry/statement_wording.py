"""What other registers state, in words: the names of their fields and the values."""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import models

from common.template_tags import day, yuan
from registry.differences import EMPTY, Difference
from registry.ingestion.said import MODELS
from registry.masking import masked
from registry.models import Statement, StatementRow
from registry.vocabularies import VOCABULARIES

_YES_NO = {"1": "是", "0": "否"}
_SHOWN = 4  # fields of a row that a list shows


def label_of(source: str, field: str) -> str:
    """Return what people call a field of a source."""
    return str(_column(source, field).verbose_name)


def in_words(source: str, field: str, told: str | None) -> str:
    """Write a stated value; blank ones too."""
    if told is None or told == "":
        return EMPTY
    vocabulary = VOCABULARIES.get(f"{source}.{field}")
    column = _column(source, field)
    if vocabulary is not None:
        words = [vocabulary.word_for(code) for code in told.split(",") if code]
        return "、".join(words)
    if isinstance(column, models.BooleanField):
        return _YES_NO[told]
    if isinstance(column, models.DateField):
        return day(dt.date.fromisoformat(told))
    if isinstance(column, models.DecimalField):
        return yuan(Decimal(told))
    return _chosen(column, told) or masked(told)


def _column(source: str, field: str) -> Any:
    return MODELS[source]._meta.get_field(field)


def _chosen(column: Any, told: str) -> str:
    return str(dict(column.choices).get(told, "")) if column.choices else ""


def canonical(value: Any) -> str:
    """Return the text in which a row would state a stored value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)


def record_of(statement: Statement) -> str:
    """Return the text that tells a stored record apart, as rows have it."""
    return "|".join(canonical(getattr(statement, name)) for name in statement.record_key)


def summary(row: StatementRow) -> list[tuple[str, str]]:
    """Return the main fields of a row with their values, for a list."""
    told = [(name, row.said.get(name)) for name in MODELS[row.source].said() if row.said.get(name)]
    hidden = {"result"} if row.said.get("results") else set()
    return [
        (label_of(row.source, name), in_words(row.source, name, value))
        for name, value in told
        if name not in hidden
    ][:_SHOWN]


def between(
    source: str,
    before: Statement | Mapping[str, str | None],
    row: StatementRow,
    fields: Iterable[str],
) -> list[Difference]:
    """Write some fields of a held record, or of another row, and of a row side by side."""
    return [
        Difference(
            name,
            label_of(source, name),
            in_words(source, name, _told(before, name)),
            in_words(source, name, row.said.get(name)),
        )
        for name in fields
    ]


def _told(before: Statement | Mapping[str, str | None], name: str) -> str | None:
    if isinstance(before, Statement):
        return canonical(getattr(before, name))
    return before.get(name)
