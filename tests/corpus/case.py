"""One line of the manifest: a file and what must become of it."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.corpus import workbooks
from tests.corpus.societies import HEADER, line

ACCEPTED = ""
DOUBTFUL = "doubtful"
REJECTED = "rejected"


@dataclass(frozen=True)
class Row:
    """What becomes of one data row: its outcome, and the codes said about it."""

    outcome: str = ACCEPTED
    codes: frozenset[str] = frozenset()
    values: Mapping[str, str] = field(default_factory=dict)


def good(*hints: str, **values: str) -> Row:
    """A row that proceeds."""
    return Row(ACCEPTED, frozenset(hints), values)


def doubtful(*codes: str, **values: str) -> Row:
    """A row that somebody must decide."""
    return Row(DOUBTFUL, frozenset(codes), values)


def rejected(*codes: str) -> Row:
    """A row that goes back."""
    return Row(REJECTED, frozenset(codes))


@dataclass(frozen=True)
class Case:
    """A file with its declared outcome.

    `number` is the case's line in the catalogue of hostile inputs. `rows` are all data rows in
    order, or None where only the file's fate matters. `silent` are words that no note may hold.
    `dangerous` files are opened in a child only.
    """

    number: int
    title: str
    build: Callable[[], bytes]
    filename: str = "登记信息.xlsx"
    outcome: str = "parsed"
    reason: str = ""
    rows: Sequence[Row] | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    notes: str = ""
    silent: Sequence[str] = ()
    says: str = ""
    dangerous: bool = False
    spec: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return a name for test output."""
        return f"B{self.number:03d}-{self.title}"


def refused(number: int, title: str, reason: str, build: Callable[[], bytes], **more: Any) -> Case:
    """A file of which nothing is taken."""
    return Case(number, title, build, outcome="refused", reason=reason, **more)


def write_csv(
    table: Sequence[Sequence[Any]],
    *,
    encoding: str = "utf-8",
    separator: str = ",",
    end: str = "\n",
) -> bytes:
    """Write a table as text."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(table)
    return text.getvalue().encode(encoding)


def cells(
    number: int, title: str, name: str, expected: Sequence[tuple[Any, Row]], **more: Any
) -> Case:
    """A csv file that tries several texts in one column, one a row."""
    table = [HEADER, *(line(at, **{name: text}) for at, (text, _) in enumerate(expected, 1))]
    return Case(
        number,
        title,
        lambda: write_csv(table),
        filename="登记信息.csv",
        rows=[row for _, row in expected],
        **more,
    )


def typed_cells(
    number: int, title: str, name: str, expected: Sequence[tuple[Any, Row]], **more: Any
) -> Case:
    """The same as a workbook, for values that have a type there."""
    table = [HEADER, *(line(at, **{name: value}) for at, (value, _) in enumerate(expected, 1))]
    members = {key: more.pop(key) for key in ("settings", "strings", "styles") if key in more}
    return Case(
        number,
        title,
        lambda: workbooks.book(table, **members).write(),
        rows=[row for _, row in expected],
        **more,
    )
