"""What can be exported: one exporter a kind of list; the apps register theirs when they are ready."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.nouns import MOMENT, TEXTS, YES, Noun, Part
from accounts.policy import Action
from common import spreadsheet
from common.figures import whole_number
from common.template_tags import moment

ONLY = "only"  # the condition that names one row
NO_CONDITION = "无（全部）"
ONE_ROW = "只含一条记录"
_WIDE = frozenset({spreadsheet.TEXT, TEXTS})


@dataclass(frozen=True)
class Prepared:
    """The rows of an export as they were asked for, and how each is written."""

    rows: QuerySet[Any, Any]
    columns: Sequence[spreadsheet.Column]
    cells: Callable[[Any], Sequence[Any]]
    conditions: str
    order: str = ""  # in words, when it is not the usual one


class Exporter(Protocol):
    """A list that can be exported. `unmask` is the right to whole personal numbers, if it has any."""

    kind: str
    title: str
    action: Action
    unmask: Action | None

    def prepare(self, query: QueryDict, user: Any, *, personal: bool) -> Prepared:
        """Return what is exported. Raises UnreadableConditions."""
        ...


class NounExporter:
    """The list of a noun, under the conditions of its page, in its order and chosen columns."""

    def __init__(self, noun: Noun) -> None:
        self.noun = noun
        self.kind, self.title = noun.name, noun.title
        self.action = noun.export or noun.action
        self.unmask = noun.unmask

    def prepare(self, query: QueryDict, user: Any, *, personal: bool) -> Prepared:
        """Return the rows in reach, narrowed and sorted, and the columns that one may see."""
        noun = self.noun
        parts = [part for part in noun.chosen_by(user, query) if part.key not in {"id", "key"}]
        reach, one = noun.reach(user, self.action), query.get(ONLY, "")
        rows = _alone(noun, reach, one) if one else noun.narrowed(reach, query, user)
        said = [ONE_ROW] if one else noun.said(query, user)
        return Prepared(
            noun.sorted(rows, query),
            [_column(part) for part in parts],
            lambda row: [_cell(part, row, personal=personal) for part in parts],
            "；".join(said) or NO_CONDITION,
            noun.listed.order_in_words(query) if noun.listed else "",
        )


def _column(part: Part) -> spreadsheet.Column:
    kinds = {spreadsheet.MONEY, spreadsheet.DAY, spreadsheet.NUMBER, spreadsheet.CODE}
    kind = part.kind if part.kind in kinds and not part.words else spreadsheet.TEXT
    return spreadsheet.Column(part.label, kind, 30 if part.kind in _WIDE else 16)


def _cell(part: Part, row: Any, *, personal: bool) -> Any:
    if part.words:
        return part.word_of(row)
    value = part.bare(row) if personal and part.bare else part.of(row)
    if value is None:
        return None
    if part.kind == TEXTS:
        return "、".join(str(each) for each in value)
    if part.kind == YES:
        return "是" if value else "否"
    if part.kind == MOMENT:
        return moment(value)
    return str(value) if part.kind in {spreadsheet.TEXT, spreadsheet.CODE} else value


def _alone(noun: Noun, rows: QuerySet[Any, Any], one: str) -> QuerySet[Any, Any]:
    """Return the row that a page names, whatever its list leaves out; none for no such name."""
    key = _uuid(one) if noun.converter == "uuid" else whole_number(one)
    return rows.none() if key is None else rows.filter(**{noun.lookup: key})


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


_exporters: dict[str, Exporter] = {}


def register_exporter(exporter: Exporter) -> None:
    """Let a list be exported."""
    _exporters[exporter.kind] = exporter


def every_exporter() -> list[Exporter]:
    """Return all that can be exported."""
    return list(_exporters.values())


def exporter_of(kind: str) -> Exporter | None:
    """Return the exporter of a kind of list, None for one that is not registered."""
    return _exporters.get(kind)
