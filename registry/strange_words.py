"""Words of files that wait for a meaning: which, how often, and where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from registry.choices import JobState, RowDecision, RowOutcome
from registry.ingestion.cells import Setting
from registry.ingestion.words import plain_word, strange_words
from registry.layouts import SheetMap, table_of_sheet
from registry.masking import masked
from registry.models import FeedDelivery, FeedRow
from registry.operations.meanings import known_words
from registry.vocabularies import VOCABULARIES, Vocabulary

CODES = ("UNKNOWN_WORD", "UNKNOWN_STATUS")
_DECIDABLE = (JobState.STAGED, JobState.HELD, JobState.COMMITTED)
_EXAMPLES = 3


@dataclass
class StrangeWord:
    """One word without a meaning. `rows` holds a few of the `number` rows that wait for it."""

    vocabulary: Vocabulary
    written: str
    number: int = 0
    rows: list[FeedRow] = field(default_factory=list)

    @property
    def shown(self) -> str:
        return masked(self.written)


def waiting_rows() -> QuerySet[FeedRow]:
    """Return the rows that nobody has decided on and that hold a word without a meaning."""
    doubtful = FeedRow.objects.filter(
        outcome=RowOutcome.DOUBTFUL,
        decision=RowDecision.NONE,
        delivery__job__state__in=_DECIDABLE,
    ).exclude(issues=[])
    told = doubtful.annotate(told=Cast("issues", TextField()))
    return told.filter(told__contains='"UNKNOWN_').order_by("pk")


def strange_cells(rows: QuerySet[FeedRow]) -> Iterator[tuple[FeedRow, Vocabulary, str]]:
    """Yield (row, list, text of the cell) for every cell whose word has no meaning."""
    maps: dict[int, SheetMap] = {}
    sources: dict[int, dict[str, str]] = {}
    for row in rows.select_related("delivery"):
        if row.delivery_id not in maps:
            maps[row.delivery_id] = SheetMap(row.delivery)
            sources[row.delivery_id] = _sources(row.delivery)
        source = sources[row.delivery_id].get(row.sheet, "")
        for issue in row.issues:
            vocabulary = VOCABULARIES.get(f"{source}.{issue['field']}")
            if issue["code"] in CODES and vocabulary is not None:
                yield row, vocabulary, maps[row.delivery_id].text(row, issue["field"])


def strange_words_now() -> list[StrangeWord]:
    """Return the words that wait for a meaning, most frequent first."""
    setting = Setting("", words=known_words())
    found: dict[tuple[str, str], StrangeWord] = {}
    for row, vocabulary, written in strange_cells(waiting_rows()):
        for word in strange_words(vocabulary.key, written, setting, several=vocabulary.several):
            key = (vocabulary.key, plain_word(word))
            each = found.setdefault(key, StrangeWord(vocabulary, word))
            each.number += 1
            if len(each.rows) < _EXAMPLES:
                each.rows.append(row)
    return sorted(found.values(), key=lambda each: (-each.number, each.vocabulary.key))


def _sources(delivery: FeedDelivery) -> dict[str, str]:
    return {
        sheet["name"]: table_of_sheet(sheet).source
        for sheet in delivery.report.get("sheets", [])
        if sheet["used"]
    }
