"""A noun's view for programs, made from its table."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.address import refuse_closed
from accounts.api.faults import unreadable
from accounts.api.kept import line_of, sorts_of
from accounts.api.leaving_out import LeavingOut
from accounts.api.reading import Reading, condition, with_view
from accounts.nouns import MOMENT, TEXTS, YES, Noun, Part, UnreadableConditions, closed_of
from accounts.policy import Action
from common import spreadsheet
from common.keyset import Key

Field = serializers.Field[Any, Any, Any, Any]


def field_of(part: Part) -> Field:
    """Return how a part is written."""
    traits: dict[str, Any] = {"label": part.label, "read_only": True, "allow_null": True}
    match part.kind:
        case spreadsheet.MONEY:
            return serializers.DecimalField(max_digits=20, decimal_places=2, **traits)
        case spreadsheet.DAY:
            return serializers.DateField(**traits)
        case spreadsheet.NUMBER:
            return serializers.IntegerField(**traits)
        case _ if part.kind == MOMENT:
            return serializers.DateTimeField(**traits)
        case _ if part.kind == YES:
            return serializers.BooleanField(**traits)
        case _ if part.kind == TEXTS:
            return serializers.ListField(child=serializers.CharField(), **traits)
        case _:
            return serializers.CharField(**traits)


class NounSerializer(LeavingOut):
    """A row as the page shows it; what one may not see is left out, not emptied."""

    noun: ClassVar[Noun]

    def may_lack(self) -> set[str]:
        return {part.key for part in self.noun.whole if part.needs is not None}

    def get_fields(self) -> dict[str, Field]:
        """Return a field for every part, and one for the word of a coded one."""
        fields: dict[str, Field] = {}
        for part in self.noun.whole:
            fields[part.key] = field_of(part)
            if part.words:
                fields[f"{part.key}_label"] = serializers.CharField(
                    label=part.label, read_only=True
                )
        return fields

    def to_representation(self, row: Any) -> dict[str, Any]:
        written: dict[str, Any] = {}
        for part in self.context["parts"]:
            value = part.of(row)
            field = self.fields[part.key]
            written[part.key] = None if value is None else field.to_representation(value)
            if part.words:
                written[f"{part.key}_label"] = part.word_of(row)
        return written


class NounReading(Reading):
    """Listing and reading the rows of a noun."""

    noun: ClassVar[Noun]
    order = (Key("pk", descending=True),)

    def reach(self) -> QuerySet[Any, Any]:
        return self.noun.reach(self.request.user)

    def narrowed(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        data, user = self.query, self.request.user
        form = self.noun.asked(data, user) if self.noun.filter else None
        if form is not None:
            refuse_closed(closed_of(form), data)
        try:
            return self.noun.narrowed(rows, data, user, form)
        except UnreadableConditions as unread:
            raise unreadable(unread.errors) from unread

    def get_serializer_context(self) -> dict[str, Any]:
        parts = self.noun.shown_to(self.request.user)
        return {**super().get_serializer_context(), "parts": parts}

    def list(self, request: Request) -> Response:
        """List the rows in reach, under the conditions of the page."""
        del request
        return self.answer_page()

    def retrieve(self, request: Request, **named: Any) -> Response:
        """Read one row."""
        del request
        return self.answer_row(self.named(**named))

    def named(self, action: Action | None = None, **named: Any) -> Any:
        """Return the row that an address names, in the reach of an action, or answer 404."""
        reach = self.noun.reach(self.request.user, action)
        return get_object_or_404(reach, **{self.noun.lookup: named[self.noun.argument]})


def view_of(noun: Noun, base: type[NounReading] = NounReading) -> type[NounReading]:
    """Return the view of a noun; `base` may bring acts of its own."""
    word = "".join(each.title() for each in noun.name.split("-"))
    ident = noun.name.replace("-", "_")
    serializer = type(f"{word}Serializer", (NounSerializer,), {"noun": noun, "__doc__": noun.title})
    conditions = tuple(condition(*each) for each in noun.condition_fields())
    line: type[NounSerializer] = serializer
    kept = noun.listed
    sorts = sorts_of(kept)
    if kept is not None:
        conditions, line = with_view(conditions, sorts), line_of(serializer)
    traits = {
        "noun": noun,
        "action_required": noun.action,
        "serializer_class": serializer,
        "lookup_url_kwarg": noun.argument,
        "lookup_value_converter": noun.converter,
        "conditions": conditions,
        "kept": kept,
        "sorts": sorts,
        "__doc__": noun.title,
    }
    described = extend_schema_view(
        list=extend_schema(
            operation_id=f"{ident}_list",
            summary=noun.title,
            parameters=[*conditions],
            responses=line(many=True),
        ),
        retrieve=extend_schema(operation_id=f"{ident}_read", summary=f"{noun.title}：一条"),
    )
    made: type[NounReading] = described(type(word, (base,), traits))
    return made
