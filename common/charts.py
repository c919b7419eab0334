"""What a chart shows: the same figures feed the picture, its table and its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class ChartKind(StrEnum):
    """How the figures are drawn."""

    BARS = "bars"  # one row for each category
    COLUMNS = "columns"
    LINE = "line"
    FUNNEL = "funnel"  # one series, in its own order


@dataclass(frozen=True)
class Series:
    """One row of figures, a value for each category; None where there is none."""

    name: str
    values: Sequence[int | float | None]


@dataclass(frozen=True)
class Chart:
    """A chart: `summary` says in a sentence what the picture shows, `unit` what is counted.

    `urls` gives each category the list that its figures count. Shown by _shared/_chart.html on a
    page whose head names build/charts.js in <meta name="charts">.
    """

    anchor: str
    title: str
    summary: str
    kind: ChartKind
    unit: str
    categories: Sequence[str]
    series: Sequence[Series]
    category_title: str = "项目"
    urls: Sequence[str] = ()
    stacked: bool = False

    def __post_init__(self) -> None:
        """Refuse figures that do not fit their categories."""
        lengths = {len(each.values) for each in self.series} | {len(self.categories)}
        if len(lengths) != 1 or (self.urls and len(self.urls) not in lengths):
            msg = f"{self.anchor}: every category needs one value of every series"
            raise ValueError(msg)

    @property
    def data_id(self) -> str:
        """The id of the element that carries the figures."""
        return f"{self.anchor}-data"

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not any(value for each in self.series for value in each.values)

    @property
    def data(self) -> dict[str, Any]:
        """Return what the script reads."""
        values = [value for each in self.series for value in each.values if value is not None]
        return {
            "kind": self.kind.value,
            "title": self.title,
            "summary": self.summary,
            "unit": self.unit,
            "categories": list(self.categories),
            "series": [{"name": each.name, "values": list(each.values)} for each in self.series],
            "urls": list(self.urls),
            "stacked": self.stacked,
            "whole": all(isinstance(value, int) for value in values),
        }

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the table: one row for each category."""
        urls = self.urls or [""] * len(self.categories)
        return [
            {
                "label": label,
                "url": url,
                "cells": [{"name": each.name, "value": each.values[place]} for each in self.series],
            }
            for place, (label, url) in enumerate(zip(self.categories, urls, strict=True))
        ]
