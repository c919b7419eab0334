"""What a row changes, fact by fact: the value before and the value after, in words."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.template_tags import day, yuan
from registry.choices import CooperativeKind, RegistrationStatus
from registry.masking import masked_cell
from registry.models import Cooperative, CooperativeVersion, FeedRow, RegistrationRow, StatementRow

EMPTY = "（空）"
_CHOICES: dict[str, type[RegistrationStatus] | type[CooperativeKind]] = {
    "status": RegistrationStatus,
    "kind": CooperativeKind,
}
Facts = RegistrationRow | Cooperative | CooperativeVersion


@dataclass(frozen=True)
class Difference:
    """One fact whose value differs."""

    field: str
    label: str
    before: str
    after: str


def label_of(field: str) -> str:
    """Return what people call a fact."""
    return str(RegistrationRow._meta.get_field(field).verbose_name)  # type: ignore[union-attr]


def in_words(field: str, value: object) -> str:
    """Write the value of a fact; telephone numbers are covered."""
    if value is None or value == "":
        return EMPTY
    if field in _CHOICES:
        return str(_CHOICES[field](str(value)).label)
    if field == "contact_phone":
        return masked_cell(str(value), field)
    if isinstance(value, Decimal):
        return yuan(value)
    if isinstance(value, dt.date):
        return day(value)
    return str(value)


def between(before: Facts, after: Facts, fields: Iterable[str]) -> list[Difference]:
    """Write the given facts of two states side by side."""
    return [
        Difference(
            field,
            label_of(field),
            in_words(field, getattr(before, field)),
            in_words(field, getattr(after, field)),
        )
        for field in fields
    ]


def changed_fields(read: RegistrationRow | StatementRow) -> list[str]:
    """Return the facts that a read row changes."""
    return [field for field in read.changed_fields.split(",") if field]


def changes_of(rows: Sequence[FeedRow]) -> dict[int, list[Difference]]:
    """Return what each row changes, by row id; two or three queries for any number of rows.

    A published row is held against the version that it replaced, any other against the register.
    The rows come with `registration` and `cooperative`.
    """
    read = {row.pk: row.registration for row in rows if hasattr(row, "registration")}
    replaced = _replaced(list(read))
    found = {}
    for row in rows:
        after = read.get(row.pk)
        before = replaced.get(row.pk) or row.cooperative
        if after is not None and before is not None and after.changed_fields:
            found[row.pk] = between(before, after, changed_fields(after))
    return found


def _replaced(row_ids: Sequence[int]) -> dict[int, CooperativeVersion]:
    """Return the version that each published row has put an end to."""
    written = list(
        CooperativeVersion.objects.filter(row__in=row_ids, true_to__isnull=True)
        .exclude(changed_fields="")
        .order_by("known_from")
        .values_list("row_id", "cooperative_id", "known_from")
    )
    former = {
        (version.cooperative_id, version.known_to): version
        for version in CooperativeVersion.objects.filter(
            cooperative__in={society for _, society, _ in written},
            known_to__in={moment for _, _, moment in written},
            true_to__isnull=True,
        )
    }
    first: dict[int, CooperativeVersion] = {}
    for row_id, society, moment in written:
        if (society, moment) in former:
            first.setdefault(row_id, former[society, moment])
    return first
