"""Rows of which not everybody, or not every list, gets all values."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers


class LeavingOut(serializers.Serializer[Any]):
    """What is written of a row where some values are left out for whoever lacks a right."""

    def may_lack(self) -> set[str]:
        """Return the keys that not everybody gets."""
        raise NotImplementedError


class LeavingOutDescription(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """How the description speaks of such rows: required is only what everybody gets."""

    target_class = LeavingOut
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """Return the schema of the row."""
        schema: dict[str, Any] = auto_schema._map_serializer(  # noqa: SLF001 - its only door
            self.target, direction, bypass_extensions=True
        )
        spared = {key for own in self.target.may_lack() for key in (own, f"{own}_label")}
        schema["required"] = [key for key in schema.get("required", ()) if key not in spared]
        return schema
