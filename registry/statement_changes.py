"""What the rows of other sources change: what was held of a record before, and what they say."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from registry.differences import Difference, changed_fields
from registry.ingestion.said import MODELS
from registry.models import FeedRow, Statement, StatementRow
from registry.statement_wording import between, record_of


def statement_changes(rows: Sequence[FeedRow]) -> dict[int, list[Difference]]:
    """Return what each row changes, by row id; one query for each source among the rows.

    A published row is held against the wording that it replaced, any other against the present one.
    The rows come with `statement`.
    """
    changing: dict[str, list[tuple[FeedRow, StatementRow]]] = defaultdict(list)
    for row in rows:
        read = getattr(row, "statement", None)
        if read is not None and read.changed_fields and row.cooperative_id:
            changing[read.source].append((row, read))
    found = {}
    for source, pairs in changing.items():
        held = _held(source, [row.cooperative_id or 0 for row, _ in pairs])
        for row, read in pairs:
            before = _before(row, held[row.cooperative_id or 0, read.record])
            if before is not None:
                found[row.pk] = between(source, before, read, changed_fields(read))
    return found


def _held(source: str, societies: list[int]) -> dict[tuple[int, str], list[Statement]]:
    manager: Any = MODELS[source]._default_manager
    found: dict[tuple[int, str], list[Statement]] = defaultdict(list)
    for each in manager.filter(cooperative__in=societies).order_by("-known_from", "-pk"):
        found[each.cooperative_id, record_of(each)].append(each)
    return found


def _before(row: FeedRow, wordings: list[Statement]) -> Statement | None:
    mine = next((each for each in wordings if each.row_id == row.pk), None)
    if mine is None:
        return next((each for each in wordings if each.known_to is None), None)
    return next((each for each in wordings if each.known_to == mine.known_from), None)
