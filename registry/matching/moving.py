"""What moves when one society is merged into another, and comes back when that is undone.

Two statements for each table that points at societies, however many rows there are.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, UniqueConstraint
from django.db.models.functions import Cast

from accounts.models import Attachment
from registry.flags.insertion import insert_from
from registry.models import Cooperative, CooperativeMerge, MovedRow

# What a society's own past is made of, or what is computed anew, stays where it is.
STAYING = frozenset(
    {
        "registry.contradiction",
        "registry.contradictioncandidate",
        "registry.cooperative",
        "registry.cooperativeversion",
        "registry.cooperativemerge",
        "registry.feedrow",
        "registry.formername",
        "registry.gonenotice",
        "registry.flag",
        "registry.flagcandidate",
        "registry.matchpair",
        "registry.namekey",
        "registry.namestem",
    }
)
_ATTACHED = "owner_key"


@dataclass(frozen=True)
class Moving:
    """One column of one table that points at societies."""

    model: type[models.Model]
    column: str

    @property
    def label(self) -> str:
        return self.model._meta.label_lower


def move_rows(merge: CooperativeMerge) -> int:
    """Hang everything that is no past of its own over to the kept society; return how many rows."""
    return sum(_move(each, merge) for each in movable()) + _move_attachments(merge)


def return_rows(merge: CooperativeMerge) -> int:
    """Give back what a merge has moved; return how many rows."""
    returned = sum(_hang(each, merge, merge.absorbed_id) for each in movable())
    return returned + _hang_attachments(merge, merge.absorbed_id)


def movable() -> list[Moving]:
    """Return every column that points at a society and moves when one is merged."""
    return sorted(
        (
            Moving(relation.related_model, relation.field.name)
            for relation in Cooperative._meta.related_objects
            if relation.related_model._meta.label_lower not in STAYING
            and not relation.field.primary_key
        ),
        key=lambda moving: (moving.label, moving.column),
    )


def _move(moving: Moving, merge: CooperativeMerge) -> int:
    """Hang the rows of one table over to the kept society, and note which they were.

    A row that would stand beside an equal one there stays where it is.
    """
    rows = moving.model._base_manager.filter(**{moving.column: merge.absorbed_id})
    for clash in _clashes(moving, merge):
        rows = rows.exclude(clash)
    noted = rows.order_by("pk").values_list(_text("pk"))
    insert_from(MovedRow, ("row",), noted, merge=merge.pk, kind=moving.label, column=moving.column)
    return _hang(moving, merge, merge.kept_id)


def _hang(moving: Moving, merge: CooperativeMerge, society: int) -> int:
    noted = MovedRow.objects.filter(merge=merge.pk, kind=moving.label, column=moving.column)
    rows = moving.model._base_manager.annotate(noted_key=_text("pk")).filter(
        noted_key__in=noted.values("row")
    )
    return int(rows.update(**{f"{moving.column}_id": society}))


def _clashes(moving: Moving, merge: CooperativeMerge) -> list[Any]:
    """Return, for each rule that rows of a table be unique by society, who would break it."""
    found: list[Any] = []
    kept = moving.model._base_manager.filter(**{moving.column: merge.kept_id})
    for fields, condition in _unique_with(moving):
        same = kept.filter(condition) if condition else kept
        same = same.filter(**{name: OuterRef(name) for name in fields})
        found.append(Exists(same) & condition if condition else Q(Exists(same)))
    return found


def _unique_with(moving: Moving) -> list[tuple[list[str], Q | None]]:
    meta = moving.model._meta
    rules: list[tuple[list[str], Q | None]] = [
        ([name for name in rule.fields if name != moving.column], rule.condition)
        for rule in meta.constraints
        if isinstance(rule, UniqueConstraint) and moving.column in rule.fields
    ]
    rules += [
        ([name for name in names if name != moving.column], None)
        for names in meta.unique_together
        if moving.column in names
    ]
    if getattr(meta.get_field(moving.column), "unique", False):
        rules.append(([], None))
    return rules


def _move_attachments(merge: CooperativeMerge) -> int:
    """Files of a society name their owner in words and not by a link."""
    kind = Cooperative._meta.label_lower
    files = Attachment.objects.filter(owner_kind=kind, owner_key=str(merge.absorbed_id))
    kept = Attachment.objects.filter(
        owner_kind=kind, owner_key=str(merge.kept_id), client_id=OuterRef("client_id")
    )
    noted = files.exclude(Q(Exists(kept))).values_list(_text("pk"))
    insert_from(
        MovedRow,
        ("row",),
        noted,
        merge=merge.pk,
        kind=Attachment._meta.label_lower,
        column=_ATTACHED,
    )
    return _hang_attachments(merge, merge.kept_id)


def _hang_attachments(merge: CooperativeMerge, society: int) -> int:
    noted = MovedRow.objects.filter(merge=merge, column=_ATTACHED).values("row")
    files = Attachment.objects.annotate(noted_key=_text("pk")).filter(noted_key__in=noted)
    return int(files.update(owner_key=str(society)))


def _text(column: str) -> Cast:
    return Cast(column, models.CharField(max_length=40))
