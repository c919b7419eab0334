"""Read again, by a meaning just decided, the rows that waited for it."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts.models import User
from common import clock
from registry.choices import JobState
from registry.flags.evaluate import evaluate_flags
from registry.ingestion import holds
from registry.ingestion.cells import BadCell, Noted, Setting
from registry.ingestion.checks import Surroundings
from registry.ingestion.output import record_of
from registry.ingestion.publish import publish_verdict
from registry.ingestion.reasons import Level, finding
from registry.ingestion.reconcile import outcome_counts, reconcile_rows
from registry.ingestion.sources import table_of
from registry.ingestion.statement_publish import publish_statements
from registry.models import (
    FeedDelivery,
    FeedRow,
    IngestJob,
    RegistrationRow,
    StatementRow,
    WordMeaning,
)
from registry.operations.meanings import known_words, remember_meaning
from registry.strange_words import CODES, strange_cells, waiting_rows
from registry.vocabularies import Vocabulary


@dataclass(frozen=True)
class Decided:
    """A meaning, and how many rows it let go on."""

    meaning: WordMeaning
    rows: int


def decide_meaning(key: str, written: str, code: str, *, reason: str, by: User) -> Decided:
    """Remember a meaning and read the rows again that wait for it, in all files at once.

    Rows of files already published go into the register at once. One transaction.
    """
    with transaction.atomic():
        holds.lock_register()
        meaning = remember_meaning(key, written, code, reason=reason, by=by)
        setting = Setting(clock.today().isoformat(), words=known_words())
        settled: dict[FeedDelivery, list[FeedRow]] = defaultdict(list)
        read: list[RegistrationRow | StatementRow] = []
        for row, vocabulary, text in list(strange_cells(waiting_rows())):
            if vocabulary.key == key and (told := _read_again(row, vocabulary, text, setting)):
                settled[row.delivery].append(row)
                read.append(told)
        rows = [row for each in settled.values() for row in each]
        FeedRow.objects.bulk_update(rows, ["issues", "finding"], batch_size=500)
        stated = [each for each in read if isinstance(each, StatementRow)]
        StatementRow.objects.bulk_update(stated, ["said", "record"], batch_size=500)
        societies = [each for each in read if isinstance(each, RegistrationRow)]
        RegistrationRow.objects.bulk_update(societies, ["status"], batch_size=500)
        for delivery, of_delivery in settled.items():
            _judge(delivery, [row.pk for row in of_delivery])
        if settled:
            evaluate_flags(clock.today(), cause=f"说明词语“{meaning.written}”")
    return Decided(meaning, len(rows))


def _read_again(
    row: FeedRow, vocabulary: Vocabulary, text: str, setting: Setting
) -> RegistrationRow | StatementRow | None:
    """Put the meaning into a row; None while another word of the same cell has none."""
    table = table_of(vocabulary.source)
    try:
        value = table.by_field[vocabulary.field].read(text, setting)
    except BadCell:
        return None
    told = value.value if isinstance(value, Noted) else value
    read = row.read
    if not told or read is None:
        return None
    row.issues = [
        each
        for each in row.issues
        if not (each["code"] in CODES and each["field"] == vocabulary.field)
    ]
    if isinstance(read, RegistrationRow):
        read.status = told
    else:
        _state(row, read, vocabulary.field, told, setting)
    levels = {each["level"] for each in row.issues}
    row.finding = "doubtful" if Level.CHECK.value in levels else ""
    return read


def _state(row: FeedRow, read: StatementRow, field: str, told: str, setting: Setting) -> None:
    table = table_of(read.source)
    read.said[field] = told

    def value(name: str) -> str:
        return str(getattr(read, name) if hasattr(read, name) else read.said.get(name) or "")

    if table.derive is not None:
        read.said |= table.derive(value, row.delivery.quarter)
    read.record = record_of(table, read.said)
    around = Surroundings(setting.today, settings.JURISDICTION, row.delivery.quarter)
    told_already = {each["code"] for each in row.issues}
    for check in table.checks:
        for found in check(value, around):
            if found.code not in told_already:
                issue = finding(found.code, **found.details)
                row.issues.append(
                    {
                        "code": issue.code,
                        "level": issue.level.value,
                        "field": found.field,
                        "column": "",
                        "value": value(found.field),
                        "message": issue.message,
                        "remedy": issue.remedy,
                    }
                )


def _judge(delivery: FeedDelivery, rows: list[int]) -> None:
    """Judge the rows; put them into the register where the file itself is there already."""
    job = IngestJob.objects.get(delivery=delivery)
    reconcile_rows(delivery, rows)
    overtaken = holds.newest_committed_quarter(delivery) > delivery.quarter
    if job.state == JobState.COMMITTED:
        now = clock.now()
        if not overtaken:
            publish_verdict(delivery, now)
        publish_statements(now)
    counts = {**job.counts, **outcome_counts(delivery)}
    IngestJob.objects.filter(pk=job.pk).update(counts=counts, version=F("version") + 1)
