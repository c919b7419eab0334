"""What a row of another source states, as SQL reads it from the JSON of its values.

Expressions speak of `s`, a row of the statement rows, and `t`, a row of the statement's own table.
"""

from django.db import models

from registry.ingestion import sql
from registry.models import (
    AbnormalListing,
    DeregistrationNotice,
    RegistrationChange,
    ReportPublication,
    SpotCheck,
    Statement,
    TaxStanding,
)

MODELS: dict[str, type[Statement]] = {
    "registration-changes": RegistrationChange,
    "deregistration": DeregistrationNotice,
    "abnormal": AbnormalListing,
    "spot-check": SpotCheck,
    "report-publication": ReportPublication,
    "tax": TaxStanding,
}
_CASTS: tuple[tuple[type, str], ...] = (
    (models.DateField, "date"),
    (models.BooleanField, "boolean"),
    (models.DecimalField, "numeric"),
    (models.IntegerField, "integer"),
)


def states(field: str) -> str:
    """The condition that a row says something about a field, be it that it is blank."""
    if sql.on_postgresql():
        return f"jsonb_exists(s.said, '{field}')"
    return f"json_type(s.said, '$.{field}') IS NOT NULL"


def value(model: type[Statement], field: str) -> str:
    """The value that a row states, as the column of the table holds it."""
    column = model._meta.get_field(field)
    told = f"s.said ->> '{field}'" if sql.on_postgresql() else f"json_extract(s.said, '$.{field}')"
    if isinstance(column, (models.CharField, models.TextField)):
        return f"COALESCE({told}, '')"
    if sql.on_postgresql():
        kind = next(word for kind, word in _CASTS if isinstance(column, kind))
        return f"({told})::{kind}"
    return told


def same_record(model: type[Statement]) -> str:
    """The condition that `t` words the record that the row speaks of."""
    return " AND ".join(f"t.{name} = {value(model, name)}" for name in model.record_key)


def changed(model: type[Statement]) -> str:
    """The names of the fields that the row says otherwise than `t`, each with a comma."""
    return " || ".join(
        f"CASE WHEN {states(name)} AND {sql.differs(f't.{name}', value(model, name))}"
        f" THEN '{name},' ELSE '' END"
        for name in model.said()
        if name not in model.record_key
    )


def merged(model: type[Statement], field: str) -> str:
    """The value to be written: what the row states, else what was held, else blank."""
    column = model._meta.get_field(field)
    text = isinstance(column, (models.CharField, models.TextField))
    held = f"COALESCE(t.{field}, '')" if text else f"t.{field}"
    return f"CASE WHEN {states(field)} THEN {value(model, field)} ELSE {held} END"
