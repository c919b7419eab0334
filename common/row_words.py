"""What the trail says of a row: its columns in words, before and after."""

import copy
import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from common.template_tags import day


def words_of(row: Any, columns: Iterable[str]) -> dict[str, str]:
    """Return the filled columns of a row, each with its word."""
    return {_label(row, name): word for name in columns if (word := _word(row, name))}


def changes_of(before: Any, after: Any, columns: Iterable[str]) -> dict[str, list[str]]:
    """Return the columns in which two states of a row differ, each with both words."""
    return {
        _label(after, name): [_word(before, name), _word(after, name)]
        for name in columns
        if getattr(before, name) != getattr(after, name)
    }


def changes_by(row: Any, facts: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what facts would change of a row, which stays as it is."""
    wanted = copy.copy(row)
    for name, value in facts.items():
        setattr(wanted, name, value)
    return changes_of(row, wanted, facts)


def _label(row: Any, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)


def _word(row: Any, name: str) -> str:
    value = getattr(row, name)
    match value:
        case None | "":
            return ""
        case Decimal():
            return f"{value.normalize():f}"
        case dt.date():
            return day(value)
    shown = getattr(row, f"get_{name}_display", None)
    return str(shown() if shown else value)
