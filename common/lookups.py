"""Searching in text fast on both databases: parts that a text holds, and how it ends.

On PostgreSQL a text is indexed by its pieces, all runs of two (Chinese) or three (letters)
characters; a term is first looked up by its own pieces and then compared as a whole. Two
characters are too short for trigrams, and two characters are what people type of a Chinese name.
A model with a column `pieces_wait` says of its rows that the index does not have them yet; those
are compared one by one, so that an answer is whole at any moment.
SQLite compares row by row, which is fast enough for a district.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models.lookups import Lookup

Clause = tuple[str, tuple[Any, ...]]
WAITING = "pieces_wait"


def pieces(parts: Sequence[str], width: int) -> list[str]:
    """Return every run of `width` characters of the parts, each once."""
    runs = (part[at : at + width] for part in parts for at in range(len(part) - width + 1))
    return list(dict.fromkeys(runs))


def like_text(text: str) -> str:
    """Return a text as LIKE takes it literally, with a backslash as the escape."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


class Holds(Lookup):
    """`name__holds=("回龙", "合作社")`: the parts occur in this order."""

    lookup_name = "holds"
    prepare_rhs = False
    width = 2

    def _pattern(self) -> str:
        return "%" + "%".join(like_text(part) for part in self.rhs) + "%"

    def as_sql(self, compiler: Any, connection: Any) -> Clause:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s ESCAPE '\\'", (*params, self._pattern())

    def as_postgresql(self, compiler: Any, connection: Any) -> Clause:
        whole, params = self._compared(compiler, connection)
        sought = pieces(self.rhs, self.width)
        if not sought:
            return whole, params
        column, again = self.process_lhs(compiler, connection)
        fits = f"text_pieces({column}, {self.width}) @> %s::text[]"
        if waiting := self._waiting(compiler):
            fits = f"(NOT {waiting} AND {fits} OR {waiting})"
        # The comparison comes first: where no index is used it spares the making of pieces.
        return f"({whole} AND {fits})", (*params, *again, sought)

    def _waiting(self, compiler: Any) -> str:
        """Return the column that tells which rows the index does not have yet, "" without one."""
        target = getattr(self.lhs, "target", None)
        if target is None or not any(f.name == WAITING for f in target.model._meta.concrete_fields):
            return ""
        quote = compiler.quote_name_unless_alias
        return f"{quote(self.lhs.alias)}.{quote(WAITING)}"

    def _compared(self, compiler: Any, connection: Any) -> Clause:
        """Compare the text as a whole, in a way of which the planner guesses that all fit.

        The pieces narrow, and their statistics are good; the guess for a LIKE would come on top of
        them, and a common word would then be looked up piece by piece as if it were a rare one.
        """
        if len(self.rhs) != 1:
            return self.as_sql(compiler, connection)
        column, params = self.process_lhs(compiler, connection)
        return f"strpos({column}, %s) <> 0", (*params, self.rhs[0])


class HoldsLetters(Holds):
    """The same for texts of letters, which need longer pieces to be told apart."""

    lookup_name = "holds_letters"
    width = 3


class Ends(Lookup):
    """`uscc__ends="0KH4J"`: served by an index over the text read backwards."""

    lookup_name = "ends"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Clause:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s ESCAPE '\\'", (*params, "%" + like_text(self.rhs))

    def as_postgresql(self, compiler: Any, connection: Any) -> Clause:
        column, params = self.process_lhs(compiler, connection)
        return f"reverse({column}) LIKE %s", (*params, like_text(self.rhs[::-1]) + "%")


def register() -> None:
    """Give the lookups to all fields of text."""
    for lookup in (Holds, HoldsLetters, Ends):
        for field in (models.CharField, models.TextField):
            field.register_lookup(lookup)
