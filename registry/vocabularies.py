"""The closed lists of words that files use: what each is called, and what a word of it can mean."""

from dataclasses import dataclass

from django.db import models

from registry.choices import RegistrationStatus
from registry.ingestion.sources import TABLES
from registry.statement_choices import (
    AbnormalReason,
    ChangeItem,
    ExitKind,
    ExitProcedure,
    FilingWay,
    PublicationState,
    RemovalReason,
    SpotCheckKind,
    SpotCheckResult,
    TaxpayerKind,
    TaxpayerState,
    YesNo,
)


@dataclass(frozen=True)
class Vocabulary:
    """One list. `key` is "source.field"; `several` says that a cell may hold more than one word."""

    key: str
    meanings: type[models.TextChoices]
    several: bool = False

    @property
    def source(self) -> str:
        return self.key.partition(".")[0]

    @property
    def field(self) -> str:
        return self.key.partition(".")[2]

    @property
    def label(self) -> str:
        """Return what people call the list: the table and its column."""
        table = TABLES[self.source]
        return f"{table.label} · {table.by_field[self.field].label}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return what a word can mean."""
        return [(each.value, str(each.label)) for each in self.meanings if each.value]

    def word_for(self, code: str) -> str:
        """Return the Chinese word of a code."""
        return str(self.meanings(code).label)


VOCABULARIES: dict[str, Vocabulary] = {
    each.key: each
    for each in (
        Vocabulary("registration.status", RegistrationStatus),
        Vocabulary("registration-changes.item", ChangeItem),
        Vocabulary("deregistration.kind", ExitKind),
        Vocabulary("deregistration.procedure", ExitProcedure),
        Vocabulary("abnormal.reason", AbnormalReason),
        Vocabulary("abnormal.removal_reason", RemovalReason),
        Vocabulary("spot-check.kind", SpotCheckKind),
        Vocabulary("spot-check.results", SpotCheckResult, several=True),
        Vocabulary("report-publication.state", PublicationState),
        Vocabulary("report-publication.filing_way", FilingWay),
        Vocabulary("tax.registered", YesNo),
        Vocabulary("tax.state", TaxpayerState),
        Vocabulary("tax.taxpayer_kind", TaxpayerKind),
        Vocabulary("tax.zero_declared", YesNo),
    )
}
