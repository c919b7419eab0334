"""A district whose texts are as long, and whose numbers as large, as people will ever write them.

Every text in Chinese is repeated until it is as long as its column allows (within reason), every
amount is near a hundred thousand million yuan. What the portal itself looks rows up by stays.
"""

from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

ROOMS: Final = ("accounts", "registry", "demonstration", "training", "liaison", "pilot")
LONGEST: Final = 120
LONGEST_TEXT: Final = 600
LONGEST_NAME: Final = 60
LONGEST_PERSON: Final = 12
# What a person is called; nobody's name is as long as its column.
PERSONS: Final = frozenset(
    [
        "full_name",
        "person",
        "chair",
        "recorder",
        "signer",
        "legal_representative",
        "contact_person",
        "reporter_name",
        "actor_name",
        "responsible",
        "confirmed_by",
        "willing_by",
        "consented_by",
        "met",
    ]
)
# Words that rows are found, grouped or matched by.
KEPT: Final = frozenset(
    [
        "short_name",
        "region",
        "section",
        "batch",
        "unit",
        "sheet",
        "stage",
        "key",
        "name_key",
        "stem",
        "before",
        "after",
        "indicator",
        "number_label",
        "number",
        "document_number",
        "decision_no",
        "address",
    ]
)
BOOKS: Final = frozenset({"auditevent", "namekey", "namestem", "matchpair", "ingestjob"})
AMOUNT: Final = "98765432109.87"
AMOUNT_DIGITS: Final = 14
COUNT: Final = 1_234_567
COUNTS: Final = frozenset(
    [
        "member_count",
        "farmer_member_count",
        "unit_member_count",
        "households",
        "people",
        "members_total",
        "farmers",
        "driven_households",
        "scale_members",
        "invoice_count",
    ]
)


def strain() -> None:
    """Stretch all rows of the database that the settings name; SQLite alone."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            if model._meta.model_name in BOOKS or model._meta.proxy:
                continue
            for field in model._meta.local_concrete_fields:
                _stretch(model._meta.db_table, field)


def _stretch(table: str, field: "models.Field[Any, Any]") -> None:
    value, condition = _stretched(field)
    if not value:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{table}" SET "{field.column}" = {value} WHERE {condition}')
    except IntegrityError:
        return  # a constraint says that it cannot be so


def _stretched(field: "models.Field[Any, Any]") -> tuple[str, str]:
    """Return the new value of a column and the condition of its rows, as SQL."""
    name = f'"{field.column}"'
    if isinstance(field, models.DecimalField):
        large = field.max_digits is not None and field.max_digits >= AMOUNT_DIGITS
        return (f"'{AMOUNT}'" if large else "", f"{name} IS NOT NULL")
    if isinstance(field, models.IntegerField):
        return (str(COUNT) if field.name in COUNTS else "", f"{name} IS NOT NULL")
    worded = isinstance(field, (models.CharField, models.TextField))
    if not worded or field.choices or field.unique or field.name in KEPT:
        return "", ""
    length = _length(field)
    repeated = "||".join([name] * 10)
    written = f"{name} GLOB '*[一-龥]*' AND {name} NOT GLOB '[[{{]*'"  # by people, not a document
    return f"substr({repeated}, 1, {length})", written


def _length(field: "models.Field[Any, Any]") -> int:
    if field.name in PERSONS:
        return LONGEST_PERSON
    if field.name == "name":
        return min(field.max_length or LONGEST_NAME, LONGEST_NAME)
    return min(field.max_length, LONGEST) if field.max_length else LONGEST_TEXT
