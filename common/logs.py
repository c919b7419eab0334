"""Log lines: one JSON object each, with the request or task they belong to, and nobody's numbers."""

import json
import logging
import re
from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

_NOTHING: Mapping[str, Any] = MappingProxyType({})
# What the line belongs to: {"request": id} or {"task": name, "task_id": id, "job": id}.
belongs_to: ContextVar[Mapping[str, Any]] = ContextVar("log_belongs_to", default=_NOTHING)

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])([1-9]\d{5})\d{8}(\d{3}[0-9Xx])(?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")


def masked(text: str) -> str:
    """Hide the middle of identity numbers and mobile phones wherever they stand in a text."""
    return _PHONE.sub(r"\1****\2", _IDENTITY.sub(r"\1********\2", text))


class MaskedLine(logging.Formatter):
    """A plain line for a person at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        mark = " ".join(f"{name}={value}" for name, value in belongs_to.get().items())
        return masked(f"{super().format(record)}{f' [{mark}]' if mark else ''}")


class JsonLine(logging.Formatter):
    """One JSON object for a machine: time, level, logger, message, what it belongs to, extras."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **belongs_to.get(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["fault"] = self.formatException(record.exc_info)
        return masked(json.dumps(line, ensure_ascii=False, default=str))
